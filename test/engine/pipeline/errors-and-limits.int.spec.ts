import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CacheRecord } from '#domain/pipeline/commands.ts';
import type { TriggerName } from '#domain/pipeline/triggers.ts';
import {
  action,
  codes,
  consoleOf,
  MARY,
  NOW,
  type PipelineRunner,
  startPipelines,
  statuses,
} from '#test/pipeline.ts';

let pipelines: PipelineRunner;
beforeAll(async () => {
  pipelines = await startPipelines();
});
afterAll(() => pipelines.close());

const login = (body: string, more: object = {}) =>
  pipelines.run('post-login', { actions: [action('post-login', body)], ...more });

describe('an Action that does not end well', () => {
  const BODIES: readonly (readonly [name: string, body: string, code: string, detail: string])[] = [
    ['throws', 'null.x;', 'pipeline.step-failed', 'action-1 throws (TypeError)'],
    [
      'is rejected later',
      "await Promise.reject(new Error('x'));",
      'pipeline.step-failed',
      'action-1 throws (Error)',
    ],
    ['throws no Error', "throw 'text';", 'pipeline.step-failed', 'action-1 throws (Error)'],
    [
      'throws in a timer',
      "await new Promise(() => setTimeout(() => { throw new Error('late'); }, 5));",
      'pipeline.step-failed',
      'action-1 throws (Error)',
    ],
    ['never ends', 'await new Promise(() => {});', 'pipeline.step-failed', 'action-1 never ends'],
    [
      'takes too long',
      'await new Promise((done) => setTimeout(done, 60_000));',
      'pipeline.time-limit',
      'action-1 is not over in time',
    ],
    ['blocks', 'for (;;);', 'pipeline.time-limit', 'action-1 blocks without an end'],
    ['ends the process', 'process.exit(1);', 'pipeline.step-failed', 'action-1 ends its process'],
  ];
  it.each(BODIES)('%s', async (_name, body, code, detail) => {
    const pass = await login(body, { timeLimitMs: 700 });
    const { failed, notices } = pass;
    expect([failed, notices.map((one) => one.code), pass.tokens!.id!.after['sub']]).toEqual([
      { step: 'action-1', code, detail },
      [code],
      'auth0|4711',
    ]);
    const next = await login("console.log('fine');");
    expect([consoleOf(next), codes(next)]).toEqual([['fine'], []]);
  });

  it.each([
    [
      'does not compile',
      'exports.onExecutePostLogin = async () => { {;',
      'action-1 does not compile (SyntaxError)',
    ],
    ['throws while it is loaded', "throw new Error('top');", 'action-1 throws (Error)'],
    ['requires what is not there', "require('no-such-module');", 'action-1 throws (Error)'],
  ])('%s', async (_name, text, detail) => {
    const pass = await pipelines.run('post-login', { actions: [text, action('post-login', '')] });
    expect([pass.failed?.detail, statuses(pass)[1]]).toEqual([detail, 'action-2 onExecutePostLogin not-run']);
  });

  it('takes its share of the time that all Actions have together', async () => {
    const slow = action('post-login', 'await new Promise((done) => setTimeout(done, 500));');
    const pass = await pipelines.run('post-login', { actions: [slow, slow, slow], timeLimitMs: 900 });
    expect(statuses(pass).map((one) => one.split(' ').at(-1))).toEqual(['ok', 'failed', 'not-run']);
    expect(pass.failed?.code).toBe('pipeline.time-limit');
  });

  it('names the line in its own file', async () => {
    const pass = await pipelines.run('post-login', {
      actions: ['exports.onExecutePostLogin = async (event, api) => {\n\n  event.no.such();\n};'],
    });
    expect([pass.notices[0]?.line, pass.fired[0]!.run.steps[0]!.run!.error?.message]).toEqual([
      3,
      "Cannot read properties of undefined (reading 'such')",
    ]);
  });
});

describe('metadata', () => {
  it.each([
    ["api.user.setAppMetadata('user_id', 'x')", 'app_metadata.user_id: a key that app_metadata may not have'],
    ["api.user.setUserMetadata('a.b', 1)", 'user_metadata.a.b: a key with a dot or a dollar sign'],
    ["api.user.setAppMetadata('a', { $b: 1 })", 'app_metadata.a: a key with a dot or a dollar sign'],
    [
      "api.user.setUserMetadata('big', 'x'.repeat(33000))",
      'user_metadata.big: a login writes at most 32 KB of it',
    ],
  ])('is refused: %s', async (call, why) => {
    const pass = await login(`${call};`);
    expect([pass.metadata, pass.notices]).toEqual([
      [],
      [{ code: 'pipeline.metadata-refused', detail: `action-1: ${why}`, step: 'action-1', line: 1 }],
    ]);
  });
});

describe('transaction metadata', () => {
  it.each([
    ["'k'.repeat(65), 1", 'a key has at most 64 characters'],
    ["'k', 'v'.repeat(8200)", 'a value has at most 8192 bytes'],
  ])('has limits: %s', async (args, why) => {
    const pass = await login(`api.transaction.setMetadata(${args});`);
    expect([pass.fired[0]!.run.effects.transaction, pass.notices.map(({ detail }) => detail)]).toEqual([
      {},
      [`action-1: api.transaction.setMetadata: ${why}`],
    ]);
  });

  it('has a limit for all of it, and takes removals', async () => {
    const pass = await login(
      "for (const k of ['a', 'b', 'c']) api.transaction.setMetadata(k, 'v'.repeat(8000)); api.transaction.setMetadata('a', null);",
    );
    expect([Object.keys(pass.fired[0]!.run.effects.transaction), codes(pass)]).toEqual([
      ['b'],
      ['pipeline.limit-reached'],
    ]);
  });
});

describe('the cache of a trigger', () => {
  const answers = async (body: string, caches = new Map<TriggerName, readonly CacheRecord[]>()) => {
    const pass = await login(`const say = (x) => console.log(JSON.stringify(x ?? null)); ${body}`, {
      caches,
    });
    return consoleOf(pass).map((text) => JSON.parse(text) as unknown);
  };

  it('keeps a record for the next login, until it expires', async () => {
    const caches = new Map<TriggerName, readonly CacheRecord[]>();
    const first = await answers("say(api.cache.get('a')); say(api.cache.set('a', 'b'));", caches);
    const second = await answers(
      "say(api.cache.get('a')); say(api.cache.delete('a')); say(api.cache.get('a'));",
      caches,
    );
    const record = { value: 'b', expires_at: NOW + 900_000 };
    expect([first, second]).toEqual([
      [null, { type: 'success', record }],
      [record, { type: 'success' }, null],
    ]);
    caches.set('post-login', [['old', 'x', NOW - 1]]);
    expect(await answers("say(api.cache.get('old'));", caches)).toEqual([null]);
  });

  it.each([
    ["'a', 'b', { ttl: 1000 }", NOW + 1000],
    [`'a', 'b', { expires_at: ${NOW + 5}, ttl: 9 }`, NOW + 5],
    ["'a', 'b', { ttl: 1e12 }", NOW + 86_400_000],
  ])('takes lifetimes: set(%s)', async (args, expiresAt) => {
    expect(await answers(`say(api.cache.set(${args}).record.expires_at);`)).toEqual([expiresAt]);
  });

  it.each([
    ["'a', 1", 'InvalidArgument'],
    ["'k'.repeat(65), 'v'", 'CacheKeySizeExceeded'],
    ["'a', 'v'.repeat(4097)", 'CacheValueSizeExceeded'],
    ["'a', 'v', { ttl: -1 }", 'ItemAlreadyExpired'],
  ])('answers an error: set(%s)', async (args, code) => {
    expect(await answers(`say(api.cache.set(${args}));`)).toEqual([{ type: 'error', code }]);
  });

  it('is full at 20 records or 8 KB', async () => {
    const many = "let last; for (let i = 0; i < 21; i++) last = api.cache.set('k' + i, 'v'); say(last);";
    const big =
      "api.cache.set('a', 'v'.repeat(4000)); api.cache.set('b', 'v'.repeat(4000)); say(api.cache.set('c', 'v'.repeat(300)));";
    expect([await answers(many), await answers(big)]).toEqual([
      [{ type: 'error', code: 'CacheItemLimitExceeded' }],
      [{ type: 'error', code: 'CacheSizeExceeded' }],
    ]);
  });
});

describe('the console', () => {
  it('is kept whole, and says what a tenant would keep of it', async () => {
    const pass = await login("console.log('x'.repeat(300));");
    expect([consoleOf(pass)[0]!.length, pass.notices.map(({ detail }) => detail)]).toEqual([
      300,
      ['action-1: a tenant keeps 256 of 300 characters of the console'],
    ]);
  });
});

describe('claims', () => {
  it('are named where no token takes them, and where two steps set the same', async () => {
    const pass = await pipelines.run('post-login', {
      around: { scopes: ['openid'] },
      actions: [
        action(
          'post-login',
          "api.idToken.setCustomClaim('roles', ['a']); api.idToken.setCustomClaim('email', 'x'); api.idToken.setCustomClaim('https://x.auth0.com/a', 1); api.idToken.setCustomClaim('plan', 1);",
        ),
        action('post-login', "api.idToken.setCustomClaim('plan', 2);"),
      ],
    });
    expect([pass.tokens!.id!.after['plan'], pass.notices.map(({ code, detail }) => [code, detail])]).toEqual([
      2,
      [
        ['pipeline.claim-dropped', 'action-1: roles (restricted)'],
        ['pipeline.claim-dropped', 'action-1: email (scope missing)'],
        ['pipeline.claim-dropped', 'action-1: https://x.auth0.com/a (reserved namespace)'],
        ['pipeline.claim-overwritten', 'action-2: plan of action-1 in the ID token'],
      ],
    ]);
  });

  it('above 100 KB are left out', async () => {
    const pass = await login(
      "api.idToken.setCustomClaim('a', 'x'.repeat(90_000)); api.idToken.setCustomClaim('b', 'x'.repeat(20_000));",
    );
    expect([pass.tokens!.id!.dropped, 'a' in pass.tokens!.id!.after]).toEqual([
      [{ name: 'b', by: 'action-1', why: 'too-large', line: 1 }],
      true,
    ]);
  });
});

describe('redirects', () => {
  const both = (first: string, second: string): string =>
    `exports.onExecutePostLogin = async (event, api) => { ${first} };\nexports.onContinuePostLogin = async (event, api) => { ${second} };`;

  it('leave, come back in the same Action, and go on with the next one', async () => {
    const pass = await pipelines.run('post-login', {
      secrets: { KEY: 'hush' },
      around: { returns: { answer: 'yes' } },
      actions: [
        both(
          "const session_token = api.redirect.encodeToken({ secret: event.secrets.KEY, payload: { asked: 'age' } }); api.redirect.sendUserTo('https://page.example/?a=1', { query: { session_token } });",
          "const { asked } = api.redirect.validateToken({ secret: event.secrets.KEY }); console.log(asked, event.request.query.answer, event.request.query.a, event.request.query.state); api.authentication.recordMethod('https://page.example');",
        ),
        action('post-login', "console.log('next');"),
      ],
    });
    expect([statuses(pass), consoleOf(pass), codes(pass), pass.fired[0]!.run.effects.requests]).toEqual([
      [
        'action-1 onExecutePostLogin left',
        'action-1 onContinuePostLogin ok',
        'action-2 onExecutePostLogin ok',
      ],
      ['age yes 1 rehearsal-continue', 'next'],
      [],
      [{ by: 'action-1', what: 'post-login: authentication.recordMethod' }],
    ]);
  });

  it.each([
    [
      'another secret',
      "api.redirect.validateToken({ secret: 'other' })",
      'The token is not signed with this secret.',
    ],
    [
      'another parameter',
      "api.redirect.validateToken({ secret: 'hush', tokenParameterName: 't' })",
      'There is no "t" to validate in the query or body.',
    ],
    ['no secret', 'api.redirect.validateToken({})', 'validateToken needs a secret'],
  ])('do not validate with %s', async (_name, call, message) => {
    const pass = await pipelines.run('post-login', {
      actions: [
        both(
          "api.redirect.sendUserTo('https://page.example', { query: { session_token: api.redirect.encodeToken({ secret: 'hush', payload: {} }) } });",
          `${call};`,
        ),
      ],
    });
    expect(pass.fired[0]!.run.steps[1]!.run!.error?.message).toBe(message);
  });

  it.each([
    ['that has expired', 'expiresInSeconds: -1, payload: {}', 'The token has expired.'],
    ['of another transaction', "payload: { state: 'other' }", 'The token belongs to another transaction.'],
  ])('do not validate a token %s', async (_name, options, message) => {
    const pass = await pipelines.run('post-login', {
      actions: [
        both(
          `api.redirect.sendUserTo('https://page.example', { query: { session_token: api.redirect.encodeToken({ secret: 'hush', ${options} }) } });`,
          "api.redirect.validateToken({ secret: 'hush' });",
        ),
      ],
    });
    expect(pass.fired[0]!.run.steps[1]!.run!.error?.message).toBe(message);
  });

  it('fail where there is no page, and say when nobody waits for the return', async () => {
    const sends = action('post-login', "api.redirect.sendUserTo('https://page.example');");
    const without = await pipelines.run('post-login', {
      actions: [sends],
      around: { protocol: 'oauth2-password' },
    });
    const alone = await pipelines.run('post-login', { actions: [sends] });
    expect([without.failed?.code, codes(without), codes(alone), alone.failed]).toEqual([
      'pipeline.redirect-impossible',
      ['pipeline.call-misplaced', 'pipeline.redirect-impossible'],
      ['pipeline.continue-missing'],
      null,
    ]);
  });

  it('work in the reset of a password too', async () => {
    const pass = await pipelines.run('password-reset-post-challenge', {
      user: MARY,
      actions: [
        "exports.onExecutePostChallenge = async (e, api) => api.redirect.sendUserTo('https://page.example');\nexports.onContinuePostChallenge = async (e, api) => api.access.deny('came back');",
      ],
    });
    expect([statuses(pass), pass.denied?.reason]).toEqual([
      ['action-1 onExecutePostChallenge left', 'action-1 onContinuePostChallenge denied'],
      'came back',
    ]);
  });
});
