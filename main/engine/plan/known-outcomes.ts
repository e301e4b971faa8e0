import type { LegacyKey } from '#domain/profile/legacy-user.ts';
import type { UserOutcome } from '#domain/migration/outcome.ts';
import type { Phase, Replica } from '#engine/ports/replica.ts';

const PAGE = 1_000;
/** Outcomes that wait for their row: rows may have gone or come since the trial. */
const MOST_WAITING = 4 * PAGE;

/** What became of a user. The state says where the account is, whatever else went wrong. */
export type KnownOutcome = Pick<UserOutcome, 'status' | 'state' | 'cause'>;

/** Looks up what a trial said about the rows of the legacy store, which come in nearly the trial's own order. */
export interface KnownOutcomes {
  /** Null where the trial does not know the row. */
  of(key: LegacyKey): KnownOutcome | null;
}

export const NO_OUTCOMES: KnownOutcomes = { of: () => null };

export function knownOutcomes(replica: Replica, phase: Phase): KnownOutcomes {
  const waiting = new Map<string, KnownOutcome>();
  let after = -1;
  let ended = false;
  const more = (): void => {
    const page = replica.outcomes({ phase }, after, PAGE);
    for (const { key, status, state, cause } of page) waiting.set(nameOf(key), { status, state, cause });
    after = page.at(-1)?.position ?? after;
    ended = page.length < PAGE;
    for (const name of waiting.keys()) {
      if (waiting.size <= MOST_WAITING) break;
      waiting.delete(name);
    }
  };
  return {
    of(key) {
      const name = nameOf(key);
      // A row that is new since must not make the trial run through: what is loaded reaches far enough ahead.
      while (!waiting.has(name) && !ended && waiting.size < MOST_WAITING / 2) more();
      const found = waiting.get(name) ?? null;
      waiting.delete(name);
      return found;
    },
  };
}

function nameOf(key: LegacyKey): string {
  return JSON.stringify(key);
}
