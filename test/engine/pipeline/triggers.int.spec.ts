import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TRIGGER_NAMES, type TriggerName } from '#domain/pipeline/triggers.ts';
import {
  action,
  codes,
  consoleOf,
  MARY,
  type PipelineRunner,
  startPipelines,
  statuses,
} from '#test/pipeline.ts';

let pipelines: PipelineRunner;
beforeAll(async () => {
  pipelines = await startPipelines();
});
afterAll(() => pipelines.close());

/** `api` of each trigger: its groups and how many methods each has. */
const APIS: Readonly<Record<TriggerName, Readonly<Record<string, number>>>> = {
  'post-login': {
    access: 1,
    accessToken: 3,
    authentication: 6,
    cache: 3,
    groups: 2,
    idToken: 1,
    multifactor: 1,
    prompt: 1,
    redirect: 4,
    refreshToken: 6,
    roles: 3,
    rules: 1,
    samlResponse: 25,
    session: 7,
    transaction: 1,
    user: 2,
    validation: 1,
  },
  'pre-user-registration': { access: 1, cache: 3, user: 2, validation: 1 },
  'post-user-registration': { cache: 3 },
  'post-change-password': { cache: 3 },
  'password-reset-post-challenge': {
    access: 1,
    authentication: 2,
    cache: 3,
    prompt: 1,
    redirect: 4,
    transaction: 1,
  },
  'credentials-exchange': { access: 1, accessToken: 1, cache: 3, transaction: 4 },
};

/** `event` of each trigger: its members, and those of its user. */
const EVENTS: Readonly<Record<TriggerName, readonly [members: string, user: string | null]>> = {
  'post-login': [
    'authentication authorization client connection request resource_server secrets security_context session stats tenant transaction user',
    'app_metadata created_at email email_verified family_name given_name identities name nickname plan updated_at user_id user_metadata username',
  ],
  'pre-user-registration': [
    'client connection request secrets security_context tenant transaction user',
    'app_metadata email family_name given_name name nickname user_metadata username',
  ],
  'post-user-registration': [
    'connection request secrets tenant transaction user',
    'app_metadata created_at email email_verified family_name given_name name nickname plan updated_at user_id user_metadata username',
  ],
  'post-change-password': [
    'connection request secrets tenant transaction user',
    'email email_verified user_id username',
  ],
  'password-reset-post-challenge': [
    'authentication authorization client connection request resource_server secrets security_context session stats tenant transaction user',
    'app_metadata created_at email email_verified family_name given_name identities name nickname plan updated_at user_id user_metadata username',
  ],
  'credentials-exchange': ['accessToken client request resource_server secrets tenant transaction', null],
};

describe.each(TRIGGER_NAMES)('%s', (trigger) => {
  const audience = 'https://api.example.com';

  it('has the methods of its reference', async () => {
    const pass = await pipelines.run(trigger, {
      actions: [
        action(
          trigger,
          'console.log(JSON.stringify(Object.fromEntries(Object.entries(api).map(([k, v]) => [k, Object.keys(v).length]))));',
        ),
      ],
    });
    expect(JSON.parse(consoleOf(pass)[0]!)).toEqual(APIS[trigger]);
  });

  it('has the event of its reference', async () => {
    const pass = await pipelines.run(trigger, {
      around: { audience },
      actions: [
        action(
          trigger,
          "console.log(Object.keys(event).sort().join(' ')); console.log(event.user ? Object.keys(event.user).sort().join(' ') : '');",
        ),
      ],
    });
    const [members, user] = EVENTS[trigger];
    expect(consoleOf(pass)).toEqual([members, user ?? '']);
  });

  it('says so when its Action throws, and stops where the flow waits for it', async () => {
    const pass = await pipelines.run(trigger, {
      actions: [
        action(trigger, "throw new RangeError('too far');"),
        action(trigger, "console.log('second');"),
      ],
    });
    const waits = trigger !== 'post-user-registration' && trigger !== 'post-change-password';
    expect([pass.failed?.code ?? null, consoleOf(pass), pass.notices]).toEqual([
      waits ? 'pipeline.step-failed' : null,
      waits ? [] : ['second'],
      [
        {
          code: waits ? 'pipeline.step-failed' : 'pipeline.background-failed',
          detail: 'action-1 throws (RangeError)',
          step: 'action-1',
          line: 1,
        },
      ],
    ]);
  });

  it('says so when the Action exports another handler', async () => {
    const pass = await pipelines.run(trigger, { actions: ['exports.onSomethingElse = async () => {};'] });
    expect(codes(pass)).toEqual(['pipeline.handler-missing']);
  });
});

describe('what single triggers know', () => {
  it('post-login: counts, protocol, scopes, roles and how the user got in', async () => {
    const pass = await pipelines.run('post-login', {
      roles: ['admin'],
      user: { ...MARY, logins: 3 },
      around: { protocol: 'samlp', scopes: ['openid'], prompt: 'none' },
      actions: [
        action(
          'post-login',
          `const t = event.transaction; console.log(JSON.stringify([event.stats.logins_count, t.protocol, t.requested_scopes, t.prompt,
            event.authorization.roles, event.authentication.methods[0].name, event.connection.name, event.user.plan, api.redirect.canRedirect()]));`,
        ),
      ],
    });
    expect(JSON.parse(consoleOf(pass)[0]!)).toEqual([
      3,
      'samlp',
      ['openid'],
      ['none'],
      ['admin'],
      'pwd',
      'acme',
      'plus',
      false,
    ]);
  });

  it('post-login: a script’s own attributes, where the assumption lets them through', async () => {
    const spec = {
      user: { ...MARY, other: { tier: 'gold' } },
      actions: [action('post-login', 'console.log(String(event.user.tier));')],
    };
    const hidden = await pipelines.run('post-login', spec);
    const shown = await pipelines.run('post-login', {
      ...spec,
      assumptions: { 'action-user-other-attributes': 'shown' },
    });
    expect([consoleOf(hidden), consoleOf(shown)]).toEqual([['undefined'], ['gold']]);
  });

  it('pre-user-registration: fields of the form, a denial with a text for the person, metadata', async () => {
    const pass = await pipelines.run('pre-user-registration', {
      around: { body: { 'ulp-invite': 'x1' } },
      actions: [
        action(
          'pre-user-registration',
          "api.user.setAppMetadata('invite', event.request.body['ulp-invite']); api.access.deny('no invitation', 'Ask us for one.');",
        ),
      ],
    });
    expect([pass.denied, pass.metadata]).toEqual([
      {
        by: 'action-1',
        reason: 'no invitation',
        error: 'access_denied',
        userMessage: 'Ask us for one.',
        line: 1,
      },
      [{ store: 'app_metadata', key: 'invite', value: 'x1', by: 'action-1' }],
    ]);
  });

  it('post-change-password: when it was reset', async () => {
    const pass = await pipelines.run('post-change-password', {
      user: { ...MARY, passwordResetMs: Date.UTC(2026, 0, 1) },
      actions: [action('post-change-password', 'console.log(event.user.last_password_reset);')],
    });
    expect(consoleOf(pass)).toEqual(['2026-01-01T00:00:00.000Z']);
  });

  it('password-reset-post-challenge: a page to go to afterwards', async () => {
    const pass = await pipelines.run('password-reset-post-challenge', {
      actions: [
        action(
          'password-reset-post-challenge',
          "api.transaction.setResultUrl('https://x.example', { query: { a: '1' } });",
        ),
      ],
    });
    expect(pass.fired[0]!.run.effects.requests).toEqual([
      { by: 'action-1', what: 'password-reset-post-challenge: transaction.setResultUrl' },
    ]);
  });

  it('credentials-exchange: target scopes, claims, and what later Actions see of them', async () => {
    const pass = await pipelines.run('credentials-exchange', {
      around: { audience: 'https://api.example.com', scopes: ['read'] },
      actions: [
        action(
          'credentials-exchange',
          "api.transaction.addTargetScope('write'); api.accessToken.setCustomClaim('https://x.example/t', 1);",
        ),
        action(
          'credentials-exchange',
          "console.log(JSON.stringify(event.accessToken), event.resource_server.identifier); api.transaction.removeTargetScope('read');",
        ),
      ],
    });
    expect(consoleOf(pass)).toEqual([
      '{"customClaims":{"https://x.example/t":1},"scope":["read","write"]} https://api.example.com',
    ]);
    expect(pass.tokens).toMatchObject({
      id: null,
      access: { after: { scope: 'write', sub: 'rehearsal-client@clients', 'https://x.example/t': 1 } },
    });
    expect(statuses(pass)).toHaveLength(2);
  });

  it.each([
    ["api.transaction.setTargetScopes(['a', 'b'])", 'a b'],
    ['api.transaction.clearTargetScopes()', ''],
  ])('credentials-exchange: %s', async (call, scope) => {
    const pass = await pipelines.run('credentials-exchange', {
      actions: [action('credentials-exchange', `${call};`)],
    });
    expect(pass.tokens!.access.after['scope']).toBe(scope);
  });

  it.each(['invalid_scope', 'invalid_request', 'server_error'])(
    'credentials-exchange: denies with %s',
    async (code) => {
      const pass = await pipelines.run('credentials-exchange', {
        actions: [action('credentials-exchange', `api.access.deny('${code}', 'because');`)],
      });
      expect(pass.denied).toMatchObject({ error: code, reason: 'because' });
    },
  );

  it('credentials-exchange: refuses an error of its own making', async () => {
    const pass = await pipelines.run('credentials-exchange', {
      actions: [action('credentials-exchange', "api.access.deny('no', 'because');")],
    });
    expect([pass.denied, codes(pass)]).toEqual([null, ['pipeline.argument-invalid']]);
  });
});
