import type { z } from 'zod';
import type { trials } from '#contract/trials.ts';
import { inSteps } from '#engine/in-steps.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { ReplicaComparison } from '#engine/ports/replica-comparison.ts';
import type { Phase, Replica } from '#engine/ports/replica.ts';

export interface CompareRequest {
  readonly project: string;
  readonly a: string;
  readonly b: string;
  readonly phase: Phase;
}

type Comparison = z.output<NonNullable<(typeof trials.compare)['~orpc']['outputSchema']>>;
type ChangedRequest = z.output<NonNullable<(typeof trials.changed)['~orpc']['inputSchema']>>;
type ChangedPage = z.output<NonNullable<(typeof trials.changed)['~orpc']['outputSchema']>>;

/** What an edit fixed or broke: trial `b` against trial `a`, user by user. */
export function compareTrials(ports: Ports, request: CompareRequest): Promise<Comparison> {
  const { phase } = request;
  return withBoth(ports, request, async (a, b) => {
    const comparison = await inSteps(ports.comparer.compare(a, b, phase), ports.clock);
    assertCompared(comparison, a, b, phase);
    return structuredClone(comparison) as Comparison;
  });
}

/** One page of the users behind a row of a comparison. */
export function changedUsers(ports: Ports, request: ChangedRequest): Promise<ChangedPage> {
  const { phase, change, after, limit } = request;
  const { comparer } = ports;
  return withBoth(ports, request, async (a, b) => {
    const steps =
      'from' in change
        ? comparer.usersOfChange(a, b, phase, change, after, limit)
        : change.onlyIn === 'a'
          ? comparer.usersOnlyIn(a, b, phase, after, limit)
          : comparer.usersOnlyIn(b, a, phase, after, limit);
    return structuredClone(await inSteps(steps, ports.clock)) as ChangedPage;
  });
}

async function withBoth<T>(
  ports: Ports,
  request: CompareRequest,
  work: (a: Replica, b: Replica) => Promise<T>,
): Promise<T> {
  const open = async (trial: string) => {
    const record = await ports.trialFolders.readRecord(request.project, trial);
    return ports.replicas.openReadOnly(ports.trialFolders.replicaPath(request.project, record.id));
  };
  const a = await open(request.a);
  try {
    const b = await open(request.b);
    try {
      return await work(a, b);
    } finally {
      b.close();
    }
  } finally {
    a.close();
  }
}

/** Throws when users are missing or counted twice. A trial that still runs grows meanwhile and is let off. */
export function assertCompared(comparison: ReplicaComparison, a: Replica, b: Replica, phase: Phase): void {
  const { same, fixed, broken, changedCause, onlyInA, onlyInB, groups } = comparison;
  const both = same + fixed + broken + changedCause;
  for (const [name, replica, users] of [
    ['first', a, both + onlyInA],
    ['second', b, both + onlyInB],
  ] as const) {
    const { done } = replica.counts(phase);
    if (replica.checkpoint(phase)?.finished === true && users !== done) {
      throw new Error(`the comparison does not balance: ${users} of ${done} users of the ${name} trial`);
    }
  }
  const changed = groups.reduce((sum, group) => sum + group.users, 0);
  if (changed !== fixed + broken + changedCause) {
    throw new Error(`the comparison does not balance: ${changed} changed users by cause`);
  }
}
