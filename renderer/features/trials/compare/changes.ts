import type { EngineClient } from '#renderer/api/client.ts';

export type Comparison = Awaited<ReturnType<EngineClient['trials']['compare']>>;
export type Change = Comparison['groups'][number];
export type ChangeKind = 'fixed' | 'broken' | 'other';

/** Null is ok: from a cause to ok is fixed, from ok to a cause broken. */
export function kindOfChange({ from, to }: Pick<Change, 'from' | 'to'>): ChangeKind {
  if (to === null) return 'fixed';
  return from === null ? 'broken' : 'other';
}

/** What broke before what was fixed before what only has another cause; in each the biggest first. */
export function inOrderOfWork(groups: readonly Change[]): readonly Change[] {
  const place = { broken: 0, fixed: 1, other: 2 } as const;
  return groups.toSorted((a, b) => place[kindOfChange(a)] - place[kindOfChange(b)] || b.users - a.users);
}
