import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith } from '#test/describe-with.ts';
import { startEngine } from '#test/engine.ts';
import {
  addWritingScripts,
  changeSettings,
  inShort,
  type TestAccount,
  testAccount,
} from '#test/flow-project.ts';
import { type DatabaseServer, postgresqlMissing, startPostgresql } from '#test/postgresql.ts';
import { serverSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

const USERS = 400;
const engine = startEngine();
afterAll(() => engine.close());

describeWith('flows with import off run all scripts against the legacy database', postgresqlMissing(), () => {
  let folder = '';
  let server: DatabaseServer;
  let person: TestAccount;

  beforeAll(async () => {
    server = await startPostgresql();
    folder = join(temporaryFolder('legacy-writes'), 'acme');
    await serverSampleProject(folder, 'postgresql', server, { users: USERS });
    addWritingScripts(folder, { import_mode: false, requires_username: false });
    person = testAccount(USERS, 'bcrypt');
  });
  afterAll(async () => {
    removeFolder(folder);
    await server.remove();
  });

  const run = async (name: Parameters<typeof engine.client.flows.run>[0]['name'], more: object = {}) => {
    const request = { project: folder, name, identifier: person.email, allowLegacyWrites: true };
    const result = await engine.client.flows.run({ ...request, ...more });
    if (engine.bugs.length > 0) throw engine.bugs[0];
    return result.steps.map(inShort);
  };
  const row = async (email: string) =>
    (await server.query(`SELECT email, email_confirmed FROM app_users WHERE email = '${email}'`))[0] ?? null;

  it('but not one that writes before it was allowed', async () => {
    const refused = run('change-password', { allowLegacyWrites: false });
    await expect(refused).rejects.toMatchObject({
      message: 'this flow runs the change_password script, which writes to the legacy database',
      data: { kind: 'input-invalid' },
    });
  });

  it('sign-up: get_user, create, login', async () => {
    const identifier = 'fresh@example.com';
    expect(await run('sign-up', { identifier, password: 'Fresh-password-1' })).toEqual([
      'ok | get_user+create+login | nobody > shadow | ss+s',
    ]);
    expect(await row(identifier)).toEqual({ email: identifier, email_confirmed: 0 });
    expect(await run('sign-up', { identifier, password: 'Fresh-password-1' })).toEqual([
      'state.legacy-user-exists | get_user | nobody > nobody | fs',
    ]);
  });

  it('verification: the row is confirmed, the profile only with the next login', async () => {
    expect(
      await run('verify-email', { identifier: 'fresh@example.com', password: 'Fresh-password-1' }),
    ).toEqual([
      'ok | login | nobody > shadow | s',
      'ok | verify | shadow > shadow | sv | state.verified-at-next-login',
    ]);
    expect(await row('fresh@example.com')).toEqual({ email: 'fresh@example.com', email_confirmed: 1 });
  });

  it('password reset: the legacy store takes the new password, and login accepts it', async () => {
    expect(await run('reset', { newPassword: 'Another-password-2' })).toEqual([
      'ok | get_user | nobody > nobody | scpr',
      'ok | get_user+change_password | nobody > nobody | scp',
      'ok | login | nobody > shadow | s',
    ]);
    expect(await run('login')).toEqual(['state.wrong-password | login | nobody > nobody | fp']);
    expect(await run('login', { password: 'Another-password-2' })).toEqual([
      'ok | login | nobody > shadow | s',
    ]);
  });

  it('a new password that the policy refuses reaches no script', async () => {
    addWritingScripts(folder, { passwordPolicy: 'good' });
    try {
      expect((await run('reset', { newPassword: 'short' }))[1]).toBe(
        'state.password-policy | no script | nobody > nobody | fcp',
      );
      expect(await run('sign-up', { identifier: 'weak@example.com', password: 'short' })).toEqual([
        'state.password-policy | no script | nobody > nobody | fs',
      ]);
      expect(await row('weak@example.com')).toBeNull();
    } finally {
      addWritingScripts(folder, { passwordPolicy: 'none' });
    }
  });

  it('change of address: both stores change, and only the new one logs in', async () => {
    const more = { password: 'Another-password-2', newEmail: 'moved@example.com' };
    expect(await run('change-email', more)).toEqual([
      'ok | login | nobody > shadow | s',
      'ok | get_user+change_email | shadow > shadow | sce',
      'ok | login | shadow > shadow | s',
      'state.unknown-user | login | shadow > shadow | fu',
    ]);
    expect(await row('moved@example.com')).toEqual({ email: 'moved@example.com', email_confirmed: 0 });
  });

  it('deletion: the row is gone, and nobody comes back', async () => {
    const moved = { identifier: 'moved@example.com', password: 'Another-password-2' };
    expect(await run('delete-and-return', moved)).toEqual([
      'ok | login | nobody > shadow | s',
      'ok | delete | shadow > nobody | sdu',
      'state.unknown-user | login | nobody > nobody | fu',
    ]);
    expect(await row('moved@example.com')).toBeNull();
  });

  it('with import on and the assumption that they run, idle scripts do', async () => {
    changeSettings(folder, { assumptions: { 'idle-scripts-with-import': 'run' } });
    const other = testAccount(USERS, 'md5');
    expect(await run('delete', { identifier: other.email, importMode: true })).toEqual([
      'ok | login | nobody > migrated | s',
      'ok | delete | migrated > nobody | sdu',
    ]);
  });
});
