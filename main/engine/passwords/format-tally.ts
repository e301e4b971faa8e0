import type { FormatsResult } from '#contract/passwords.ts';
import type { HashRoute, RecognisedHash } from '#domain/password/recognised-hash.ts';
import type { LegacyKey } from '#domain/profile/legacy-user.ts';
import { remarkOf } from '#engine/passwords/remark.ts';
import { maskedField } from '#engine/passwords/search-hash.ts';

const MOST_SAMPLES = 5;
/** Rows can make up as many counts and sizes as there are rows; nobody reads more than this. */
const MOST_PARAMETERS = 20;
const MOST_TARGETS = 20;
const OTHER = '(other)';

interface Target {
  readonly route: HashRoute['kind'];
  readonly value: ReturnType<typeof maskedField>;
  readonly code: string | null;
  users: number;
}

interface Tally {
  users: number;
  readonly parameters: Map<string, number>;
  readonly confidence: Record<RecognisedHash['confidence'], number>;
  readonly targets: Map<string, Target>;
  readonly warnings: Map<string, number>;
  readonly samples: { readonly key: LegacyKey; readonly legacyId: string }[];
}

type Totals = Omit<FormatsResult, 'milliseconds'>;

/** Counts recognised hashes by format. Its size depends on the formats, not on the users. */
export class FormatTally {
  readonly #formats = new Map<string, Tally>();
  #unreadable = 0;
  #withoutId = 0;

  addUnreadable(): void {
    this.#unreadable += 1;
  }

  addWithoutId(): void {
    this.#withoutId += 1;
  }

  add(user: { readonly key: LegacyKey; readonly legacyId: string }, recognised: RecognisedHash): void {
    const tally = this.#of(recognised.format);
    tally.users += 1;
    tally.confidence[recognised.confidence] += 1;
    countIn(tally.parameters, recognised.parameters, MOST_PARAMETERS);
    for (const code of recognised.warnings) countIn(tally.warnings, code, Number.MAX_SAFE_INTEGER);
    if (tally.samples.length < MOST_SAMPLES) tally.samples.push(user);
    addTarget(tally.targets, recognised.route);
  }

  /** Biggest format first. Whether everything adds up is checked here: a report that does not is our mistake. */
  result(): Totals {
    const formats = [...this.#formats]
      .sort(([a, one], [b, other]) => other.users - one.users || (a < b ? -1 : 1))
      .map(([format, tally]) => groupOf(format, tally));
    const inRoute = (route: HashRoute['kind']) =>
      sum(formats.flatMap((one) => one.targets.filter((target) => target.route === route)));
    const routes = {
      passwordHash: inRoute('password-hash'),
      custom: inRoute('custom'),
      lazyOnly: inRoute('lazy-only'),
      resetOnly: inRoute('reset-only'),
    };
    const recognised = sum(formats);
    const { passwordHash, custom, lazyOnly, resetOnly } = routes;
    if (passwordHash + custom + lazyOnly + resetOnly !== recognised) {
      throw new Error('bug: the routes of the hash formats do not add up to their users');
    }
    return {
      users: recognised + this.#unreadable + this.#withoutId,
      unreadable: this.#unreadable,
      withoutId: this.#withoutId,
      routes,
      formats,
    };
  }

  #of(format: string): Tally {
    const known = this.#formats.get(format);
    if (known !== undefined) return known;
    const fresh: Tally = {
      users: 0,
      parameters: new Map(),
      confidence: { certain: 0, likely: 0, guess: 0 },
      targets: new Map(),
      warnings: new Map(),
      samples: [],
    };
    this.#formats.set(format, fresh);
    return fresh;
  }
}

function countIn(counts: Map<string, number>, name: string, most: number): void {
  const counted = counts.has(name) || counts.size < most ? name : OTHER;
  counts.set(counted, (counts.get(counted) ?? 0) + 1);
}

function addTarget(targets: Map<string, Target>, route: HashRoute): void {
  const code = 'code' in route ? route.code : null;
  const value = maskedField(route);
  const exact = `${route.kind} ${code ?? JSON.stringify(value)}`;
  // Beyond the bound only the route is kept: then nothing is lost of the totals.
  const name = targets.has(exact) || targets.size < MOST_TARGETS ? exact : `${route.kind} ${OTHER}`;
  const known = targets.get(name);
  if (known !== undefined) known.users += 1;
  else {
    const kept = name === exact ? { value, code } : { value: null, code };
    targets.set(name, { route: route.kind, ...kept, users: 1 });
  }
}

function groupOf(format: string, tally: Tally): Totals['formats'][number] {
  return {
    format,
    users: tally.users,
    parameters: mostFirst(tally.parameters).map(([parameters, users]) => ({ parameters, users })),
    confidence: { ...tally.confidence },
    targets: [...tally.targets.values()]
      .sort((one, other) => other.users - one.users)
      .map(({ route, value, code, users }) => ({
        route,
        value: value === null ? null : { [value.field]: value.value },
        reason: code === null ? null : remarkOf(code),
        users,
      })),
    warnings: mostFirst(tally.warnings).map(([code, users]) => ({ ...remarkOf(code), users })),
    samples: [...tally.samples],
  };
}

function mostFirst(counts: ReadonlyMap<string, number>): [string, number][] {
  return [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
}

function sum(parts: readonly { readonly users: number }[]): number {
  return parts.reduce((total, part) => total + part.users, 0);
}
