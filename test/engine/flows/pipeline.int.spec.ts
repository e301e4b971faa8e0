import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FlowStep } from '#contract/flows.ts';
import { startEngine } from '#test/engine.ts';
import { changeSettings, type TestAccount, testAccount } from '#test/flow-project.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

const USERS = 400;

/** One Action a trigger: each says that it ran, and denies or writes where the name of the person asks for it. */
const ACTIONS = {
  'pre-user-registration': [
    'onExecutePreUserRegistration',
    "api.user.setAppMetadata('registered', true); if (event.request.body.deny) api.access.deny('no');",
  ],
  'post-user-registration': ['onExecutePostUserRegistration', ''],
  'post-login': [
    'onExecutePostLogin',
    "api.idToken.setCustomClaim('https://x.example/count', event.stats.logins_count); api.idToken.setCustomClaim('https://x.example/shouting', event.user.email !== event.user.email.toLowerCase()); api.user.setAppMetadata('logins', event.stats.logins_count);",
  ],
  'post-change-password': ['onExecutePostChangePassword', ''],
  'password-reset-post-challenge': ['onExecutePostChallenge', ''],
} as const;

describe('Actions in the flows of a tenant', () => {
  const engine = startEngine();
  const folder = join(temporaryFolder('flow-pipeline'), 'acme');
  const { client } = engine;
  let account: TestAccount;

  beforeAll(async () => {
    await sqliteSampleProject(folder, { users: USERS });
    for (const [trigger, [handler, body]] of Object.entries(ACTIONS)) {
      mkdirSync(join(folder, 'actions', trigger), { recursive: true });
      const code = `exports.${handler} = async (event, api) => { console.log('${trigger}'); ${body} };\n`;
      writeFileSync(join(folder, 'actions', trigger, 'code.js'), code);
      const file = {
        name: trigger,
        code: `./actions/${trigger}/code.js`,
        supported_triggers: [{ id: trigger }],
      };
      writeFileSync(join(folder, 'actions', `${trigger}.json`), JSON.stringify(file));
    }
    bind({});
    account = testAccount(USERS, 'bcrypt');
  });
  afterAll(async () => {
    await engine.close();
    removeFolder(folder);
  });

  function bind(others: Readonly<Record<string, string>>): void {
    const triggers = Object.fromEntries(
      Object.keys(ACTIONS).map((trigger) => [trigger, [{ action_name: others[trigger] ?? trigger }]]),
    );
    writeFileSync(join(folder, 'triggers/triggers.json'), JSON.stringify(triggers));
  }

  const story = async (name: Parameters<typeof client.flows.run>[0]['name'], more: object = {}) => {
    const { steps } = await client.flows.run({ project: folder, name, identifier: account.email, ...more });
    return steps;
  };
  const ran = ({ pipeline }: FlowStep): readonly string[] =>
    pipeline?.steps.flatMap((step) => step.console.map(({ text }) => text)) ?? [];

  it('run where the matrix says so', async () => {
    const names = [
      'login',
      'login-wrong-password',
      'reset',
      'sign-up',
      'change-password',
      'bulk-import',
    ] as const;
    const seen: Record<string, unknown> = {};
    for (const name of names) {
      const who =
        name === 'sign-up'
          ? { identifier: 'new.person@example.com', password: 'Long-Enough-1', username: 'newperson1' }
          : {};
      seen[name] = (await story(name, { newPassword: 'Changed-Long-1', ...who })).map(ran);
    }
    expect(seen).toEqual({
      login: [['post-login']],
      'login-wrong-password': [[]],
      reset: [[], ['password-reset-post-challenge', 'post-change-password'], ['post-login']],
      'sign-up': [['pre-user-registration', 'post-user-registration', 'post-login']],
      'change-password': [['post-login'], ['post-change-password'], ['post-login']],
      'bulk-import': [[]],
    });
  });

  it('run at migrations, imports and resets too, where the assumptions say so', async () => {
    const fired = {
      'registration-triggers-at-migration': 'fired',
      'registration-triggers-at-import': 'fired',
      'registration-triggers-at-reset': 'fired',
    };
    changeSettings(folder, { assumptions: fired });
    const both = ['pre-user-registration', 'post-user-registration'];
    const seen = {
      login: (await story('login')).map(ran),
      reset: (await story('reset', { newPassword: 'Changed-Long-1' })).map(ran)[1],
      import: (await story('bulk-import')).map(ran),
    };
    changeSettings(folder, { assumptions: {} });
    expect(seen).toEqual({
      login: [[...both, 'post-login']],
      reset: ['password-reset-post-challenge', ...both, 'post-change-password'],
      import: [both],
    });
  });

  it('write metadata and count logins, and their claims follow', async () => {
    const steps = await story('legacy-password-changed');
    const claims = steps.map(({ pipeline }) => pipeline?.idToken?.after?.['https://x.example/count'] ?? null);
    expect([claims, steps.at(-1)!.after!.appMetadata.includes('logins')]).toEqual([[1, null, null, 2], true]);
  });

  it('are compared between import off and after the migration', async () => {
    const [off, on] = await story('import-switched-on-late');
    expect([
      off!.pipeline!.differences,
      on!.pipeline!.differences.map(({ what, name, code }) => [what, name, code]),
    ]).toEqual([
      [],
      [
        ['metadata', 'app_metadata.logins', 'pipeline.metadata-differs'],
        ['id token', 'https://x.example/count', 'pipeline.claim-changed'],
      ],
    ]);
  });

  it('are left out when nobody wants them, or their files have errors', async () => {
    const off = await story('login', { pipeline: 'off' });
    bind({ 'post-login': 'no-such-action' });
    const [broken] = await story('login');
    const insisted = client.flows.run({
      project: folder,
      name: 'login',
      identifier: account.email,
      pipeline: 'actions',
    });
    await expect(insisted).rejects.toMatchObject({ data: { kind: 'project-invalid' } });
    bind({});
    expect([off[0]!.pipeline, broken!.pipeline, broken!.decisions[0]]).toEqual([
      null,
      null,
      'Actions are left out: their files have errors, which "userferry check" lists (--pipeline actions insists)',
    ]);
  });

  it('deny after the user is stored, and the tenant logs a failed login', async () => {
    writeFileSync(
      join(folder, 'actions/post-login/code.js'),
      "exports.onExecutePostLogin = async (event, api) => { api.user.setAppMetadata('denied', 1); api.access.deny('closed today'); };",
    );
    const [step] = await story('login');
    expect({
      outcome: step!.outcome,
      state: step!.after?.state,
      metadata: step!.after?.appMetadata.includes('denied'),
      log: step!.log.map(({ type, description }) => [type, description]),
      tokens: [step!.pipeline?.idToken?.after, step!.pipeline?.accessToken?.after],
    }).toMatchObject({
      outcome: { status: 'failed', cause: 'pipeline.denied', detail: 'post-login: closed today' },
      state: 'migrated',
      metadata: true,
      log: [['f', 'closed today']],
      tokens: [null, null],
    });
  });

  it('keep a sign-up and a reset from happening', async () => {
    writeFileSync(
      join(folder, 'actions/pre-user-registration/code.js'),
      "exports.onExecutePreUserRegistration = async (event, api) => { api.access.deny('no newcomers', 'Not now.'); };",
    );
    writeFileSync(
      join(folder, 'actions/password-reset-post-challenge/code.js'),
      "exports.onExecutePostChallenge = async (event, api) => { api.access.deny('call us'); };",
    );
    const [signUp] = await story('sign-up', {
      identifier: 'other@example.com',
      password: 'Long-Enough-1',
      username: 'otherperson',
    });
    const reset = await story('reset', { newPassword: 'Changed-Long-1' });
    expect([
      signUp!.outcome.status,
      signUp!.after,
      signUp!.scripts,
      signUp!.log.map(({ type }) => type),
    ]).toEqual(['failed', null, [], ['fs']]);
    expect([reset[1]!.outcome.status, reset[1]!.after, reset[1]!.log.map(({ type }) => type)]).toEqual([
      'failed',
      null,
      ['fcp'],
    ]);
  });

  it('come after a tried login', async () => {
    const tried = await client.scripts.try({
      project: folder,
      slot: 'login',
      identifier: account.email,
      password: account.password,
      pipeline: 'actions',
    });
    expect([tried.pipeline?.outcome.status, tried.pipeline?.steps.map(({ name }) => name)]).toEqual([
      'denied',
      ['post-login'],
    ]);
  });

  it('are shown, and run one trigger at a time', async () => {
    const shown = await client.pipeline.show({ project: folder });
    const run = await client.pipeline.run({
      project: folder,
      trigger: 'post-login',
      identifier: account.email,
    });
    const nobody = client.pipeline.run({
      project: folder,
      trigger: 'post-login',
      identifier: 'nobody@example.com',
    });
    await expect(nobody).rejects.toMatchObject({ data: { kind: 'input-invalid' } });
    expect([
      shown.triggers.map(({ trigger, actions }) => `${trigger}: ${actions.map(({ name }) => name).join()}`),
      run.outcome,
    ]).toMatchObject([
      [
        'pre-user-registration: pre-user-registration',
        'post-user-registration: post-user-registration',
        'post-login: post-login',
        'post-change-password: post-change-password',
        'password-reset-post-challenge: password-reset-post-challenge',
        'credentials-exchange: ',
      ],
      { status: 'denied', reason: 'closed today' },
    ]);
  });
});
