import type { z } from 'zod';
import type { outcomeSchema } from '#contract/trials.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { OutcomeFilter } from '#engine/ports/replica.ts';

export interface TrialUsersRequest {
  readonly project: string;
  readonly trial: string;
  readonly phase: 'lazy' | 'bulk';
  readonly filter: { readonly [Name in keyof OutcomeFilter]?: OutcomeFilter[Name] | undefined };
  readonly after: number;
  readonly limit: number;
}

export interface TrialUsersPage {
  users: z.infer<typeof outcomeSchema>[];
  next: number | null;
}

/** One page of the users behind a number of a report. */
export async function trialUsers(ports: Ports, request: TrialUsersRequest): Promise<TrialUsersPage> {
  const { id } = await ports.trialFolders.readRecord(request.project, request.trial);
  const replica = ports.replicas.openReadOnly(ports.trialFolders.replicaPath(request.project, id));
  try {
    const filter = { ...request.filter, phase: request.phase } as OutcomeFilter;
    const users = replica.outcomes(filter, request.after, request.limit);
    const next = users.length < request.limit ? null : (users.at(-1)?.position ?? null);
    return { users: structuredClone(users) as TrialUsersPage['users'], next };
  } finally {
    replica.close();
  }
}
