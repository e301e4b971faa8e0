import type { AuditResult } from '#contract/audit.ts';
import { count, percent, users } from '#reporters/numbers.ts';

type State = AuditResult['states'][number]['state'];
type Sign = AuditResult['signs'][number]['sign'];

export const STATE_TITLES = {
  migrated: 'migrated',
  'not-yet': 'not in the tenant yet',
  shadow: 'profile without a password',
  indeterminate: 'cannot be told',
  partial: 'half created',
  conflict: 'conflicting ids',
  duplicate: 'duplicate identities',
  stranger: 'only in the tenant',
  'sign-up': 'signed up after the cutover',
} as const satisfies Record<State, string>;

export const SIGN_TITLES = {
  'login-marker': 'marked by the login script',
  'get-user-marker': 'marked by the get_user script',
  marker: 'marked in app_metadata',
  'import-always-on': 'import was always on',
  'created-after-import': 'created after import was switched on',
  'never-logged-in': 'imported: no login yet',
  'replica-login': 'by a login of the trial',
  'replica-bulk': 'by the bulk import of the trial',
  'replica-other': 'by a reset or sign-up of the trial',
} as const satisfies Record<Sign, string>;

export function usersIn(audit: AuditResult, states: readonly State[]): number {
  return audit.states.reduce((sum, group) => sum + (states.includes(group.state) ? group.users : 0), 0);
}

/** The answer in one sentence. */
export function auditHeadline(audit: AuditResult): string {
  const { rows } = audit.legacy;
  if (rows === 0) return 'The legacy store has no users.';
  const migrated = usersIn(audit, ['migrated']);
  const rest = [
    part(usersIn(audit, ['not-yet']), 'not yet in the tenant'),
    part(usersIn(audit, ['shadow', 'indeterminate']), 'cannot be told or without a password'),
    part(usersIn(audit, ['partial', 'conflict', 'duplicate']), 'in conflict'),
    part(rows - audit.legacy.users, 'unreadable'),
  ].filter((one) => one !== null);
  const verb = audit.against.kind === 'trial' ? 'migrated in the trial' : 'migrated';
  const tail = rest.length === 0 ? '' : `; ${rest.join(', ')}`;
  return `${count(migrated)} of ${users(rows)} (${percent(migrated, rows)}) ${verb}${tail}.`;
}

function part(many: number, what: string): string | null {
  return many === 0 ? null : `${count(many)} ${what}`;
}

export function againstText({ against }: AuditResult): string {
  if (against.kind === 'trial') return `trial ${against.trial ?? ''}`;
  const names = against.files.map(({ path }) => path.split(/[\\/]/).at(-1) ?? path);
  return `${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}, connection ${against.connection}`;
}

export function sampleNames(samples: AuditResult['states'][number]['samples']): string {
  return samples
    .map(({ key, legacyId, tenantId, email }) => {
      const name = key === null ? (tenantId ?? '') : key.join('/');
      const id = legacyId !== null && key !== null && legacyId !== key.join('/') ? ` (${legacyId})` : '';
      return `${name}${id}${email === null ? '' : ` ${email}`}`;
    })
    .join(', ');
}

/** A mark of an earlier list in words: `conflict audit.id-differs` is long enough as it is. */
export function markTitle(mark: string | null): string {
  if (mark === null) return 'not there';
  const [state, code] = mark.split(' ');
  const title = Object.hasOwn(STATE_TITLES, state ?? '') ? STATE_TITLES[state as State] : mark;
  return code === undefined || state === 'not-yet' || state === 'stranger' ? title : `${title} (${code})`;
}
