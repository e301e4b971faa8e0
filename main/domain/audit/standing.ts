import {
  APP_METADATA,
  EMAIL,
  type FileKnowledge,
  PHONE,
  type TenantUser,
  USERNAME,
} from '#domain/audit/audit-user.ts';
import type { AuditedPerson, AuditFinding, MigrationSign, PersonState } from '#domain/audit/person.ts';
import type { AccountOrigin, AccountState } from '#domain/migration/account.ts';

/**
 * Whether the connection has imported users: `always` since its first login, `never`, `unknown`, or since a
 * date (ISO 8601). Logins with import off leave profiles that look like migrated users.
 */
export type ImportHistory = 'always' | 'never' | 'unknown' | { readonly since: string };

export interface Standing {
  readonly state: PersonState;
  readonly why: AuditedPerson['why'];
  readonly sign: MigrationSign | null;
  readonly at: string | null;
  readonly findings: readonly AuditFinding[];
}

/** Whether the tenant really holds this user with a password, as far as a profile can show it. */
export function standingOf(user: TenantUser, file: FileKnowledge, history: ImportHistory): Standing {
  if (user.account !== null) return ofReplica(user, user.account);
  if (isBare(user, file)) return open('partial', 'audit.incomplete-profile');
  const { marker } = user;
  if (marker !== null) return migrated(signOf(marker.by), marker.at ?? user.createdAt);
  if (history === 'never') return open('shadow', 'audit.import-off');
  if (history === 'always') return migrated('import-always-on', user.createdAt);
  if (typeof history === 'object' && user.createdAt !== null && user.createdAt >= history.since) {
    return migrated('created-after-import', user.createdAt);
  }
  // A profile that a login with import off left behind has at least that login. This one came another way.
  if (file.logins && (user.logins ?? 0) === 0 && user.lastLogin === null) {
    return migrated('never-logged-in', user.createdAt);
  }
  if (typeof history === 'object') {
    return open(
      'indeterminate',
      user.createdAt === null ? 'audit.no-created-date' : 'audit.created-before-import',
    );
  }
  return open(
    'indeterminate',
    file.attributes[APP_METADATA] === true ? 'audit.no-marker' : 'audit.no-app-metadata',
  );
}

const FOUND_BY = [EMAIL, USERNAME, PHONE];

/** Nothing a person could log in with, although the export would have it. */
function isBare(user: TenantUser, file: FileKnowledge): boolean {
  return file.attributes[EMAIL] === true && FOUND_BY.every((index) => (user.values[index] ?? null) === null);
}

function signOf(by: string | null): MigrationSign {
  if (by === 'login') return 'login-marker';
  return by === 'get_user' ? 'get-user-marker' : 'marker';
}

function migrated(sign: MigrationSign, at: string | null): Standing {
  return { state: 'migrated', why: null, sign, at, findings: [] };
}

function open(state: PersonState, why: Exclude<AuditedPerson['why'], null>): Standing {
  return { state, why, sign: null, at: null, findings: [] };
}

const REPLICA_SIGNS: Readonly<Partial<Record<AccountOrigin, MigrationSign>>> = {
  'lazy-login': 'replica-login',
  'bulk-import': 'replica-bulk',
};

function ofReplica(
  user: TenantUser,
  { state, origin }: { readonly state: AccountState; readonly origin: AccountOrigin },
): Standing {
  if (state === 'shadow') return open('shadow', 'audit.shadow-profile');
  if (state === 'partial') return open('partial', 'audit.partial-account');
  const standing = migrated(REPLICA_SIGNS[origin] ?? 'replica-other', user.createdAt);
  if (state === 'imported-random-password') {
    return { ...standing, findings: [{ code: 'audit.needs-reset', detail: '' }] };
  }
  return state === 'imported-hash-pending'
    ? { ...standing, findings: [{ code: 'audit.hash-unproven', detail: '' }] }
    : standing;
}
