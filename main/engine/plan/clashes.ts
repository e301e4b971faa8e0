import type { UsedTrial } from '#contract/plan.ts';
import type { Order } from '#domain/plan/recommend.ts';
import { type TrialEvidence, withReplica } from '#engine/plan/trial-evidence.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';
import type { Phase, Replica } from '#engine/ports/replica.ts';

/** What a mixed trial says about its order. */
export interface Clashes {
  readonly trial: string;
  /** Users that the second phase refused because of an account of the first. */
  readonly users: number;
  /** Others whose record was refused because they had logged in already. They are across, and in no need. */
  readonly across: number;
}

const CODE = 'trial.clash-with-first-phase';
const PAGE = 1_000;

/** Null where no mixed trial of the order has finished. */
export function clashesOf(
  ports: Ports,
  project: Project,
  { mixed }: TrialEvidence,
): Readonly<Record<Order, Clashes | null>> {
  const of = (order: UsedTrial['order']): Clashes | null => {
    const trial = mixed.find((one) => one.order === order);
    if (trial === undefined) return null;
    return withReplica(ports, project, trial, (replica) => {
      const second: Phase = order === 'lazy-first' ? 'bulk' : 'lazy';
      const all = replica.findingCodes(second).find(({ code }) => code === CODE)?.users ?? 0;
      // An import that is refused for the user's own account leaves the user where the login has put it.
      const users = order === 'lazy-first' ? withoutAccount(replica) : all;
      return { trial: trial.trial, users, across: all - users };
    });
  };
  return { 'lazy-first': of('lazy-first'), 'bulk-first': of('bulk-first') };
}

function withoutAccount(replica: Replica): number {
  let users = 0;
  for (let after = -1; ; ) {
    const page = replica.outcomes({ phase: 'bulk', findingCode: CODE, state: 'legacy-only' }, after, PAGE);
    users += page.length;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return users;
    after = last.position;
  }
}
