import type { SearchAnswer, SearchEvent, SearchResult, SearchSource } from '#contract/passwords.ts';
import { maskedImportJson } from '#domain/password/import-json.ts';
import { recogniseHash } from '#domain/password/recognise-hash.ts';
import type { HashRoute, RecognisedHash } from '#domain/password/recognised-hash.ts';
import { Secret } from '#domain/secret.ts';
import type { HashSample, HashSearchResult } from '#engine/ports/hash-lab.ts';
import type { Ports } from '#engine/ports/ports.ts';
import { type KnownSample, knownSamples } from '#engine/passwords/known-samples.ts';
import { remarkOf } from '#engine/passwords/remark.ts';
import {
  type GroupResult,
  type SearchSamples,
  searchWithoutMisfits,
} from '#engine/passwords/without-misfits.ts';

export interface SearchRequest {
  readonly source: SearchSource;
  readonly pepper?: string | undefined;
  readonly timeLimitMs: number;
}

/** More samples of one format prove nothing more, and each makes costly hashes slower to search. */
const MOST_SAMPLES = 5;
const MASK = '*****';

interface Group {
  readonly recognised: readonly RecognisedHash[];
  readonly samples: readonly HashSample[];
  /** Names of `samples`, in order. */
  readonly labels: readonly string[];
  readonly leftOut: number;
}

/** Finds the computation behind each format among the samples; the last event holds the answers. */
export async function searchHash(
  ports: Ports,
  request: SearchRequest,
  report: (event: SearchEvent) => void,
  signal: AbortSignal,
): Promise<SearchEvent> {
  const pepper = request.pepper === undefined ? null : new Secret(request.pepper);
  const reading = (done: number, expected: number) => report({ type: 'reading', done, expected });
  const known = await knownSamples(ports, request.source, pepper, reading, signal);
  const groups = groupByFormat(known.samples);
  const answers: SearchAnswer[] = [];
  for (const [index, group] of groups.entries()) {
    const at = { type: 'searching', format: index + 1, formats: groups.length } as const;
    const search: SearchSamples = (samples, timeLimitMs) =>
      ports.searchHash(samples, (progress) => report({ ...at, ...progress }), signal, { timeLimitMs });
    const result =
      group.samples.length === 0
        ? null
        : await searchWithoutMisfits(search, group.samples, request.timeLimitMs);
    answers.push(answerOf(group, result));
  }
  const leftOut = groups.reduce((sum, group) => sum + group.leftOut, 0);
  const accounts: SearchResult['accounts'] = known.accounts === null ? null : { ...known.accounts, leftOut };
  return { type: 'result', result: { answers, accounts } };
}

/** Values of one format, written one way, are one question. Locked accounts and empty values are none. */
function groupByFormat(samples: readonly KnownSample[]): readonly Group[] {
  const groups = new Map<string, Member[]>();
  for (const { label, sample, scheme } of samples) {
    const recognised = recogniseHash(sample?.stored ?? null, sample?.salt ?? null, scheme);
    const name = `${recognised.format} ${writtenAs(recognised.route)}`;
    groups.set(name, [...(groups.get(name) ?? []), { label, sample, recognised }]);
  }
  return [...groups.values()].map((members) => {
    // A letter outside ASCII tells text encodings apart, which no other sample does.
    const telling = members.toSorted(
      (one, other) => Number(isTelling(other.sample)) - Number(isTelling(one.sample)),
    );
    const used = telling.slice(0, MOST_SAMPLES);
    const usable = used.flatMap(({ label, sample, recognised }) =>
      sample === null || recognised.route.kind === 'reset-only' ? [] : [{ label, sample }],
    );
    return {
      recognised: used.map((one) => one.recognised),
      samples: usable.map((one) => one.sample),
      labels: usable.map((one) => one.label),
      leftOut: members.length - used.length,
    };
  });
}

interface Member {
  readonly label: string;
  readonly sample: HashSample | null;
  readonly recognised: RecognisedHash;
}

function isTelling(sample: HashSample | null): boolean {
  return sample !== null && /\P{ASCII}/u.test(sample.password.reveal());
}

/** Digests in hex and in base64 are two questions; bcrypt is one, whichever field it goes into. */
function writtenAs(route: HashRoute): string {
  const encoding = route.kind === 'custom' ? (route.value.hash.encoding ?? 'utf8') : 'utf8';
  return encoding === 'utf8' ? '' : encoding;
}

function answerOf(group: Group, found: GroupResult | null): SearchAnswer {
  const result = found?.result ?? null;
  const misfits = found?.misfits ?? [];
  const first = group.recognised[0]!;
  const codes = new Set(group.recognised.flatMap((one) => [...routeCode(one.route), ...one.warnings]));
  return {
    recognised: {
      format: first.format,
      parameters: [...new Set(group.recognised.map((one) => one.parameters))].filter((text) => text !== ''),
      confidence: first.confidence,
      remarks: [...codes].map((code) => remarkOf(code)),
    },
    samples: group.recognised.length - misfits.length,
    misfits: misfits.map((position) => group.labels[position]!),
    verdict: result === null ? { kind: 'no-hash' } : verdictOf(result),
    tried: (result?.tried ?? []).map((one) => ({ ...one })),
    notTried: [...(result?.notTried ?? [])],
    milliseconds: result?.milliseconds ?? 0,
  };
}

function routeCode(route: HashRoute): readonly string[] {
  return route.kind === 'lazy-only' || route.kind === 'reset-only' ? [route.code] : [];
}

function verdictOf(result: HashSearchResult): SearchAnswer['verdict'] {
  switch (result.kind) {
    case 'one':
      return { kind: 'importable', ...foundOf(result), mappings: mappingsOf(result.routes) };
    case 'not-importable':
      return {
        kind: 'not-importable',
        ...foundOf(result),
        sketch: result.sketch,
        remains: [...result.remains],
      };
    case 'several':
      return {
        kind: 'several',
        candidates: result.candidates.map(({ mapping, importable }) => ({
          computation: mapping,
          importable,
        })),
        askFor: result.askFor,
      };
    case 'none':
      return { kind: 'none', remains: [...result.remains] };
    default:
      return { kind: 'stopped', reason: result.reason };
  }
}

function foundOf(found: Extract<HashSearchResult, { kind: 'one' | 'not-importable' }>) {
  return {
    computation: found.mapping,
    reading: found.reading,
    bits: found.bits,
    openQuestions: [...found.openQuestions],
  };
}

type Mapping = Extract<SearchAnswer['verdict'], { kind: 'importable' }>['mappings'][number];

/** The masked forms of the routes, each once: bcrypt of cost 10 and of cost 12 go into different fields. */
function mappingsOf(routes: readonly HashRoute[]): Mapping[] {
  const mappings = new Map<string, Mapping>();
  for (const route of routes) {
    const form = maskedField(route);
    if (form === null) continue;
    const name = JSON.stringify(form);
    mappings.set(name, { ...form, samples: (mappings.get(name)?.samples ?? 0) + 1 });
  }
  return [...mappings.values()];
}

/** Field and value of the import record for an importable hash, secrets masked; null for other routes. */
export function maskedField(route: HashRoute): Pick<Mapping, 'field' | 'value'> | null {
  if (route.kind === 'password-hash') return { field: 'password_hash', value: MASK };
  return route.kind === 'custom'
    ? {
        field: 'custom_password_hash',
        value: structuredClone(maskedImportJson(route.value)) as Mapping['value'],
      }
    : null;
}
