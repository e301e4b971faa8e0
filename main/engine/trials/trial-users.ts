import type { z } from 'zod';
import type { EveryUserEvent, outcomeSchema } from '#contract/trials.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { OutcomeFilter, Replica } from '#engine/ports/replica.ts';
import { EVERY_USER_PAGE, everyUser } from '#engine/trials/every-user.ts';
import type { OutcomeDesk } from '#engine/trials/outcome-desk.ts';

export interface TrialUsersRequest {
  readonly project: string;
  readonly trial: string;
  readonly phase: 'lazy' | 'bulk';
  readonly filter: { readonly [Name in keyof OutcomeFilter]?: OutcomeFilter[Name] | undefined };
  readonly after: number;
  readonly limit: number;
  readonly at?: number | undefined;
}

export interface TrialUsersPage {
  users: z.infer<typeof outcomeSchema>[];
  next: number | null;
  total: number | null;
}

/** One page of the users behind a number of a report. */
export async function trialUsers(
  ports: Ports,
  desk: OutcomeDesk,
  request: TrialUsersRequest,
): Promise<TrialUsersPage> {
  if (request.at !== undefined) return usersAt(ports, desk, request, request.at);
  const { id } = await ports.trialFolders.readRecord(request.project, request.trial);
  const replica = ports.replicas.openReadOnly(ports.trialFolders.replicaPath(request.project, id));
  try {
    const filter = { ...request.filter, phase: request.phase } as OutcomeFilter;
    return { ...pageAfter(replica, filter, request.after, request.limit), total: null };
  } finally {
    replica.close();
  }
}

/** All users behind a number of a report, as a file or as keys. */
export async function* everyTrialUser(
  ports: Ports,
  request: Omit<TrialUsersRequest, 'after' | 'limit' | 'at'> & { readonly as: 'csv' | 'keys' },
  signal: AbortSignal | undefined,
): AsyncGenerator<EveryUserEvent, void, void> {
  const { id } = await ports.trialFolders.readRecord(request.project, request.trial);
  const replica = ports.replicas.openReadOnly(ports.trialFolders.replicaPath(request.project, id));
  try {
    const filter = { ...request.filter, phase: request.phase } as OutcomeFilter &
      Pick<TrialUsersRequest, 'phase'>;
    const pages = {
      total: replica.outcomeCount(filter),
      after: (position: number) => replica.outcomes(filter, position, EVERY_USER_PAGE),
    };
    yield* everyUser(ports, pages, request.as, signal);
  } finally {
    replica.close();
  }
}

function pageAfter(
  replica: Replica,
  filter: OutcomeFilter,
  after: number,
  limit: number,
): Omit<TrialUsersPage, 'total'> {
  const users = replica.outcomes(filter, after, limit);
  const next = users.length < limit ? null : (users.at(-1)?.position ?? null);
  return { users: structuredClone(users) as TrialUsersPage['users'], next };
}

async function usersAt(
  ports: Ports,
  desk: OutcomeDesk,
  request: TrialUsersRequest,
  at: number,
): Promise<TrialUsersPage> {
  const { id } = await ports.trialFolders.readRecord(request.project, request.trial);
  const filter = { ...request.filter, phase: request.phase } as OutcomeFilter &
    Pick<TrialUsersRequest, 'phase'>;
  const list = {
    phase: request.phase,
    name: JSON.stringify(Object.entries(filter).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    total: (replica: Replica) => replica.outcomeCount(filter),
    positionAfter: (replica: Replica, after: number, rows: number) =>
      replica.positionAfter(filter, after, rows),
  };
  return desk.page(request.project, id, list, at, (replica, after) =>
    pageAfter(replica, filter, after, request.limit),
  );
}
