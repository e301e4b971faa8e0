import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashSync } from '@node-rs/bcrypt';
import Database from 'better-sqlite3';
import { projectFolder, SETTINGS } from '#test/project-folder.ts';

/** Every secret of the project's rows and test accounts holds one of these: no output may. */
export const CANARIES = ['Kanari3n', 'vogelsalz', 'pfefferkorn'] as const;

export const PASSWORDS = {
  mary: 'Kanari3n-mary-é',
  john: 'Kanari3n-john',
  bcrypt10: 'Kanari3n-ten',
  bcrypt12: 'Kanari3n-twelve',
} as const;

export const PEPPER = 'pfefferkorn-1';

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

/** Digests that a person who sees the table would have; outputs are searched for them too. */
export const HASHES = {
  mary: md5(`${PASSWORDS.mary}vogelsalz-1`),
  john: md5(`${PASSWORDS.john}vogelsalz-2`),
  twice: md5(md5(`Kanari3n-twice${PEPPER}`)),
} as const;

interface Row {
  readonly id: number;
  readonly email: string;
  readonly login: string;
  readonly hash: string | null;
  readonly salt: string | null;
}

const ROWS: readonly Row[] = [
  { id: 1, email: 'Mary@Example.com', login: 'mary', hash: HASHES.mary, salt: 'vogelsalz-1' },
  { id: 2, email: 'john@example.com', login: 'john', hash: HASHES.john, salt: 'vogelsalz-2' },
  { id: 3, email: 'ten@example.com', login: 'ten', hash: hashSync(PASSWORDS.bcrypt10, 10), salt: null },
  { id: 4, email: 'twelve@example.com', login: 'twelve', hash: hashSync(PASSWORDS.bcrypt12, 4), salt: null },
  { id: 5, email: 'shared@example.com', login: 'one', hash: HASHES.mary, salt: 'vogelsalz-1' },
  { id: 6, email: 'SHARED@example.com', login: 'two', hash: HASHES.john, salt: 'vogelsalz-2' },
  { id: 7, email: 'locked@example.com', login: 'locked', hash: '!', salt: null },
  { id: 8, email: 'nobody@example.com', login: 'nobody', hash: null, salt: null },
];

const CREDENTIALS = [
  ['mary@example.com', PASSWORDS.mary],
  ['john', PASSWORDS.john],
  ['JOHN@example.com', PASSWORDS.john],
  ['ten@example.com', PASSWORDS.bcrypt10],
  ['twelve', PASSWORDS.bcrypt12],
  ['shared@example.com', 'Kanari3n-shared'],
  ['gone@example.com', 'Kanari3n-gone'],
] as const;

/** A project over SQLite whose users have hashes of several kinds, with test accounts for most of them. */
export function hashProject(): string {
  const folder = projectFolder({
    'userferry.json': {
      ...SETTINGS,
      users: { table: 'people', key: ['id'] },
      fields: { id: 'id', email: 'email', username: 'login', passwordHash: 'hash', passwordSalt: 'salt' },
      credentials: '.userferry/credentials.csv',
    },
  });
  const database = new Database(join(folder, 'legacy.db'));
  database.exec('CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT, login TEXT, hash TEXT, salt TEXT)');
  const insert = database.prepare('INSERT INTO people VALUES (@id, @email, @login, @hash, @salt)');
  for (const row of ROWS) insert.run(row);
  database.close();
  const csv = join(folder, '.userferry/credentials.csv');
  mkdirSync(join(folder, '.userferry'), { recursive: true });
  writeFileSync(csv, `identifier,password\n${CREDENTIALS.map((pair) => pair.join(',')).join('\n')}\n`);
  chmodSync(csv, 0o600);
  return folder;
}

/** Canaries and hashes that occur in a text. */
export function secretsIn(text: string): readonly string[] {
  return [...CANARIES, ...Object.values(HASHES), '$2b$', '$2a$'].filter((secret) => text.includes(secret));
}
