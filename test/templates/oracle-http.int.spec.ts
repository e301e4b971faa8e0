import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOSTS, startTemplateHost } from '#test/template-scripts.ts';
import { FETCH_KEEPS, templateSuite } from '#test/template-suite.ts';
import { type Reply, startHttpService } from '#test/user-service.ts';
import { BCRYPT, PASSWORD } from './hashes.ts';

type Row = Record<string, string | number | null>;

const CLIENT = { id: 'ferry', secret: 'cl1ent secret' };
const TOKENS = ['token-1', 'token-2'];

/** As handlers of Oracle REST Data Services answer, OAuth included. */
async function startRowService() {
  const state = { rows: [] as Row[], valid: TOKENS[0]!, tokensGiven: 0 };
  const same = (a: Row[string] | undefined, b: Row[string] | undefined) =>
    String(a ?? '').toLowerCase() === String(b ?? '-').toLowerCase();
  const token = (authorization: string | undefined): Reply => {
    const known = `Basic ${Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString('base64')}`;
    if (authorization !== known) return { status: 401 };
    state.tokensGiven += 1;
    return { status: 200, body: { access_token: state.valid, token_type: 'bearer', expires_in: 3600 } };
  };
  const clash = (row: Row, besides?: Row) =>
    state.rows.some(
      (other) =>
        other !== besides && (same(other['email'], row['email']) || same(other['username'], row['username'])),
    );
  const answer = (method: string, path: string, body: Row): Reply => {
    if (path === '/users/search') {
      const items = state.rows.filter(
        (row) => same(row['email'], body['identifier']) || same(row['username'], body['identifier']),
      );
      return { status: 200, body: { items, hasMore: false } };
    }
    if (method === 'POST') {
      if (clash(body)) return { status: 409 };
      state.rows.push({ id: 100 + state.rows.length, ...body });
      return { status: 201 };
    }
    const row = state.rows.find(({ id }) => path === `/users/${id}`);
    if (method === 'DELETE') {
      state.rows = state.rows.filter((other) => other !== row);
      return { status: row === undefined ? 404 : 200 };
    }
    if (row === undefined) return { status: 200, body: { updated: 0 } };
    if (clash(body, row)) return { status: 409 };
    Object.assign(row, body);
    return { status: 200, body: { updated: 1 } };
  };
  const http = await startHttpService(({ method, path, headers, text }) => {
    if (path === '/oauth/token') return token(headers.authorization);
    if (headers.authorization !== `Bearer ${state.valid}`) return { status: 401 };
    return answer(method, path, text === '' ? {} : JSON.parse(text));
  });
  return Object.assign(state, http);
}

describe('the scripts for Oracle behind a web service', () => {
  let service: Awaited<ReturnType<typeof startRowService>>;

  beforeAll(async () => {
    service = await startRowService();
  });
  afterAll(() => service?.close());

  const at = (port: number) => ({
    ORACLE_URL: `http://127.0.0.1:${port}`,
    TOKEN_URL: `http://127.0.0.1:${port}/oauth/token`,
    CLIENT_ID: CLIENT.id,
    CLIENT_SECRET: CLIENT.secret,
  });
  const reset = () => {
    service.rows = [
      {
        id: 1,
        email: 'Ada@Example.com',
        email_verified: 'Y',
        username: 'Ada.L',
        password_hash: BCRYPT,
        first_name: 'Ada',
        last_name: 'Lovelace',
      },
      {
        id: 2,
        email: 'grace@example.com',
        email_verified: 'N',
        username: null,
        password_hash: BCRYPT,
        first_name: null,
        last_name: null,
      },
    ];
    return Promise.resolve();
  };

  templateSuite({
    tolerated: FETCH_KEEPS,
    at: (_, port) => at(port),
    stranger: (configuration) => ({ ...configuration, CLIENT_SECRET: 'of somebody else' }),
    reset,
    given: () => ({
      set: 'oracle-http',
      configuration: at(service.port),
      known: {
        password: PASSWORD,
        profile: {
          user_id: '1',
          email: 'Ada@Example.com',
          email_verified: true,
          username: 'Ada.L',
          given_name: 'Ada',
          family_name: 'Lovelace',
        },
      },
      taken: 'Grace@example.com',
      usernames: true,
    }),
  });

  it.each(HOSTS)('keep one token, and ask for another when it was withdrawn, in %s', async (name) => {
    await reset();
    service.valid = TOKENS[0]!;
    service.tokensGiven = 0;
    const host = await startTemplateHost(name, at(service.port));
    const run = async () => (await host.run('oracle-http', 'get_user', ['grace@example.com'])).ending;
    const kept = [await run(), await run(), service.tokensGiven];
    service.valid = TOKENS[1]!;
    const renewed = [await run(), await run(), service.tokensGiven];
    await host.close();
    service.valid = TOKENS[0]!;
    expect([kept, renewed]).toEqual([
      ['called-back', 'called-back', 1],
      ['called-back', 'called-back', 2],
    ]);
  });
});
