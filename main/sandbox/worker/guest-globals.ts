import { addFinding, type AttemptState } from './attempt-state.ts';
import type { GuestIsolate } from './isolate.ts';

const MOST_LOOKED_AT = 50;

/** Names that scripts have put on `global`. */
export function globalsAdded(guest: GuestIsolate, atStart: ReadonlySet<string>): readonly string[] {
  if (guest.disposed) return [];
  try {
    return guest.globalNames().filter((name) => !atStart.has(name));
  } catch {
    return [];
  }
}

/** What stays on `global` is seen by the next user's login, so a user's own data must not be there. */
export function reportUserData(guest: GuestIsolate, state: AttemptState, names: readonly string[]): void {
  const { needle } = state;
  if (names.length === 0 || needle === null) return;
  try {
    const holding = names.slice(0, MOST_LOOKED_AT).filter((name) => guest.globalHolds(name, needle));
    if (holding.length === 0) return;
    const where = holding.map((name) => `global.${name.slice(0, 100)}`).join(', ');
    addFinding(state, {
      code: 'script.user-data-in-global',
      message: `${where} holds data of the user after the attempt`,
    });
  } catch {
    // A getter or toJSON of the script's own; nothing can be said then.
  }
}
