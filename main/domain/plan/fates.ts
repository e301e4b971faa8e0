/** What the bulk import does with a user: with a password, without one (random, so a reset), or not at all. */
export const BULK_FATES = ['password', 'no-password', 'refused'] as const;
export type BulkFate = (typeof BULK_FATES)[number];

/** What a login through the scripts does. `untested`: nobody rehearsed it, or the password part was left out. */
export const LAZY_FATES = ['works', 'fails', 'untested'] as const;
export type LazyFate = (typeof LAZY_FATES)[number];

/**
 * What a user needs when lazy logins come first and everybody else is imported after them. `left`: cannot be imported,
 * so that only a login in time moves the account, or nothing does.
 */
export const NEEDS = ['nothing', 'reset-unless-login', 'reset', 'left-unless-login', 'left'] as const;
export type Need = (typeof NEEDS)[number];

export function needOf(bulk: BulkFate, lazy: LazyFate): Need {
  if (bulk === 'password') return 'nothing';
  const kind = bulk === 'refused' ? 'left' : 'reset';
  return lazy === 'fails' ? kind : `${kind}-unless-login`;
}

/** Users by what both ways do with them. */
export class FateMatrix {
  readonly #counts = new Map<string, number>();

  add(bulk: BulkFate, lazy: LazyFate): void {
    const cell = `${bulk} ${lazy}`;
    this.#counts.set(cell, (this.#counts.get(cell) ?? 0) + 1);
  }

  /** Users in the cells that fit; every fate where none is named. */
  users(bulk: readonly BulkFate[] = BULK_FATES, lazy: readonly LazyFate[] = LAZY_FATES): number {
    return bulk.reduce(
      (sum, one) => sum + lazy.reduce((part, other) => part + (this.#counts.get(`${one} ${other}`) ?? 0), 0),
      0,
    );
  }

  need(need: Need): number {
    return this.cells().reduce(
      (sum, { bulk, lazy, users }) => sum + (needOf(bulk, lazy) === need ? users : 0),
      0,
    );
  }

  cells(): readonly { readonly bulk: BulkFate; readonly lazy: LazyFate; readonly users: number }[] {
    return BULK_FATES.flatMap((bulk) =>
      LAZY_FATES.map((lazy) => ({ bulk, lazy, users: this.#counts.get(`${bulk} ${lazy}`) ?? 0 })),
    );
  }
}
