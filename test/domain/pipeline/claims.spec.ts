import { describe, expect, it } from 'vitest';
import { claimRefusal, type TokenKind } from '#domain/pipeline/claim-rules.ts';
import { type ClaimSet, type TokenFacts, tokenView } from '#domain/pipeline/tokens.ts';

const ID: TokenKind = { token: 'id', audience: null, scopes: ['openid', 'profile'] };
const API = 'https://api.example.com';

describe('the name of a claim', () => {
  it.each<[string, Partial<TokenKind>, string | null]>([
    ['https://acme.example/roles', {}, null],
    ['http://acme.example/roles', {}, null],
    ['plan', {}, null],
    ['roles', {}, 'restricted'],
    ['permissions', { token: 'access', audience: API }, 'restricted'],
    ['sub', {}, 'restricted'],
    ['x5t#S256', {}, 'restricted'],
    ['nickname', {}, null],
    ['email', {}, 'scope-missing'],
    ['email', { scopes: ['email'] }, null],
    ['phone_number', { token: 'access', audience: API }, 'scope-missing'],
    ['https://auth0.com/x', {}, 'reserved-namespace'],
    ['https://acme.eu.auth0.com/x', {}, 'reserved-namespace'],
    ['https://webtask.io/x', {}, 'reserved-namespace'],
    ['https://x.webtask.run/x', {}, 'reserved-namespace'],
    ['https://notauth0.com/x', {}, null],
    ['urn:acme:x', {}, 'urn-without-api'],
    ['urn:acme:x', { token: 'access', audience: API }, null],
    ['urn:auth0:x', { token: 'access', audience: API }, 'reserved-namespace'],
    ['plan', { token: 'access', audience: API }, null],
    ['plan', { token: 'access', audience: 'https://acme.eu.auth0.com/api/v2/' }, 'private-for-auth0-api'],
    ['https://acme.example/a', { token: 'access', audience: 'https://acme.eu.auth0.com/api/v2/' }, null],
  ])('%s in %o: %s', (name, kind, refusal) => {
    expect(claimRefusal(name, { ...ID, ...kind })).toBe(refusal);
  });
});

const FACTS: TokenFacts = {
  ...ID,
  issuer: 'https://acme.example/',
  clientId: 'app',
  nowMs: 1_000_000,
  rulesNeedNamespace: false,
};
const USER = { user_id: 'auth0|1', name: 'Mary', email: 'mary@example.com' };
const set = (name: string, value: ClaimSet['value'], by = 'one'): ClaimSet => ({
  name,
  value,
  by,
  from: 'action',
});

describe('a token', () => {
  it('has what its scopes let in, and the claims that were asked for', () => {
    const { before, after } = tokenView(USER, [set('plan', 'plus'), set('name', 'M.')], FACTS);
    const always = { iss: 'https://acme.example/', sub: 'auth0|1', aud: 'app', iat: 1000, exp: 37_000 };
    expect([before, after]).toEqual([
      { ...always, name: 'Mary' },
      { ...always, name: 'M.', plan: 'plus' },
    ]);
  });

  it('takes the last value, takes values back, and names who lost', () => {
    const claims = [
      set('a', 1),
      set('a', 2, 'two'),
      set('a', 2, 'three'),
      set('b', 1),
      set('b', undefined),
      set('name', 'M.'),
    ];
    const { after, overwritten } = tokenView(USER, claims, FACTS);
    expect([after['a'], 'b' in after, overwritten]).toEqual([
      2,
      false,
      [
        { name: 'a', by: 'two', replaced: 'one' },
        { name: 'name', by: 'one', replaced: 'the profile' },
      ],
    ]);
  });

  it('for an API and for a client alone has the audiences and the scope', () => {
    const facts = { ...FACTS, token: 'access', audience: API } as const;
    expect([tokenView(USER, [], facts).after, tokenView(null, [], facts).after]).toEqual([
      {
        iss: 'https://acme.example/',
        sub: 'auth0|1',
        aud: [API, 'https://acme.example/userinfo'],
        azp: 'app',
        iat: 1000,
        exp: 87_400,
        scope: 'openid profile',
      },
      {
        iss: 'https://acme.example/',
        sub: 'app@clients',
        aud: API,
        azp: 'app',
        iat: 1000,
        exp: 87_400,
        scope: 'openid profile',
        gty: 'client-credentials',
      },
    ]);
  });
});
