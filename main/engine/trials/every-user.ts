import type { EveryUserEvent } from '#contract/trials.ts';
import type { LegacyKey } from '#domain/profile/legacy-user.ts';
import type { UserOutcome } from '#domain/migration/outcome.ts';
import { Fault } from '#engine/fault.ts';
import type { Ports } from '#engine/ports/ports.ts';

/** Users between two looks at whether anybody still wants them. */
export const EVERY_USER_PAGE = 1_000;

/** A list of users, page by page: users after a position, at most `EVERY_USER_PAGE` of them. */
export interface UserPages {
  readonly total: number;
  readonly after: (position: number) => readonly UserOutcome[];
}

/** All users of a list as pieces of a file, or as their keys. Ends early where the signal aborts. */
export async function* everyUser(
  { clock, peopleText }: Pick<Ports, 'clock' | 'peopleText'>,
  { total, after }: UserPages,
  as: 'csv' | 'keys',
  signal: AbortSignal | undefined,
): AsyncGenerator<EveryUserEvent, void, void> {
  const { outcomes } = peopleText;
  if (as === 'csv') yield { type: 'text', text: outcomes.head(null) };
  let done = 0;
  let position = -1;
  yield { type: 'reading', done, expected: total };
  for (;;) {
    const users = after(position);
    if (users.length > 0) {
      yield as === 'csv'
        ? { type: 'text', text: outcomes.people(users) }
        : { type: 'keys', keys: users.map(({ key }): LegacyKey => key) };
    }
    done += users.length;
    yield { type: 'reading', done, expected: Math.max(done, total) };
    if (users.length < EVERY_USER_PAGE) return;
    position = users.at(-1)!.position;
    // The reading is synchronous: everybody else has a turn in between.
    await clock.sleep(0, signal);
    if (signal?.aborted === true) throw new Fault('cancelled', 'the list was not read to its end');
  }
}
