import type { Estimate } from '#domain/plan/forecast.ts';

export interface OrderFacts {
  /** Users that keep their password only by a login in time, and could log in. */
  readonly savable: number;
  /** Of them, those that are expected to; null without a forecast. */
  readonly saved: Estimate | null;
  /** Users whose login through the scripts fails although the import would take them with their password. */
  readonly waiting: number;
  /** Of everybody, the share that is expected to log in; null without a forecast. */
  readonly share: number | null;
  /** Login scripts were rehearsed. */
  readonly lazyTried: boolean;
}

export type Order = 'lazy-first' | 'bulk-first';

/**
 * What each order costs, and which costs less. Lazy first loses the time of those whose login fails until the import;
 * bulk first loses the passwords of those whom only a login could have saved.
 */
export function recommend(facts: OrderFacts): { readonly order: Order; readonly reasons: readonly string[] } {
  const { savable, saved, waiting, share } = facts;
  const gained = Math.round(saved?.expected ?? savable);
  const held = Math.round(waiting * (share ?? 1));
  const word = share === null ? 'up to ' : 'about ';
  const reasons: string[] = [];
  const order: Order = gained < held ? 'bulk-first' : 'lazy-first';
  if (savable > 0) {
    reasons.push(
      `Lazy logins first let ${word}${gained} of ${savable} users keep a password that the import cannot take; with the import first all ${savable} have to reset it.`,
    );
  } else {
    reasons.push('No user has a password that only a login could save: the order costs nobody a password.');
  }
  if (waiting > 0) {
    reasons.push(
      `While lazy logins come first, ${word}${held} users meet a login that fails in the rehearsal, although the import would take them with their password.`,
    );
  }
  if (order === 'lazy-first') {
    reasons.push(
      'Automatic migration first and a bulk import of the rest is also what the documentation recommends: an import beforehand invites duplicated users.',
    );
  } else {
    reasons.push('Mending the login script would turn this round: run the lazy trial again before deciding.');
  }
  if (!facts.lazyTried) {
    reasons.push('No lazy trial tells whether logins work at all; this rests on the hash formats alone.');
  }
  return { order, reasons };
}
