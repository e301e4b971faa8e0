import { describe, expect, it } from 'vitest';
import { AUDIT_ATTRIBUTES, type FileKnowledge, type TenantUser } from '#domain/audit/audit-user.ts';
import { type ImportHistory, standingOf } from '#domain/audit/standing.ts';

const FILE: FileKnowledge = { attributes: AUDIT_ATTRIBUTES.map(() => true), logins: true, leaves: null };
const NO_METADATA: FileKnowledge = {
  ...FILE,
  attributes: AUDIT_ATTRIBUTES.map((name) => name !== 'app_metadata'),
};
const CREATED = '2026-05-01T00:00:00.000Z';

const user = (changes: Partial<TenantUser> = {}): TenantUser => ({
  userId: 'auth0|1',
  id: '1',
  file: 0,
  line: 1,
  values: AUDIT_ATTRIBUTES.map((name) => (name === 'email' ? 'ada@example.com' : null)),
  createdAt: CREATED,
  lastLogin: '2026-06-01T00:00:00.000Z',
  logins: 3,
  marker: null,
  linked: false,
  account: null,
  ...changes,
});

const standing = (one: TenantUser, history: ImportHistory, file = FILE) => {
  const { state, why, sign, at } = standingOf(one, file, history);
  return [state, why ?? sign, at];
};

describe('a tenant user with the id of a legacy user', () => {
  it('is migrated where a marker says so, whatever else is known', () => {
    const at = '2026-06-02T10:00:00.000Z';
    const marked = (by: string | null, time: string | null) => user({ marker: { by, at: time } });
    expect([
      standing(marked('login', at), 'never'),
      standing(marked('get_user', at), 'unknown'),
      standing(marked(null, null), 'unknown'),
    ]).toEqual([
      ['migrated', 'login-marker', at],
      ['migrated', 'get-user-marker', at],
      ['migrated', 'marker', CREATED],
    ]);
  });

  it('is judged by the history of the import switch where there is no marker', () => {
    expect([
      standing(user(), 'always'),
      standing(user(), 'never'),
      standing(user(), 'unknown'),
      standing(user(), 'unknown', NO_METADATA),
      standing(user(), { since: CREATED }),
      standing(user(), { since: '2026-05-02T00:00:00.000Z' }),
      standing(user({ createdAt: null }), { since: CREATED }),
    ]).toEqual([
      ['migrated', 'import-always-on', CREATED],
      ['shadow', 'audit.import-off', null],
      ['indeterminate', 'audit.no-marker', null],
      ['indeterminate', 'audit.no-app-metadata', null],
      ['migrated', 'created-after-import', CREATED],
      ['indeterminate', 'audit.created-before-import', null],
      ['indeterminate', 'audit.no-created-date', null],
    ]);
  });

  it('was imported where the export tells logins and there is none', () => {
    const fresh = user({ logins: null, lastLogin: null });
    expect([
      standing(fresh, 'unknown'),
      standing(fresh, 'unknown', { ...FILE, logins: false }),
      standing({ ...fresh, logins: 1 }, 'unknown'),
    ]).toEqual([
      ['migrated', 'never-logged-in', CREATED],
      ['indeterminate', 'audit.no-marker', null],
      ['indeterminate', 'audit.no-marker', null],
    ]);
  });

  it('is partial without anything to log in with, unless the export would not show it', () => {
    const bare = user({ values: AUDIT_ATTRIBUTES.map(() => null), marker: { by: 'login', at: null } });
    const unknown = { ...FILE, attributes: AUDIT_ATTRIBUTES.map((name) => name !== 'email') };
    expect([standing(bare, 'always'), standing(bare, 'always', unknown)]).toEqual([
      ['partial', 'audit.incomplete-profile', null],
      ['migrated', 'login-marker', CREATED],
    ]);
  });

  it('of a trial is what the trial says', () => {
    const of = (
      state: NonNullable<TenantUser['account']>['state'],
      origin: NonNullable<TenantUser['account']>['origin'],
    ) => standing(user({ account: { state, origin } }), 'never');
    expect([
      of('migrated', 'lazy-login'),
      of('imported-hash-pending', 'bulk-import'),
      of('imported-random-password', 'bulk-import'),
      of('migrated', 'password-reset'),
      of('shadow', 'legacy-login'),
      of('partial', 'lazy-login'),
    ]).toEqual([
      ['migrated', 'replica-login', CREATED],
      ['migrated', 'replica-bulk', CREATED],
      ['migrated', 'replica-bulk', CREATED],
      ['migrated', 'replica-other', CREATED],
      ['shadow', 'audit.shadow-profile', null],
      ['partial', 'audit.partial-account', null],
    ]);
  });
});
