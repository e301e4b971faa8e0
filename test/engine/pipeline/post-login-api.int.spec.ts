import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Effects } from '#domain/pipeline/effects.ts';
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

const login = (body: string, more: object = {}) =>
  pipelines.run('post-login', { actions: [action('post-login', body)], ...more });

const by = 'action-1';
const line = 1;
const asked = (what: string): Partial<Effects> => ({ requests: [{ by, what }] });
const saml = (method: string): Partial<Effects> => asked(`post-login: samlResponse.${method}`);

/** Every method of api.post-login that asks for something, and what follows. */
const METHODS: readonly (readonly [call: string, effect: Partial<Effects>])[] = [
  [
    "access.deny('not today')",
    { denied: { by, reason: 'not today', error: 'access_denied', userMessage: null, line } },
  ],
  ['access.deny()', { denied: { by, reason: '', error: 'access_denied', userMessage: null, line } }],
  [
    "validation.error('age', 'too young')",
    { denied: { by, reason: 'too young', error: 'age', userMessage: null, line } },
  ],
  [
    "idToken.setCustomClaim('https://x.example/a', { b: [1] })",
    { idClaims: [{ name: 'https://x.example/a', value: { b: [1] }, by, from: 'action', line }] },
  ],
  [
    "accessToken.setCustomClaim('plan', 'plus')",
    { accessClaims: [{ name: 'plan', value: 'plus', by, from: 'action', line }] },
  ],
  ["accessToken.addScope('read:orders')", { scopes: ['openid', 'profile', 'email', 'read:orders'] }],
  ["accessToken.removeScope('email')", { scopes: ['openid', 'profile'] }],
  [
    "user.setUserMetadata('locale', 'de')",
    { metadata: [{ store: 'user_metadata', key: 'locale', value: 'de', by }] },
  ],
  [
    "user.setUserMetadata('locale', null)",
    { metadata: [{ store: 'user_metadata', key: 'locale', value: null, by }] },
  ],
  [
    "user.setAppMetadata('seen', { at: 1 })",
    { metadata: [{ store: 'app_metadata', key: 'seen', value: { at: 1 }, by }] },
  ],
  ["transaction.setMetadata('risk', 3)", { transaction: { risk: 3 } }],
  [
    "authentication.setPrimaryUser('auth0|1')",
    { primaryUser: 'auth0|1', ...asked('the login counts as one of auth0|1') },
  ],
  ["multifactor.enable('none')", asked('no second factor')],
  ["multifactor.enable('any', { allowRememberBrowser: true })", asked('a second factor (any)')],
  ["authentication.challengeWith({ type: 'email' })", asked('a challenge with email')],
  [
    "authentication.challengeWithAny([{ type: 'email' }, { type: 'otp' }])",
    asked('a challenge with one of email, otp'),
  ],
  [
    "authentication.enrollWith({ type: 'otp' }, { additionalFactors: [{ type: 'phone' }] })",
    asked('enrolment of otp, phone'),
  ],
  ["authentication.enrollWithAny([{ type: 'otp' }])", asked('enrolment of one of otp')],
  ["prompt.render('form-1', { vars: { a: 1 } })", asked('post-login: prompt.render(form-1)')],
  ['session.setExpiresAt(Date.now())', asked('post-login: session.setExpiresAt')],
  ['session.setIdleExpiresAt(1)', asked('post-login: session.setIdleExpiresAt')],
  ["session.setCookieMode('persistent')", asked('post-login: session.setCookieMode')],
  ["session.setMetadata('a', 'b')", asked('post-login: session.setMetadata(a)')],
  ["session.deleteMetadata('a')", asked('post-login: session.deleteMetadata(a)')],
  ['session.evictMetadata()', asked('post-login: session.evictMetadata')],
  [
    "session.revoke('stolen')",
    { denied: { by, reason: 'stolen', error: 'access_denied', userMessage: null, line } },
  ],
  ['refreshToken.setExpiresAt(1)', asked('post-login: refreshToken.setExpiresAt')],
  ['refreshToken.setIdleExpiresAt(1)', asked('post-login: refreshToken.setIdleExpiresAt')],
  ["refreshToken.setMetadata('a', 'b')", asked('post-login: refreshToken.setMetadata(a)')],
  ["refreshToken.deleteMetadata('a')", asked('post-login: refreshToken.deleteMetadata(a)')],
  ['refreshToken.evictMetadata()', asked('post-login: refreshToken.evictMetadata')],
  ["samlResponse.setAttribute('role', 'admin')", saml('setAttribute(role)')],
  ["samlResponse.setAudience('a')", saml('setAudience')],
  ["samlResponse.setRecipient('a')", saml('setRecipient')],
  ['samlResponse.setCreateUpnClaim(false)', saml('setCreateUpnClaim')],
  ['samlResponse.setPassthroughClaimsWithNoMapping(false)', saml('setPassthroughClaimsWithNoMapping')],
  ['samlResponse.setMapUnknownClaimsAsIs(true)', saml('setMapUnknownClaimsAsIs')],
  ['samlResponse.setMapIdentities(false)', saml('setMapIdentities')],
  ["samlResponse.setSignatureAlgorithm('rsa-sha1')", saml('setSignatureAlgorithm')],
  ["samlResponse.setDigestAlgorithm('sha256')", saml('setDigestAlgorithm')],
  ["samlResponse.setDestination('https://a')", saml('setDestination')],
  ['samlResponse.setLifetimeInSeconds(60)', saml('setLifetimeInSeconds')],
  ['samlResponse.setSignResponse(true)', saml('setSignResponse')],
  ["samlResponse.setNameIdentifierFormat('urn:x')", saml('setNameIdentifierFormat')],
  ["samlResponse.setNameIdentifierProbes(['a'])", saml('setNameIdentifierProbes')],
  ["samlResponse.setAuthnContextClassRef('urn:x')", saml('setAuthnContextClassRef')],
  ["samlResponse.setSigningCert('pem')", saml('setSigningCert')],
  ['samlResponse.setIncludeAttributeNameFormat(true)', saml('setIncludeAttributeNameFormat')],
  ['samlResponse.setTypedAttributes(true)', saml('setTypedAttributes')],
  ["samlResponse.setEncryptionCert('pem')", saml('setEncryptionCert')],
  ["samlResponse.setEncryptionPublicKey('pem')", saml('setEncryptionPublicKey')],
  ["samlResponse.setEncryptionAlgorithm('aes256-gcm')", saml('setEncryptionAlgorithm')],
  ["samlResponse.setCert('pem')", saml('setCert')],
  ["samlResponse.setKey('pem')", saml('setKey')],
  ["samlResponse.setRelayState('x')", saml('setRelayState')],
  ["samlResponse.setIssuer('urn:x')", saml('setIssuer')],
];

describe('a method of api in post-login', () => {
  it.each(METHODS)('api.%s', async (call, effect) => {
    const pass = await login(
      `const chained = api.${call}; console.log(chained === api || chained === undefined);`,
    );
    expect({ ...pass.fired[0]!.run.effects, said: consoleOf(pass) }).toMatchObject({
      ...effect,
      said: ['true'],
    });
  });

  it('answers about Rules, roles and groups', async () => {
    const pass = await pipelines.run('post-login', {
      roles: ['Shop Admin'],
      rules: ['function (user, context, callback) { callback(null, user, context); }'],
      actions: [
        action(
          'post-login',
          `console.log(JSON.stringify([
             api.rules.wasExecuted('rule-1'), api.rules.wasExecuted('rule-2'),
             await api.roles.getUserEffectiveRoles({ take: 5 }),
             await api.roles.getUserEffectiveRolesByNames(['Shop Admin', 'Nobody']),
             await api.roles.getUserEffectiveRolesByIds(['rol_none']),
             await api.groups.getUserGroups(), await api.groups.hasGroupMembership(['a']),
           ]));`,
        ),
      ],
    });
    const admin = { roles: [{ id: 'rol_ShopAdmin', name: 'Shop Admin' }] };
    expect(JSON.parse(consoleOf(pass)[0]!)).toEqual([
      true,
      false,
      admin,
      admin,
      { roles: [] },
      { groups: [] },
      { hasMembership: false, groups: [] },
    ]);
    expect(new Set(codes(pass))).toEqual(new Set(['pipeline.lookup-simulated']));
  });

  const WRONG: readonly (readonly [call: string, why: string])[] = [
    ['access.deny(3)', 'the first argument must be a text, not a number'],
    ["idToken.setCustomClaim('', 1)", 'the first argument must be a text, not an empty one'],
    ["idToken.setCustomClaim('a', 1n)", 'the second argument cannot be written as JSON'],
    [
      "multifactor.enable('sms')",
      'the first argument must be one of any, none, guardian, google-authenticator, duo',
    ],
    ["authentication.challengeWith('otp')", 'the first argument must be a factor: an object with a type'],
    ["authentication.challengeWith({ type: 'fax' })", 'the first argument has a type that is no factor: fax'],
    ['authentication.challengeWithAny([])', 'the first argument must be a list of factors'],
    [
      "transaction.setMetadata('a', {})",
      'the second argument must be a text, a number or a boolean, not a object',
    ],
    ["samlResponse.setSignResponse('yes')", 'the first argument must be a boolean, not a string'],
    ['samlResponse.setLifetimeInSeconds(NaN)', 'the first argument must be a number, not a number'],
    ["samlResponse.setNameIdentifierProbes('a')", 'the first argument must be a list of texts'],
    ["redirect.sendUserTo('/relative')", 'the first argument must be an http or https address'],
    ["validation.error('code')", 'the second argument must be a text, not undefined'],
    ["prompt.render('a', 'b')", 'the second argument must be an object, not a string'],
  ];
  it.each(WRONG)('does nothing with a wrong argument: api.%s', async (call, why) => {
    const pass = await login(`api.${call}; api.user.setAppMetadata('went', 'on');`);
    const method = call.slice(0, call.indexOf('('));
    expect(pass.notices).toEqual([
      {
        code: 'pipeline.argument-invalid',
        detail: `action-1: api.${method}: ${why}`,
        step: 'action-1',
        line: 1,
      },
    ]);
    expect(pass.metadata.map(({ key }) => key)).toEqual(['went']);
  });

  it('throws for a wrong argument where the assumption says so', async () => {
    const pass = await login('api.access.deny(3);', { assumptions: { 'action-argument-invalid': 'throws' } });
    expect(pass.failed).toEqual({
      step: 'action-1',
      code: 'pipeline.step-failed',
      detail: 'action-1 throws (TypeError)',
    });
  });

  it('says where a call is not possible', async () => {
    const pass = await login(
      `api.authentication.recordMethod('https://x.example'); api.refreshToken.revoke('x');
       api.authentication.setPrimaryUser('auth0|1'); api.authentication.setPrimaryUser('auth0|2');`,
    );
    expect(pass.notices.map(({ code, detail }) => [code, detail])).toEqual([
      [
        'pipeline.call-misplaced',
        'action-1: api.authentication.recordMethod: only possible after a redirect',
      ],
      [
        'pipeline.call-misplaced',
        'action-1: api.refreshToken.revoke: only possible when a refresh token is exchanged',
      ],
      [
        'pipeline.call-misplaced',
        'action-1: api.authentication.setPrimaryUser: only possible once in a transaction',
      ],
    ]);
    expect(pass.fired[0]!.run.effects.primaryUser).toBe('auth0|1');
  });

  it('revokes a refresh token where one is exchanged', async () => {
    const pass = await login("api.refreshToken.revoke('old');", {
      around: { protocol: 'oauth2-refresh-token' },
    });
    expect(pass.denied).toMatchObject({ reason: 'old', error: 'access_denied' });
  });

  it('asks for factors that the user must have', async () => {
    const asks = "api.authentication.challengeWith({ type: 'otp' }); api.multifactor.enable('any');";
    const withOtp = { ...MARY, profile: { ...MARY.profile, mfaFactors: [{ totp: { secret: 'A' } }] } };
    expect([codes(await login(asks)), codes(await login(asks, { user: withOtp }))]).toEqual([
      ['pipeline.no-factor', 'pipeline.enrolment-asked'],
      [],
    ]);
  });

  it('stops after a denial, and still writes metadata', async () => {
    const pass = await pipelines.run('post-login', {
      actions: [
        action('post-login', "api.access.deny('no'); api.user.setAppMetadata('tried', true);"),
        action('post-login', "api.user.setAppMetadata('second', true);"),
      ],
    });
    expect([statuses(pass), pass.metadata.map(({ key }) => key), pass.denied?.by]).toEqual([
      ['action-1 onExecutePostLogin denied', 'action-2 onExecutePostLogin not-run'],
      ['tried'],
      'action-1',
    ]);
  });

  it('leaves changes of the event to the Action that made them, but passes transaction metadata on', async () => {
    const pass = await pipelines.run('post-login', {
      actions: [
        action(
          'post-login',
          "event.user.email = 'x'; api.transaction.setMetadata('k', 'v'); console.log(event.transaction.metadata.k);",
        ),
        action('post-login', 'console.log(event.user.email, event.transaction.metadata.k);'),
      ],
    });
    expect(consoleOf(pass)).toEqual(['v', 'mary@example.com v']);
  });

  it('hands each Action its secrets, and none of the globals of scripts and Rules', async () => {
    const pass = await login(
      `console.log(event.secrets.KEY, typeof configuration, typeof auth0, typeof UnauthorizedError, typeof WrongUsernameOrPasswordError);`,
      { secrets: { KEY: 'hush' } },
    );
    expect(consoleOf(pass)).toEqual(['hush undefined undefined undefined undefined']);
  });
});
