import type { Outcome } from '#renderer/features/report/users/use-users.ts';

const PAGE = 1_000;

type ReadUsers = (
  at: number,
  limit: number,
  signal: AbortSignal,
) => Promise<{ readonly users: readonly Outcome[]; readonly next: number | null }>;

/** All users of a list, page by page. */
export async function* everyUser(read: ReadUsers, signal: AbortSignal): AsyncGenerator<readonly Outcome[]> {
  for (let at = 0; !signal.aborted; at += PAGE) {
    const { users, next } = await read(at, PAGE, signal);
    if (users.length > 0) yield users;
    if (next === null) return;
  }
}
