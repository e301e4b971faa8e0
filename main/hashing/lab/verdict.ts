import type { JsonObject } from '#domain/json.ts';
import type { CustomPasswordHash } from '#domain/password/custom-password-hash.ts';
import { PASSWORD_HASH_PATTERN } from '#domain/password/formats/bcrypt.ts';
import { maskedImportJson } from '#domain/password/import-json.ts';
import type { HashRoute } from '#domain/password/recognised-hash.ts';
import type { Fit } from '#hashing/lab/sample.ts';

export interface LabCandidate {
  /** The computation in words. */
  readonly mapping: string;
  readonly importable: boolean;
}

export type LabVerdict =
  /** One computation fits, and the object was checked by the verifier on every sample. */
  | {
      readonly kind: 'one';
      readonly code: 'password.lab-proven';
      readonly mapping: string;
      /** How the stored value is taken apart. */
      readonly reading: string;
      /** Routes of the samples, in order. */
      readonly routes: readonly HashRoute[];
      /** The first object with its values masked: the pattern for all users. */
      readonly pattern: JsonObject;
      /** How many bits had to agree by accident if this were wrong, the number of tries taken off. */
      readonly bits: number;
      readonly openQuestions: readonly string[];
    }
  | {
      readonly kind: 'not-importable';
      readonly code: 'password.lab-not-importable';
      readonly mapping: string;
      /** How the stored value is taken apart. */
      readonly reading: string;
      readonly bits: number;
      /** Lines for a login script. */
      readonly sketch: string;
      readonly remains: readonly string[];
      readonly openQuestions: readonly string[];
    }
  | {
      readonly kind: 'several';
      readonly code: 'password.lab-ambiguous';
      readonly candidates: readonly LabCandidate[];
      readonly askFor: string;
    }
  | { readonly kind: 'none'; readonly code: 'password.lab-not-found'; readonly remains: readonly string[] };

const REMAINS_AFTER_FIND = [
  'Lazy migration: the login script computes this and the first login carries the user over.',
  'A password reset for users who do not return before the legacy store is switched off.',
  'Nothing can be rewritten in bulk: the import verifies the stored value itself, and this computation is not among its algorithms.',
];

const REMAINS_READABLE = [
  'Hash each password with bcrypt at cost 10 during the export and import it as password_hash: nobody needs a reset.',
  'Treat the table as a list of passwords: keep it out of files, tickets and backups, and plan its deletion.',
];

const REMAINS_WITHOUT = [
  'Check that the sample logs in to the legacy application with exactly this password.',
  'Search the legacy configuration for a pepper, key or salt and give it to the lab.',
  'Add user name and e-mail as hints: some schemes mix them in.',
  'Read the code that compares passwords; lazy migration can run any computation, a reset needs none.',
];

/** What one more sample must look like to tell fits apart. */
function telling(fits: readonly Fit[]): string {
  const needs = new Set<string>();
  const shapes = new Set(fits.map((fit) => fit.shape));
  if (shapes.size > 1) {
    needs.add(
      'whose password, salt, user name and e-mail all differ from each other and do not repeat themselves',
    );
  }
  if (shapes.size > 1 && fits[0]!.shape.startsWith('bcrypt')) needs.add('whose password is short');
  const variants = fits.map((fit) => fit.variant).join(' ');
  if (/Latin-1|UTF-16/.test(variants)) needs.add('whose password has a letter outside ASCII, such as é or ß');
  if (/case/.test(variants)) needs.add('whose password has letters of both cases');
  return `Give a second account ${[...needs].join(', and ') || 'with another password and salt'}.`;
}

/** Differences that gave the same bytes on these samples; the first fit has the plainest spelling. */
function openQuestions(fits: readonly Fit[]): string[] {
  const others = fits.slice(1).map((fit) => fit.variant);
  if (others.length === 0) return [];
  return [
    `These spellings give the same bytes for the samples at hand, the first was taken: ${[fits[0]!.variant, ...others].join('; ')}. ${telling(fits)}`,
  ];
}

function sketchOf(fit: Fit): string {
  const lines = fit.code.split('\n');
  const last = lines.pop()!;
  const compare = [
    `const [left, right] = [computed, stored].map((text) => Buffer.from(text, '${fit.encoding}'));`,
    'const same = left.length === right.length && crypto.timingSafeEqual(left, right);',
  ];
  return [
    "const crypto = require('crypto');",
    '// row: what the query gave; configuration: settings of the connection',
    ...fit.prelude,
    ...lines,
    ...(fit.encoding === null ? [`const same = ${last};`] : [`const computed = ${last};`, ...compare]),
  ].join('\n');
}

export function routeOf(object: CustomPasswordHash): HashRoute {
  const value = object.hash.value;
  const plain = object.salt === undefined && object.password === undefined;
  return object.algorithm === 'bcrypt' && plain && PASSWORD_HASH_PATTERN.test(value.reveal())
    ? { kind: 'password-hash', value }
    : { kind: 'custom', value: object };
}

/** Turns the fits of a search into an answer; it never chooses between different computations. */
export function verdictOf(fits: readonly Fit[], tried: number): LabVerdict {
  const first = fits[0];
  if (first === undefined) return { kind: 'none', code: 'password.lab-not-found', remains: REMAINS_WITHOUT };
  const shapes = new Set(fits.map((fit) => fit.shape));
  if (shapes.size > 1) {
    const candidates = fits.map((fit) => ({ mapping: fit.words, importable: fit.objects !== null }));
    return { kind: 'several', code: 'password.lab-ambiguous', candidates, askFor: telling(fits) };
  }
  const bits = Math.max(0, first.bits - Math.ceil(Math.log2(tried + 1)));
  const common = { mapping: first.words, reading: first.reading, bits, openQuestions: openQuestions(fits) };
  if (first.objects === null) {
    return {
      kind: 'not-importable',
      code: 'password.lab-not-importable',
      ...common,
      sketch: sketchOf(first),
      remains: first.family === 'readable' ? REMAINS_READABLE : REMAINS_AFTER_FIND,
    };
  }
  return {
    kind: 'one',
    code: 'password.lab-proven',
    ...common,
    routes: first.objects.map((object) => routeOf(object)),
    pattern: maskedImportJson(first.objects[0]!),
  };
}
