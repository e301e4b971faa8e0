import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HookPoint } from '#domain/pipeline/triggers.ts';
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

const rule = (body: string): string => `function (user, context, callback) {\n  ${body}\n}`;
const login = (rules: readonly string[], more: object = {}) =>
  pipelines.run('post-login', { rules: rules.map(rule), ...more });

describe('Rules', () => {
  it('run in order before the Actions, and hand user and context on', async () => {
    const pass = await login(
      [
        "user.tier = 'gold'; context.idToken['https://x.example/a'] = 1; callback(null, user, context);",
        "console.log(user.tier, context.idToken['https://x.example/a'], typeof context.stats.loginsCount); callback(null, user, context);",
      ],
      {
        actions: [
          action(
            'post-login',
            "console.log(String(event.user.tier)); api.idToken.setCustomClaim('https://x.example/a', 2);",
          ),
        ],
      },
    );
    expect([
      statuses(pass),
      consoleOf(pass),
      pass.tokens!.id!.after['https://x.example/a'],
      codes(pass),
    ]).toEqual([
      ['rule-1 rule ok', 'rule-2 rule ok', 'action-1 onExecutePostLogin ok'],
      ['gold 1 number', 'undefined'],
      2,
      ['pipeline.claim-overwritten'],
    ]);
  });

  it('do not run unless they are asked for', async () => {
    const pass = await login(["callback(new UnauthorizedError('no'));"], { mode: 'actions' });
    expect(statuses(pass)).toEqual([]);
  });

  it('have configuration, global, auth0 and what a script returned beside the known attributes', async () => {
    const pass = await login(
      [
        `global.calls = (global.calls || 0) + 1;
         console.log(configuration.KEY, Object.isFrozen(configuration), typeof auth0.accessToken, user.tier, user.plan, typeof user.user_metadata);
         auth0.users.updateAppMetadata(user.user_id, { seen: true, gone: null })
           .then(() => auth0.users.updateUserMetadata('auth0|other', { a: 1 }))
           .then(() => callback(null, user, context));`,
      ],
      {
        configuration: { KEY: 'k' },
        user: { ...MARY, other: { tier: 'gold' }, profile: { ...MARY.profile, userMetadata: null } },
      },
    );
    expect([consoleOf(pass), pass.metadata, pass.fired[0]!.run.effects.requests]).toEqual([
      ['k true string gold plus undefined'],
      [
        { store: 'app_metadata', key: 'seen', value: true, by: 'rule-1' },
        { store: 'app_metadata', key: 'gone', value: null, by: 'rule-1' },
      ],
      [{ by: 'rule-1', what: 'user_metadata of another user' }],
    ]);
  });

  it('deny with UnauthorizedError, under the error that the assumption names', async () => {
    const rules = ["callback(new UnauthorizedError('Not on Sundays'));", 'callback(null, user, context);'];
    const first = await login(rules);
    const second = await login(rules, { assumptions: { 'rule-denial-error': 'access_denied' } });
    expect([statuses(first), first.denied, second.denied?.error]).toEqual([
      ['rule-1 rule denied', 'rule-2 rule not-run'],
      { by: 'rule-1', reason: 'Not on Sundays', error: 'unauthorized', userMessage: null, line: 2 },
      'access_denied',
    ]);
  });

  it.each([
    ["callback(new Error('x'));", 'rule-2 calls back an error (Error)'],
    ['null.x;', 'rule-2 throws (TypeError)'],
    ['', 'rule-2 never ends'],
    ['setTimeout(() => callback(null, user, context), 60000);', 'rule-2 is not over in time'],
  ])('fail the login and name themselves: %s', async (body, detail) => {
    const pass = await login(['callback(null, user, context);', body], { timeLimitMs: 700 });
    expect([pass.failed?.step, pass.failed?.detail]).toEqual(['rule-2', detail]);
  });

  it('name the line in their own file', async () => {
    const pass = await login(['callback(null, user, context);', '\n\n  user.no.such;']);
    expect(pass.notices[0]?.line).toBe(4);
  });

  it('take all of them down with one that is no expression', async () => {
    const good = rule('callback(null, user, context);');
    const pass = await pipelines.run('post-login', { rules: [good, `${good};`] });
    expect([statuses(pass), pass.failed?.detail]).toEqual([
      ['rule-1 rule failed', 'rule-2 rule not-run'],
      'rule-1 does not compile (SyntaxError)',
    ]);
  });

  it('change scopes, ask for factors, another user and SAML', async () => {
    const pass = await login([
      "context.accessToken.scope = ['read']; context.accessToken['https://x.example/r'] = 1; context.multifactor = { provider: 'any' }; context.primaryUser = 'auth0|1'; context.samlConfiguration.audience = 'a'; callback(null, user, context);",
    ]);
    const { scopes, accessClaims, requests, primaryUser } = pass.fired[0]!.run.effects;
    expect([scopes, accessClaims, requests, primaryUser, codes(pass)]).toEqual([
      ['read'],
      [{ name: 'https://x.example/r', value: 1, by: 'rule-1', from: 'rule' }],
      [
        { by: 'rule-1', what: 'a second factor' },
        { by: 'rule-1', what: 'changes of the SAML configuration' },
      ],
      'auth0|1',
      ['pipeline.enrolment-asked'],
    ]);
  });

  it('run all once more after a redirect', async () => {
    const pass = await login(
      [
        "if (context.protocol === 'redirect-callback') { console.log('back', context.request.query.answer); context.idToken['https://x.example/a'] = 1; } else { context.redirect = { url: 'https://page.example' }; } callback(null, user, context);",
        'callback(null, user, context);',
      ],
      { around: { returns: { answer: 'yes' } } },
    );
    expect([
      statuses(pass).length,
      consoleOf(pass),
      pass.failed,
      pass.tokens!.id!.after['https://x.example/a'],
    ]).toEqual([4, ['back yes'], null, 1]);
  });

  it('lose claims without a namespace where the assumption says so', async () => {
    const rules = ["context.idToken.plan = 'plus'; callback(null, user, context);"];
    const kept = await login(rules);
    const lost = await login(rules, { assumptions: { 'rule-claims': 'namespaced-only' } });
    expect([kept.tokens!.id!.after['plan'], lost.tokens!.id!.dropped]).toEqual([
      'plus',
      [{ name: 'plan', by: 'rule-1', why: 'not-namespaced' }],
    ]);
  });
});

describe('Hooks', () => {
  const hook = (point: HookPoint, body: string, more: object = {}) =>
    pipelines.run(point, { hook: body, secrets: { KEY: 'hush' }, ...more });

  it('pre-user-registration: gets user and context, and gives metadata, before the Action', async () => {
    const pass = await hook(
      'pre-user-registration',
      `module.exports = function (user, context, cb) {
         console.log(Object.keys(user).sort().join(' '), user.email, context.webtask.secrets.KEY, context.connection.name, context.requestLanguage);
         cb(null, { user: { app_metadata: { from: 'hook', user_id: 1 }, user_metadata: { a: 1 }, email: 'ignored' } });
       };`,
      { actions: [action('pre-user-registration', "console.log('then the action');")] },
    );
    expect([consoleOf(pass), pass.metadata.map(({ store, key }) => `${store}.${key}`), codes(pass)]).toEqual([
      [
        'email emailVerified password phoneNumber phoneNumberVerified tenant username mary@example.com hush acme en',
        'then the action',
      ],
      ['user_metadata.a', 'app_metadata.from'],
      ['pipeline.metadata-refused'],
    ]);
  });

  it('pre-user-registration: denies with two texts', async () => {
    const pass = await hook(
      'pre-user-registration',
      "module.exports = (user, context, cb) => cb(new PreUserRegistrationError('for the log', 'for the person'));",
      { actions: [action('pre-user-registration', '')] },
    );
    expect([pass.denied, statuses(pass)]).toEqual([
      { by: 'hook', reason: 'for the log', error: 'access_denied', userMessage: 'for the person', line: 1 },
      ['hook pre-user-registration denied'],
    ]);
  });

  it('credentials-exchange: keeps the scope it copies and namespaced claims, and drops the rest', async () => {
    const pass = await hook(
      'credentials-exchange',
      `module.exports = function (client, scope, audience, context, cb) {
         console.log(client.name, client.id, audience);
         cb(null, { scope: [...scope, 'extra'], 'https://x.example/a': 1, plain: 2 });
       };`,
      { around: { scopes: ['read'], audience: 'https://api.example.com' } },
    );
    expect([consoleOf(pass), pass.tokens!.access.after['scope'], codes(pass)]).toEqual([
      ['Rehearsal rehearsal-client https://api.example.com'],
      'read extra',
      ['pipeline.claim-dropped'],
    ]);
  });

  it.each([
    ['InvalidScopeError', 'invalid_scope'],
    ['InvalidRequestError', 'invalid_request'],
    ['ServerError', 'server_error'],
  ])('credentials-exchange: %s', async (name, error) => {
    const pass = await hook(
      'credentials-exchange',
      `module.exports = (c, s, a, x, cb) => cb(new ${name}('why'));`,
    );
    expect(pass.denied).toMatchObject({ error, reason: 'why' });
  });

  it('post-user-registration and post-change-password: get their user, and nobody waits for them', async () => {
    const say = 'module.exports = (user, context, cb) => { console.log(user.id, user.email); cb(); };';
    const breaks = "module.exports = (user, context, cb) => cb(new Error('x'));";
    const passes = [
      await hook('post-user-registration', say),
      await hook('post-change-password', say),
      await hook('post-user-registration', breaks),
    ];
    expect(passes.map((pass) => [consoleOf(pass), pass.failed, codes(pass)])).toEqual([
      [['4711 mary@example.com'], null, []],
      [['4711 mary@example.com'], null, []],
      [[], null, ['pipeline.background-failed']],
    ]);
  });

  it('fail when they export no function', async () => {
    const pass = await hook('pre-user-registration', 'exports.x = 1;');
    expect(pass.failed?.detail).toBe('hook throws (TypeError)');
  });

  it('do not run unless they are asked for', async () => {
    const pass = await hook('pre-user-registration', 'module.exports = () => {};', { mode: 'actions' });
    expect(statuses(pass)).toEqual([]);
  });
});
