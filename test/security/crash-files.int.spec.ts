import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createCrashLog } from '#hosts/electron/crash-log.ts';
import { canariesIn } from '#test/canaries.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const SECRET = 'canary-x7Hq2pL';
const HASH = '$2b$10$canaryhashcanaryhashcaOQ1p8l3sU5dWj0hFqkE6ZtXy2aVbNc';

const parsed = (text: string): string => {
  try {
    return String(JSON.parse(text));
  } catch (error) {
    return String(error);
  }
};

/** What drivers, parsers and servers say when they fail, with a secret in it. */
const SAID: Readonly<Record<string, string>> = {
  'the address of a database': `connect ECONNREFUSED postgres://app:${SECRET}@db.example:5432/shop`,
  'an address with an at sign in its password': `getaddrinfo ENOTFOUND mysql://app:a@${SECRET}@db.example/shop`,
  'an address of several hosts': `MongoServerSelectionError: mongodb+srv://app:${SECRET}@a.example,b.example/x`,
  'a connection string': `Login failed. Server=db;User Id=app;Password=${SECRET};Encrypt=true`,
  'a setting': `invalid option pwd: ${SECRET}`,
  'a literal of SQL': `syntax error at or near '${SECRET}' in INSERT INTO t VALUES ('${SECRET}')`,
  'a value of a column': `duplicate key value violates "t_pkey": Key (token)=(x) "${SECRET}"`,
  'text in two lines': `unexpected "first\n${SECRET}"`,
  'JSON, early': parsed(`{"password":${SECRET}}`),
  'JSON, in the middle': parsed(`{"${'a'.repeat(40)}":1,"password":${SECRET},"${'b'.repeat(40)}":2}`),
  'JSON and nothing else': parsed(SECRET),
  'an object': `TypeError: cannot read { password: ${SECRET}, user: 'app' }`,
  'a header': `request failed: Authorization: Bearer ${SECRET}`,
  'a header with a scheme': `request failed: authorization: Basic ${Buffer.from(`app:${SECRET}`).toString('base64')}`,
  'a cookie': `bad response: Set-Cookie: session=${SECRET}; Path=/`,
  'a link': `cannot open http://127.0.0.1:8123/login?token=${SECRET}`,
  'a key of an API': `refused x-api-key: ${SECRET}`,
  'a pepper': `no mapping with pepper=${SECRET}`,
  'a hash': `illegal arguments: ${HASH}`,
  'a long token': `jwt malformed: ${'A1b2'.repeat(12)}${SECRET}`,
};

it.each(Object.keys(SAID))('the crash file of the desktop app keeps no secret: %s', (what) => {
  const path = join(mkdtempSync(join(temporaryFolder('crash'), 'x')), 'crashes.ndjson');
  const log = createCrashLog({ path, version: '1.0.0', home: '/home/anna', now: () => new Date(0) });
  log.note({ what: 'bug', detail: SAID[what]! });
  const told = (content: Buffer) => [
    ...canariesIn({ secret: SECRET, hash: HASH }, [{ name: what, content }], () => false),
    // A part of one is too much, too.
    ...(content.includes('canary') ? ['a part'] : []),
  ];
  expect([told(Buffer.from(SAID[what]!)).length > 0, told(readFileSync(path))]).toEqual([true, []]);
});
