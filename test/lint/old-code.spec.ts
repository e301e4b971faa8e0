import { describe, expect, it } from 'vitest';
import type { OldCode } from '#engine/ports/script-linter.ts';
import { scriptLinter } from '#lint/lint-script.ts';

const lint = (kind: OldCode['kind'], text: string) =>
  scriptLinter
    .oldCode({ kind, path: 'old.js', text })
    .map(({ diagnostic: { code, message, place } }) => [
      code.replace('pipeline.construct-', ''),
      place?.kind === 'file' ? place.line : null,
      message,
    ]);
const inRule = (body: string) => lint('rule', `function (user, context, callback) {\n${body}\n}`);

describe('what replaces the constructs of a Rule', () => {
  it.each<[string, string, string]>([
    [
      "callback(new UnauthorizedError('no'));",
      'replaced',
      'new UnauthorizedError becomes api.access.deny(reason); the application then gets access_denied.',
    ],
    [
      "context.idToken['https://x/a'] = 1;",
      'replaced',
      "Setting context.idToken['https://x/a'] becomes api.idToken.setCustomClaim(name, value).",
    ],
    [
      'context.accessToken.plan = 1;',
      'replaced',
      'Setting context.accessToken.plan becomes api.accessToken.setCustomClaim(name, value).',
    ],
    [
      "context.accessToken.scope = ['a'];",
      'replaced',
      'Setting context.accessToken.scope becomes api.accessToken.addScope(scope) and removeScope(scope).',
    ],
    [
      "context.multifactor = { provider: 'any' };",
      'replaced',
      'Setting context.multifactor becomes api.multifactor.enable(provider, options), or api.authentication.challengeWith(factor).',
    ],
    [
      "context.redirect = { url: 'https://x' };",
      'replaced',
      'Setting context.redirect becomes api.redirect.sendUserTo(url, { query }), and onContinuePostLogin for the return.',
    ],
    [
      'context.primaryUser = id;',
      'replaced',
      'Setting context.primaryUser becomes api.authentication.setPrimaryUser(userId).',
    ],
    [
      'context.samlConfiguration.audience = 1;',
      'replaced',
      'context.samlConfiguration becomes the set… methods of api.samlResponse.',
    ],
    [
      'if (context.stats.loginsCount > 1) return;',
      'replaced',
      'context.stats.loginsCount becomes event.stats.logins_count.',
    ],
    ['if (context.clientID) return;', 'replaced', 'context.clientID becomes event.client.client_id.'],
    [
      'log(context.request.userAgent);',
      'replaced',
      'context.request.userAgent becomes event.request.user_agent.',
    ],
    [
      'log(context.sso.current_clients);',
      'gone',
      'context.sso has no successor. Nothing says which applications share the session; event.session and event.authentication.methods say how the user got in.',
    ],
    [
      'auth0.users.updateAppMetadata(id, {});',
      'replaced',
      'auth0.users.updateAppMetadata becomes api.user.setAppMetadata(key, value), once for each key.',
    ],
    [
      'log(auth0.accessToken);',
      'gone',
      'auth0.accessToken has no successor. Actions get no token for the Management API; use an application of your own whose credentials are secrets of the Action.',
    ],
    [
      'log(configuration.KEY);',
      'replaced',
      'configuration.KEY becomes event.secrets.NAME (a secret of the Action).',
    ],
    [
      'global.token = 1;',
      'replaced',
      'global.token becomes api.cache.get(key) and api.cache.set(key, value, { ttl }).',
    ],
    [
      'log(user.blocked);',
      'gone',
      'user.blocked has no successor. event.user does not say it; a blocked user does not get as far as an Action.',
    ],
    [
      'user.tier = 1;',
      'gone',
      'Setting user.tier has no successor. Changes of the user last for one login only and no later step sees them; use api.transaction.setMetadata(key, value).',
    ],
    ['log(user.email);', 'replaced', 'user.email becomes event.user, with the same name.'],
    [
      "require('axios@0.21.1');",
      'replaced',
      "require('axios@0.21.1') becomes require('axios') and a dependency of the Action at 0.21.1.",
    ],
  ])('%s', (code, kind, message) => {
    expect(inRule(code)).toContainEqual([kind, 2, message]);
  });

  it('knows parameters under other names, and tells each construct once a line', () => {
    const text = 'function addClaims(u, ctx, cb) {\n  ctx.idToken.a = u.email + u.email;\n}';
    expect(lint('rule', text)).toEqual([
      ['replaced', 2, 'Setting context.idToken.a becomes api.idToken.setCustomClaim(name, value).'],
      ['replaced', 2, 'user.email becomes event.user, with the same name.'],
    ]);
  });

  it('says nothing about names that only look like it, or a text that cannot be parsed', () => {
    expect([
      inRule('const own = { user: 1, context: 2 }; log(own.user, own.context);'),
      lint('rule', 'function ('),
    ]).toEqual([[], []]);
  });

  it('shows no line with a long text, which may be a secret', () => {
    const [found] = scriptLinter.oldCode({
      kind: 'rule',
      path: 'old.js',
      text: "function (user, context, callback) {\n  log(user.email, 'sk_live_51H8xq0123456789');\n}",
    });
    expect(found!.source).toBeNull();
  });
});

describe('what replaces the constructs of a Hook', () => {
  it.each<[OldCode['kind'], string, readonly string[]]>([
    [
      'pre-user-registration',
      'module.exports = function (user, context, cb) { cb(new PreUserRegistrationError(user.password, context.webtask.secrets.KEY)); };',
      [
        'new PreUserRegistrationError becomes api.access.deny(reason, userMessage).',
        'user.password has no successor. Actions never see a password.',
        'context.webtask.secrets.KEY becomes event.secrets.NAME (a secret of the Action).',
      ],
    ],
    [
      'credentials-exchange',
      'module.exports = function (client, scope, audience, context, cb) { cb(client.id ? new InvalidScopeError(audience) : null, { scope }); };',
      [
        'client.id becomes event.client.client_id.',
        "new InvalidScopeError becomes api.access.deny('invalid_scope', reason).",
        'audience becomes event.resource_server.identifier.',
      ],
    ],
    [
      'post-user-registration',
      'module.exports = (user, context, cb) => log(user.id);',
      ['user.id becomes event.user.user_id, which begins with auth0|.'],
    ],
    [
      'post-change-password',
      'module.exports = (user, context, cb) => log(user.email);',
      ['user.email becomes event.user, with the same name.'],
    ],
  ])('%s', (kind, text, messages) => {
    expect(lint(kind, text).map(([, , message]) => message)).toEqual(expect.arrayContaining([...messages]));
  });
});
