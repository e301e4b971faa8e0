import { describe, expect, it } from 'vitest';
import { Fault } from '#engine/fault.ts';
import { readSettings } from '#project/read-settings.ts';

const GOOD = {
  version: 1,
  name: 'acme',
  legacy: {
    engine: 'postgresql',
    host: 'db.acme.example',
    database: 'shop',
    user: 'reader',
    password: '${env:DB_PASSWORD}',
  },
  users: { table: 'users', key: ['id'] },
  fields: { id: 'id', email: 'email' },
  connection: 'legacy-users',
};

type Change = (settings: typeof GOOD & Record<string, unknown>) => unknown;
const without = (name: keyof typeof GOOD) =>
  Object.fromEntries(Object.entries(GOOD).filter(([key]) => key !== name));
const legacy = (change: object) => ({ ...GOOD, legacy: { ...GOOD.legacy, ...change } });
const written = (value: unknown) => JSON.stringify(value, null, 2);

describe('settings', () => {
  it('are read with their defaults', () => {
    expect(readSettings(written(GOOD))).toEqual({
      settings: { ...GOOD, legacy: { ...GOOD.legacy, tls: 'off' }, egress: [], assumptions: {} },
      problems: [],
    });
  });

  it.each<[string, Change, string, string, string]>([
    [
      'a misspelt key',
      (s) => ({ ...s, connecton: 'x' }),
      'project.unknown-key',
      'userferry.json has no setting "connecton". Did you mean "connection"?',
      'connecton',
    ],
    [
      'a misspelt key inside the connection to the database',
      () => legacy({ prot: 5432 }),
      'project.unknown-key',
      '"legacy" has no setting "prot". Did you mean "port"?',
      'legacy.prot',
    ],
    [
      'a key that resembles none',
      (s) => ({ ...s, fields: { ...s.fields, shoeSize: 'x' } }),
      'project.unknown-key',
      '"fields" has no setting "shoeSize".',
      'fields.shoeSize',
    ],
    [
      'a missing key',
      () => without('connection'),
      'project.setting-missing',
      '"connection" is missing in userferry.json.',
      'connection',
    ],
    [
      'a missing inner key',
      (s) => ({ ...s, fields: { email: 'email' } }),
      'project.setting-missing',
      '"fields.id" is missing in userferry.json.',
      'fields.id',
    ],
    [
      'a text for a number',
      () => legacy({ port: '5432' }),
      'project.setting-invalid',
      '"legacy.port": a number is expected here.',
      'legacy.port',
    ],
    [
      'a port that is none',
      () => legacy({ port: 70_000 }),
      'project.setting-invalid',
      '"legacy.port": at most 65535 is expected.',
      'legacy.port',
    ],
    [
      'an unknown choice',
      () => legacy({ tls: 'yes' }),
      'project.setting-invalid',
      '"legacy.tls": one of "off", "on", "verify" is expected here.',
      'legacy.tls',
    ],
    [
      'an unknown engine',
      () => legacy({ engine: 'db2' }),
      'project.setting-invalid',
      '"legacy.engine": one of "postgresql", "mysql", "sqlserver", "oracle", "sqlite", "csv", "ndjson" is expected here.',
      'legacy.engine',
    ],
    [
      'a list for a text',
      (s) => ({ ...s, name: ['acme'] }),
      'project.setting-invalid',
      '"name": a text is expected here.',
      'name',
    ],
    [
      'an empty key',
      (s) => ({ ...s, users: { table: 'users', key: [] } }),
      'project.setting-invalid',
      '"users.key": it must not be empty.',
      'users.key',
    ],
    [
      'a table beside a query',
      (s) => ({ ...s, users: { table: 'users', query: 'SELECT 1', key: ['id'] } }),
      'project.setting-invalid',
      '"users": give either "table" or "query", not both.',
      'users',
    ],
    [
      'a connection name with a space',
      (s) => ({ ...s, connection: 'my users' }),
      'project.setting-invalid',
      '"connection": the text has the wrong form.',
      'connection',
    ],
    [
      'a connection name of 36 letters',
      (s) => ({ ...s, connection: 'a'.repeat(36) }),
      'project.setting-invalid',
      '"connection": at most 35 characters are allowed.',
      'connection',
    ],
    [
      'an older version',
      (s) => ({ ...s, version: 0 }),
      'project.setting-invalid',
      '"version": one of 1 is expected here.',
      'version',
    ],
    [
      'a list instead of an object',
      () => [],
      'project.setting-invalid',
      'userferry.json: an object is expected here.',
      '(whole file)',
    ],
  ])('with %s are explained', (_what, change, code, message, path) => {
    const { settings, problems } = readSettings(written(change(GOOD)));
    expect(settings).toBeNull();
    expect(problems.map((problem) => [problem.code, problem.message, problem.notes])).toEqual([
      [code, message, [`JSON path: ${path}`]],
    ]);
  });

  it('with a password in clear text are refused without repeating it', () => {
    const { problems } = readSettings(written(legacy({ password: 'hunter2-canary' })));
    expect(problems.map((problem) => [problem.code, problem.place])).toEqual([
      ['project.secret-in-clear-text', { kind: 'file', path: 'userferry.json', line: 9, column: 17 }],
    ]);
    expect(JSON.stringify(problems)).not.toContain('canary');
  });

  it('are explained with all their problems at once, each at its place', () => {
    const text = written({ ...legacy({ port: 'x' }), extra: 1, users: { key: ['id'] } });
    expect(readSettings(text).problems.map(({ code, place }) => [code, place])).toEqual([
      ['project.setting-invalid', { kind: 'file', path: 'userferry.json', line: 10, column: 13 }],
      ['project.setting-invalid', { kind: 'file', path: 'userferry.json', line: 12, column: 12 }],
      ['project.unknown-key', { kind: 'file', path: 'userferry.json', line: 22, column: 3 }],
    ]);
  });

  it('that are no JSON are placed at the first error', () => {
    expect(readSettings('{\n  "version": 1,\n}').problems).toMatchObject([
      { code: 'project.json-syntax', severity: 'error', place: { line: 3, column: 1 } },
    ]);
  });

  it('of a newer format are a fault, whatever else is in them', () => {
    const read = () => readSettings(written({ version: 2, unheardOf: true }));
    expect(read).toThrow(Fault);
    expect(read).toThrow(expect.objectContaining({ kind: 'project-newer' }));
  });
});
