import { request } from 'node:http';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { type LookupService, type LookupSource, startLookupService } from '#legacy/lookup-service.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { faultOf } from './store-contract.ts';

const running: LookupService[] = [];
afterEach(async () => {
  for (const service of running.splice(0)) await service.stop();
});
async function start(source: LookupSource): Promise<LookupService> {
  const service = await startLookupService(source);
  running.push(service);
  return service;
}

function ask(service: LookupService, path: string, options: { method?: string; key?: string | null } = {}) {
  const { method = 'GET', key = service.apiKey } = options;
  return new Promise<{ status: number; body: unknown }>((resolve, reject) => {
    const headers = key === null ? {} : { 'x-api-key': key };
    const sent = request(`${service.url}${path}`, { method, headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += String(chunk)));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as unknown }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}

const fields = { id: 'id', email: 'email', username: 'login' };

function sqliteSource(users: LookupSource['users']): LookupSource {
  const projectFolder = temporaryFolder('lookup');
  const database = new Database(join(projectFolder, 'legacy.db'));
  database.exec(`CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT, login TEXT, salt BLOB, gone INTEGER);
    INSERT INTO people VALUES (1, 'Zoë@Example.com', 'ZOE', X'00ff', 0), (2, 'b@example.com', 'zoë@example.com', NULL, 0),
      (9007199254740993, 'c@example.com', 'c d/e', NULL, 0), (4, 'gone@example.com', 'gone', NULL, 1)`);
  database.close();
  return { connection: { engine: 'sqlite', file: 'legacy.db' }, users, fields, projectFolder };
}
const zoe = { id: 1, email: 'Zoë@Example.com', login: 'ZOE', salt: '00ff', gone: 0 };
const second = { id: 2, email: 'b@example.com', login: 'zoë@example.com', salt: null, gone: 0 };
const long = { id: '9007199254740993', email: 'c@example.com', login: 'c d/e', salt: null, gone: 0 };

describe('the lookup service', () => {
  it.each([
    ['a table', { table: 'people', where: 'gone = 0', key: ['id'] }],
    ['a query', { query: 'SELECT * FROM people WHERE gone = 0;', key: ['id'] }],
  ])('finds users of %s by identifier in any case, and by id', async (_name, users) => {
    const service = await start(sqliteSource(users));
    const paths = [
      '/users?identifier=zO%C3%8B%40example.COM',
      '/users?identifier=zoe',
      '/users?identifier=c%20d%2Fe',
      '/users?identifier=gone',
      '/users?identifier=',
      '/users/9007199254740993',
      '/users/77',
    ];
    const answers = [];
    for (const path of paths) answers.push(await ask(service, path));
    const missing = { error: { code: 'not_found', message: 'There is nothing here.' } };
    expect(answers).toEqual([
      { status: 200, body: [zoe, second] },
      { status: 200, body: [zoe] },
      { status: 200, body: [long] },
      { status: 200, body: [] },
      { status: 200, body: [] },
      { status: 200, body: long },
      { status: 404, body: missing },
    ]);
  });

  it('answers nobody without the key, nothing but GET, and nothing elsewhere', async () => {
    const service = await start(sqliteSource({ table: 'people', key: ['id'] }));
    const statuses = [
      await ask(service, '/users/1', { key: null }),
      await ask(service, '/users/1', { key: 'x'.repeat(service.apiKey.length) }),
      await ask(service, '/users/1', { method: 'POST' }),
      await ask(service, '/'),
      await ask(service, '/users/1/2'),
      await ask(service, '/users'),
      await ask(service, '/users/%E0%A4%A'),
    ].map(({ status }) => status);
    expect(statuses).toEqual([401, 401, 404, 404, 404, 400, 400]);
  });

  it('serves dumps, without malformed lines', async () => {
    const projectFolder = temporaryFolder('lookup');
    writeFileSync(join(projectFolder, 'people.ndjson'), '{"id":"a","email":"A@x.org","ok":true}\n{"id":\n');
    writeFileSync(join(projectFolder, 'people.csv'), 'id,email\n1,a@x.org\nbad\n');
    const users = { table: 'people', key: ['id'] };
    const only = { id: 'id', email: 'email' };
    const ndjson = await start({
      connection: { engine: 'ndjson', file: 'people.ndjson' },
      users,
      fields: only,
      projectFolder,
    });
    const csv = await start({
      connection: { engine: 'csv', file: 'people.csv', delimiter: ',' },
      users,
      fields: only,
      projectFolder,
    });
    expect([await ask(ndjson, '/users?identifier=a@X.ORG'), await ask(csv, '/users/1')]).toEqual([
      { status: 200, body: [{ id: 'a', email: 'A@x.org', ok: true }] },
      { status: 200, body: { id: '1', email: 'a@x.org' } },
    ]);
  });

  it('does not start over a file that cannot be used', async () => {
    const source = sqliteSource({ table: 'nobody', key: ['id'] });
    expect((await faultOf(startLookupService(source))).message).toContain('no such table: nobody');
  });
});
