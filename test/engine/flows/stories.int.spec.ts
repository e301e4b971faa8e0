import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith } from '#test/describe-with.ts';
import { startEngine } from '#test/engine.ts';
import {
  changeConnection,
  changeSettings,
  inShort,
  type TestAccount,
  testAccount,
} from '#test/flow-project.ts';
import { type DatabaseServer, postgresqlMissing, startPostgresql } from '#test/postgresql.ts';
import { serverSampleProject, sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

const USERS = 400;
const servers: DatabaseServer[] = [];
const engine = startEngine();

afterAll(async () => {
  await engine.close();
  await Promise.all(servers.map((server) => server.remove()));
});

const STORES = {
  sqlite: { missing: null, project: (folder: string) => sqliteSampleProject(folder, { users: USERS }) },
  postgresql: {
    missing: postgresqlMissing(),
    project: async (folder: string) => {
      const server = await startPostgresql();
      servers.push(server);
      return serverSampleProject(folder, 'postgresql', server, { users: USERS });
    },
  },
} as const;

const ON_SERVER = ['reset', 'delete-and-return', 'import-switched-on-late', 'legacy-password-changed'];

/** What each story comes to with import on, step by step. */
const STORIES = {
  login: ['ok | login | nobody > migrated | s'],
  'login-wrong-password': ['state.wrong-password | login | nobody > nobody | fp'],
  'request-reset': ['ok | get_user | nobody > nobody | scpr'],
  reset: [
    'ok | get_user | nobody > nobody | scpr',
    'ok | get_user | nobody > partial | scp',
    'ok | no script | partial > migrated | s',
  ],
  'reset-before-first-login': [
    'ok | get_user | nobody > nobody | scpr',
    'ok | get_user | nobody > partial | scp',
    'state.wrong-password | no script | partial > partial | fp',
    'ok | no script | partial > migrated | s',
    'ok | no script | migrated > migrated | s',
  ],
  'change-password': [
    'ok | login | nobody > migrated | s',
    'ok | no script | migrated > migrated | scp',
    'ok | no script | migrated > migrated | s',
  ],
  'verify-email': ['ok | login | nobody > migrated | s', 'ok | no script | migrated > migrated | sv'],
  'change-email': [
    'ok | login | nobody > migrated | s',
    'ok | get_user | migrated > migrated | sce | state.legacy-email-differs',
    'ok | no script | migrated > migrated | s',
    'state.user-id-taken | login | migrated > migrated | f',
  ],
  delete: [
    'ok | login | nobody > migrated | s',
    'ok | no script | migrated > deleted | sdu | state.returns-after-deletion',
  ],
  'delete-and-return': [
    'ok | login | nobody > migrated | s',
    'ok | no script | migrated > deleted | sdu | state.returns-after-deletion',
    'ok | login | deleted > migrated | s | state.resurrected',
  ],
  'interrupted-creation': [
    'state.creation-interrupted | login | nobody > partial | f',
    'state.partial-user | login | partial > partial | f',
    'ok | get_user | partial > partial | scpr',
  ],
  'import-switched-on-late': [
    'ok | login | nobody > shadow | s',
    'ok | login | shadow > migrated | s',
    'ok | no script | migrated > migrated | s',
  ],
  'import-switched-off-again': [
    'ok | login | nobody > migrated | s',
    'ok | login | migrated > migrated | s | state.import-off-after-migration',
  ],
  'bulk-then-lazy': [
    'ok | no script | nobody > imported-hash-pending | sui',
    'state.wrong-password | no script | imported-hash-pending > imported-hash-pending | fp',
    'ok | no script | imported-hash-pending > migrated | s',
    'ok | no script | migrated > migrated | s',
  ],
  'lazy-then-bulk': [
    'ok | login | nobody > migrated | s',
    'import.conflict | no script | migrated > migrated | sui',
    'ok | no script | migrated > migrated | s',
  ],
  'shadow-then-bulk': [
    'ok | login | nobody > shadow | s',
    'import.collides-with-shadow | no script | shadow > shadow | sui',
    'ok | login | shadow > migrated | s',
  ],
  'legacy-password-changed': [
    'ok | login | nobody > migrated | s',
    'ok | no script | migrated > migrated | no log',
    'state.legacy-password-changed | no script | migrated > migrated | fp',
    'ok | no script | migrated > migrated | s',
  ],
  'brute-force': [
    ...Array.from({ length: 10 }, () => 'state.wrong-password | login | nobody > nobody | fp'),
    ...Array.from({ length: 2 }, () => 'state.too-many-failures | no script | nobody > nobody | limit_wc'),
  ],
  'sign-up-of-a-legacy-user': [
    'state.legacy-user-exists | get_user | nobody > nobody | fs',
    'ok | login | nobody > migrated | s',
  ],
} as const;

for (const [name, store] of Object.entries(STORES)) {
  describeWith(`stories of one person (${name})`, store.missing, () => {
    let folder = '';
    let person: TestAccount;

    beforeAll(async () => {
      folder = join(temporaryFolder('stories'), 'acme');
      await store.project(folder);
      person = testAccount(USERS, 'sha1');
    });
    afterAll(() => removeFolder(folder));

    const run = (story: keyof typeof STORIES | 'sign-up', more: object = {}) =>
      engine.client.flows.run({ project: folder, name: story, identifier: person.email, ...more });

    // The rules are the same everywhere; what differs is how scripts reach the people.
    const told = Object.entries(STORIES).filter(([story]) => name === 'sqlite' || ON_SERVER.includes(story));
    it.each(told)('%s', async (story, expected) => {
      const result = await run(story as keyof typeof STORIES);
      expect(result.steps.map(inShort)).toEqual(expected);
      expect(result).toMatchObject({ password: 'credentials', trial: null, kept: false });
    });

    it('of somebody who is new: the user store takes them, and the legacy store hears nothing', async () => {
      const identifier = 'Somebody.New@example.com';
      const { steps, password } = await run('sign-up', { identifier, username: 'newcomer' });
      expect(steps.map(inShort)).toEqual(['ok | get_user | nobody > migrated | ss']);
      expect(steps[0]!.after).toMatchObject({ email: 'somebody.new@example.com', origin: 'sign-up' });
      expect(password).toBe('assumed');
    });

    it('with a password that nobody knows is answered by the rehearsal, and says so', async () => {
      changeSettings(folder, { credentials: undefined });
      try {
        const { password, steps } = await run('legacy-password-changed');
        expect(password).toBe('assumed');
        expect(steps.map(inShort)).toEqual(STORIES['legacy-password-changed']);
        expect(steps[0]!.decisions).toEqual([
          'The user store has nobody under the identifier',
          'login runs: it calls back with a profile; the rehearsal answered its password check',
          'post-login runs deny-accounts-on-hold, add-shop-claims, note-first-login',
        ]);
      } finally {
        changeSettings(folder, { credentials: '.userferry/credentials.csv' });
      }
    });

    it('depends on the assumptions, and names those that were asked for', async () => {
      changeSettings(folder, {
        assumptions: { 'migrated-wrong-password': 'asks-legacy', 'reset-creates-user': 'at-confirmation' },
      });
      try {
        const changed = await run('legacy-password-changed');
        expect(changed.steps.map(inShort)[2]).toBe('ok | login | migrated > migrated | s');
        expect(changed.assumptions.filter(({ isDefault }) => !isDefault).map(({ name: one }) => one)).toEqual(
          ['migrated-wrong-password'],
        );
        const reset = await run('reset');
        expect(reset.steps.map(inShort)[1]).toBe('ok | get_user | nobody > migrated | scp');
      } finally {
        changeSettings(folder, { assumptions: {} });
      }
    });

    it('blocks nobody where brute-force protection is off', async () => {
      changeConnection(folder, { brute_force_protection: false });
      try {
        const steps = (await run('brute-force')).steps.map(inShort);
        expect([steps[10], steps[11]]).toEqual([
          'state.wrong-password | login | nobody > nobody | fp',
          'ok | login | nobody > migrated | s',
        ]);
      } finally {
        changeConnection(folder, { brute_force_protection: true });
      }
    });

    it('tells no secret', async () => {
      const story = await run('bulk-then-lazy', { password: person.password, newPassword: 'Brand-new-1' });
      const text = JSON.stringify(story);
      expect([person.password, '$2b$', 'Brand-new-1'].filter((secret) => text.includes(secret))).toEqual([]);
      expect(story.steps.map(inShort)).toEqual(STORIES['bulk-then-lazy']);
    });

    it('a wrong password that was typed as the right one is not taken for a failure of the store', async () => {
      const { steps } = await run('bulk-then-lazy', { password: 'not-it' });
      expect(steps.map(inShort)[2]).toBe(
        'state.wrong-password | no script | imported-hash-pending > imported-hash-pending | fp',
      );
    });
  });
}
