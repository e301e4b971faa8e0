import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { EveryUserEvent } from '#contract/trials.ts';
import type { EngineClient } from '#renderer/api/client.ts';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { askedOf, type UserFilter } from '#renderer/features/report/users/user-filter.ts';
import { useProject } from '#renderer/project/project-context.tsx';
import { trialKey } from '#renderer/project/use-trials.ts';

type UsersPage = Awaited<ReturnType<EngineClient['trials']['users']>>;
export type Outcome = UsersPage['users'][number];

const PAGE = 100;

/** The users that a filter lets through: how many, and any stretch of them. */
export function useUsers(trial: string, filter: UserFilter) {
  const client = useClient();
  const queries = useQueryClient();
  const { folder } = useProject();
  const key = trialKey(folder, trial, 'users', filter);
  const read = async (at: number, limit: number, signal: AbortSignal): Promise<UsersPage> => {
    const asked = askedOf(filter);
    const where = { project: folder, trial, phase: filter.phase, at, limit };
    return asked.from === 'coverage'
      ? client.coverage.users({ ...where, filter: asked.filter }, { signal })
      : client.trials.users({ ...where, filter: asked.filter }, { signal });
  };
  const first = useQuery({ queryKey: [...key, 'first'], queryFn: ({ signal }) => read(0, PAGE, signal) });
  const load = async (at: number, limit: number, signal: AbortSignal): Promise<readonly Outcome[]> => {
    // The first page came with the total; the grid gets it without asking twice.
    const known = queries.getQueryData<UsersPage>([...key, 'first']);
    if (at === 0 && known !== undefined) return known.users.slice(0, limit);
    return (await read(at, limit, signal)).users;
  };
  /** Everybody, in the form that is wanted, as the engine goes through them. */
  const every = (as: 'csv' | 'keys', signal: AbortSignal): Promise<AsyncIterable<EveryUserEvent>> => {
    const asked = askedOf(filter);
    const where = { project: folder, trial, phase: filter.phase, as };
    return asked.from === 'coverage'
      ? client.coverage.everyUser({ ...where, filter: asked.filter }, { signal })
      : client.trials.everyUser({ ...where, filter: asked.filter }, { signal });
  };
  return { first, total: first.data?.total ?? null, load, every };
}
