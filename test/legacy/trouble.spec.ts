import { describe, expect, it } from 'vitest';
import { MYSQL_TROUBLES } from '#legacy/dialects/mysql.ts';
import { ORACLE_TROUBLES } from '#legacy/dialects/oracle.ts';
import { POSTGRESQL_TROUBLES } from '#legacy/dialects/postgresql.ts';
import { SQLITE_TROUBLES } from '#legacy/dialects/sqlite.ts';
import { SQLSERVER_TROUBLES } from '#legacy/dialects/sqlserver.ts';
import { legacyFault, troubleOf } from '#legacy/trouble.ts';

const error = (fields: object, message = 'x') => Object.assign(new Error(message), fields);

describe('troubleOf', () => {
  it.each([
    ['an exact code before its class', error({ code: '42P01' }), POSTGRESQL_TROUBLES, 'no-table'],
    ['a class of codes', error({ code: '22P02' }), POSTGRESQL_TROUBLES, 'data'],
    [
      'a number of the server',
      error({ errno: 1045, code: 'ER_ACCESS_DENIED_ERROR' }),
      MYSQL_TROUBLES,
      'password',
    ],
    ['a code of Node', error({ code: 'ECONNRESET' }), MYSQL_TROUBLES, 'lost'],
    [
      'the number before the driver code',
      error({ number: 208, code: 'EREQUEST' }),
      SQLSERVER_TROUBLES,
      'no-table',
    ],
    [
      'a wrapped error',
      error({ code: 'NJS-503', cause: error({ code: 'ECONNREFUSED' }) }),
      ORACLE_TROUBLES,
      'refused',
    ],
    [
      'one of several addresses',
      error({ errors: [error({ code: 'ECONNREFUSED' })] }),
      POSTGRESQL_TROUBLES,
      'refused',
    ],
    ['a text', error({ code: 'SQLITE_ERROR' }, 'no such column: a'), SQLITE_TROUBLES, 'no-column'],
    [
      'a pool without free connections',
      new Error('Knex: Timeout acquiring a connection.'),
      ORACLE_TROUBLES,
      'timed-out',
    ],
    ['what nobody knows', error({ code: 'ZZ999' }), POSTGRESQL_TROUBLES, null],
  ] as const)('knows %s', (_name, given, codes, expected) => {
    expect(troubleOf(given, codes)).toBe(expected);
  });
});

describe('legacyFault', () => {
  const party = { product: 'PostgreSQL', where: 'db:5432', user: 'app', database: 'crm' };

  it('masks values of the data, keeps names, and drops the driver error', () => {
    const data = legacyFault(
      error({ code: '22P02' }, 'invalid input syntax for type integer: "anna@example.com"'),
      POSTGRESQL_TROUBLES,
      party,
    );
    const table = legacyFault(
      error({ code: '42P01' }, 'relation "usrs" does not exist'),
      POSTGRESQL_TROUBLES,
      party,
    );
    const unknown = legacyFault(
      error({ code: 'ZZ999' }, "odd 'anna@example.com' 4711123"),
      POSTGRESQL_TROUBLES,
      party,
    );
    expect([data, table, unknown].map(({ message, cause }) => ({ message, cause }))).toEqual([
      {
        message:
          'PostgreSQL at db:5432 cannot evaluate the users query for some row: invalid input syntax for type integer: …',
        cause: undefined,
      },
      {
        message:
          'PostgreSQL at db:5432 does not know a table of the users query: relation "usrs" does not exist',
        cause: undefined,
      },
      { message: 'PostgreSQL at db:5432 failed: odd … …', cause: undefined },
    ]);
  });
});
