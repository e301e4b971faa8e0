import { Buffer } from 'node:buffer';
import { expect, it } from 'vitest';
import { passwordsWithin, spellingsOf } from '#engine/scripts/secret-spellings.ts';

const SECRET = 'Zürich "42"/ä';

it('finds a secret in whatever a program makes of it, at any place', () => {
  const spellings = spellingsOf([SECRET]);
  const around = ['', 'u:', 'us:', 'use:', 'user:'].flatMap((before) => {
    const bytes = Buffer.from(`${before}${SECRET}.`);
    return [bytes.toString('base64'), bytes.toString('base64url'), bytes.toString('hex')];
  });
  const written = [
    ...around,
    SECRET,
    JSON.stringify({ SECRET }),
    JSON.stringify(JSON.stringify({ SECRET })),
    `https://host/?key=${encodeURIComponent(SECRET)}`,
    Buffer.from(SECRET).toString('hex').toUpperCase(),
  ];
  expect(written.filter((text) => !spellings.some((spelling) => text.includes(spelling)))).toEqual([]);
});

it('gives the longest first, and nothing for what is too short to be told from other words', () => {
  const lengths = spellingsOf([SECRET, 'secret']).map((one) => one.length);
  expect([lengths, spellingsOf(['', 'a', 'admin'])]).toEqual([lengths.toSorted((a, b) => b - a), []]);
});

it.each([
  ['postgres://app:p%40ss%2Fword@db.example:5432/users', ['p%40ss%2Fword', 'p@ss/word']],
  ['mongodb+srv://app:se:cret@db.example/?x=y', ['se:cret', 'se:cret']],
  ['mysql://app:%zz%@db.example', ['%zz%', '%zz%']],
  ['redis://:only-password@cache', ['only-password', 'only-password']],
  ['Server=db;User Id=app;Password=p4ss w;Encrypt=true', ['p4ss']],
  [`Server=db;PWD='p4ss w;x';Encrypt=true`, ['p4ss w;x']],
  ['https://db.example/path:with@signs', []],
  ['http://127.0.0.1:8080/users', []],
  ['plain text', []],
])('finds the password inside %s', (text, passwords) => {
  expect(passwordsWithin(text)).toEqual(passwords);
});
