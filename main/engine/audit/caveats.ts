import type { AuditResult } from '#contract/audit.ts';
import { AUDIT_ATTRIBUTES } from '#domain/audit/audit-user.ts';
import type { ImportHistory } from '#domain/audit/standing.ts';

interface Known extends Pick<AuditResult, 'legacy' | 'tenant' | 'states' | 'signs'> {
  readonly against: 'trial' | 'export';
  readonly importHistory: ImportHistory;
  readonly legacyKnows: readonly boolean[];
  readonly compared: readonly number[];
}

/** What the numbers do not say by themselves. */
export function* caveatsOf(known: Known): Iterable<string> {
  const { legacy, tenant, signs, compared, legacyKnows } = known;
  if (tenant.broken > 0) {
    yield `${tenant.broken} lines of the export cannot be read: whoever stands there counts as not in the tenant.`;
  }
  if (legacy.unreadable + legacy.withoutId > 0) {
    yield `${legacy.unreadable + legacy.withoutId} legacy rows cannot be read or have no id, and are in no state.`;
  }
  const missing = AUDIT_ATTRIBUTES.filter(
    (_name, index) => legacyKnows[index] === true && !compared.includes(index),
  );
  if (missing.length > 0 && known.against === 'export') {
    yield `The export says nothing about ${missing.join(', ')}: differences there were not looked for.`;
  }
  if (known.against === 'trial') {
    yield 'A trial shows who would have migrated in the rehearsal, not who has migrated in the tenant.';
    return;
  }
  yield 'Accounts that an interrupted creation left half made are hidden from exports; a trial shows them.';
  if (signs.some(({ sign }) => sign === 'never-logged-in')) {
    yield 'Users who never logged in are taken for imported: logins with import off leave at least one login behind. Whether they have a password does not show.';
  }
  if (known.importHistory === 'always') {
    yield 'Every profile is taken for migrated, because import is said to have been on from the first login.';
  }
}
