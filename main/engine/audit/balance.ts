import type { AuditResult } from '#contract/audit.ts';
import { TENANT_ONLY } from '#domain/audit/person.ts';

type Counted = Pick<AuditResult, 'legacy' | 'tenant' | 'states' | 'signs' | 'months'>;

/** Throws when the totals of an audit do not add up: a number that is wrong must never be printed. */
export function assertAuditBalanced({ legacy, tenant, states, signs, months }: Counted): void {
  const usersOf = (groups: readonly { readonly users: number }[]) =>
    groups.reduce((sum, one) => sum + one.users, 0);
  const strangers = usersOf(states.filter(({ state }) => TENANT_ONLY.has(state)));
  const migrated = usersOf(states.filter(({ state }) => state === 'migrated'));
  for (const [what, left, right] of [
    ['legacy rows', legacy.rows, legacy.users + legacy.unreadable + legacy.withoutId],
    ['legacy users', legacy.users, usersOf(states) - strangers],
    ['tenant records', tenant.lines, tenant.users + tenant.otherConnections + tenant.broken + tenant.deleted],
    ['tenant users', tenant.users, tenant.matched + tenant.repeated + strangers],
    ['migrated users by sign', migrated, usersOf(signs)],
    ['migrated users by month', migrated, usersOf(months)],
  ] as const) {
    if (left !== right)
      throw new Error(`totals of the audit do not balance: ${left} ${what}, ${right} by parts`);
  }
}
