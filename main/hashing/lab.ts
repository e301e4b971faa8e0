import assert from 'node:assert/strict';
import { recogniseHash } from '#domain/password/recognise-hash.ts';
import type { PasswordVerifier } from '#engine/ports/password-verifier.ts';
import { pbkdf2Few, pbkdf2Many, pbkdf2More, scrypts } from '#hashing/lab/families/derivation.ts';
import { nestedDigests, plainDigests } from '#hashing/lab/families/digest.ts';
import { hmacs } from '#hashing/lab/families/hmac.ts';
import { ownNotation } from '#hashing/lab/families/notation.ts';
import { phpass } from '#hashing/lab/families/phpass.ts';
import { readable } from '#hashing/lab/families/readable.ts';
import { fewRounds, manyRounds, someRounds } from '#hashing/lab/families/repeated.ts';
import { loadDigests } from '#hashing/lab/digest-sync.ts';
import { type LabProgress, Pace, SearchStopped } from '#hashing/lab/pace.ts';
import { readingsOf } from '#hashing/lab/readings.ts';
import type { Fit, LabSample } from '#hashing/lab/sample.ts';
import type { Family, Search } from '#hashing/lab/search.ts';
import { type LabVerdict, verdictOf } from '#hashing/lab/verdict.ts';
import { createPasswordVerifier } from '#hashing/verify.ts';

export interface LabOptions {
  /** The search gives up after this time; default two minutes. */
  readonly timeLimitMs?: number;
}

export type LabResult = (LabVerdict | { readonly kind: 'stopped'; readonly reason: 'cancelled' | 'time' }) & {
  /** Candidates per family, in the order tried. A repeated digest counts once per round. */
  readonly tried: readonly { readonly family: string; readonly candidates: number }[];
  readonly total: number;
  /** Families that were not tried: a fit was found before, the search was stopped, or no reading suits them. */
  readonly notTried: readonly string[];
  readonly milliseconds: number;
};

/** Cheap families first; a fit ends the search with its family, since a second one could only be an accident. */
const FAMILIES: readonly Family[] = [
  readable,
  phpass,
  ownNotation,
  plainDigests,
  hmacs,
  nestedDigests,
  fewRounds,
  pbkdf2Few,
  someRounds,
  scrypts,
  pbkdf2More,
  pbkdf2Many,
  manyRounds,
];

async function runFamilies(search: Search): Promise<readonly string[]> {
  for (const [i, family] of FAMILIES.entries()) {
    search.pace.stopIfAsked();
    search.pace.enter(family.name);
    await family.run(search);
    if (search.fits.length > 0) return FAMILIES.slice(i + 1).map((later) => later.name);
  }
  return [];
}

/** Every object a fit promises is checked by the verifier itself before anybody sees it. */
async function prove(
  fits: readonly Fit[],
  samples: readonly LabSample[],
  verifier: PasswordVerifier,
): Promise<Fit[]> {
  const proven: Fit[] = [];
  for (const fit of fits) {
    const checks = (fit.objects ?? []).map((object, i) =>
      verifier.verifyCustomHash(samples[i]!.password, object),
    );
    const results = await Promise.all(checks);
    const wrong = results.find((result) => result.kind === 'mismatch');
    assert(wrong === undefined, `the mapping ${fit.words} fits, but its object does not verify`);
    // An object the target could not use is no mapping: the computation stays, the import route goes.
    proven.push(results.every((result) => result.kind === 'match') ? fit : { ...fit, objects: null });
  }
  return proven;
}

/** Where the stored value names a format that the lab cannot compute, this has to be said before anything else. */
function withFormat(verdict: Extract<LabVerdict, { kind: 'none' }>, sample: LabSample): LabVerdict {
  const { format, confidence, route } = recogniseHash(sample.stored, sample.salt ?? null, null);
  if (confidence !== 'certain' || route.kind !== 'lazy-only' || format === 'phpass') return verdict;
  const named = `The value says it is ${format}. The lab does not compute this format: check it with a login script.`;
  return { ...verdict, remains: [named, ...verdict.remains] };
}

/**
 * Searches for the computation behind one or more stored values whose passwords are known. Answers with exactly one
 * proven mapping, with a computation that cannot be imported, with several and what would tell them apart, or with
 * what was tried in vain. Nothing it says holds a password, hash, salt or pepper.
 */
export async function searchHash(
  samples: readonly LabSample[],
  onProgress: (progress: LabProgress) => void,
  signal: AbortSignal,
  options: LabOptions = {},
): Promise<LabResult> {
  assert(samples.length > 0, 'the lab needs at least one sample');
  const started = performance.now();
  const pace = new Pace(onProgress, signal, options.timeLimitMs ?? 120_000);
  const verifier = createPasswordVerifier();
  const fits: Fit[] = [];
  const search: Search = {
    samples,
    readings: readingsOf(samples),
    digests: await loadDigests(),
    verifier,
    pace,
    fits,
  };
  const summary = (notTried: readonly string[]) => ({
    tried: pace.families,
    total: pace.total,
    notTried,
    milliseconds: Math.round(performance.now() - started),
  });
  try {
    const notTried = await runFamilies(search);
    const verdict = verdictOf(await prove(fits, samples, verifier), pace.total);
    return {
      ...(verdict.kind === 'none' ? withFormat(verdict, samples[0]!) : verdict),
      ...summary(notTried),
    };
  } catch (error) {
    if (!(error instanceof SearchStopped)) throw error;
    const entered = new Set(pace.families.map((entry) => entry.family));
    const notTried = FAMILIES.map((family) => family.name).filter((name) => !entered.has(name));
    return { kind: 'stopped', reason: error.reason, ...summary(notTried) };
  }
}
