import { expect, test } from 'vitest';
import { emailDomain, emailProblem } from '#domain/profile/email.ts';

const long = (length: number) => 'a'.repeat(length);

test.each([
  'anna@example.com',
  'Anna.Lind+news@sub.example.co.uk',
  "o'brien!#$%&*/=?^_`{|}~-@example.com",
  'anna@bücher.example',
  'anna@xn--bcher-kva.example',
  'anna@例え.テスト',
  'åsa@example.com',
  'anna@example.xn--p1ai',
  'anna@1and1.com',
  '"anna lind"@example.com',
  '"a@b"@example.com',
  '"quo\\"te"@example.com',
  `${long(64)}@example.com`,
  `a@${long(63)}.com`,
])('%s is accepted', (address) => {
  expect(emailProblem(address)).toBeNull();
});

test.each([
  ['', 'no-at'],
  ['anna', 'no-at'],
  ['@example.com', 'no-at'],
  ['anna@', 'domain'],
  ['anna@localhost', 'domain'],
  ['anna@example.c', 'domain'],
  ['anna@example.123', 'domain'],
  ['anna@exa_mple.com', 'domain'],
  ['anna@-example.com', 'domain'],
  ['anna@example-.com', 'domain'],
  ['anna@example..com', 'domain'],
  ['anna@example.com.', 'domain'],
  ['anna@exam ple.com', 'domain'],
  ['anna@example.com ', 'domain'],
  ['anna@[192.168.0.1]', 'domain'],
  ['anna@ｅxample.com', 'domain'],
  [`a@${long(64)}.com`, 'domain'],
  ['anna@b@example.com', 'local-part'],
  ['anna lind@example.com', 'local-part'],
  [' anna@example.com', 'local-part'],
  ['anna\u00a0lind@example.com', 'local-part'],
  ['.anna@example.com', 'local-part'],
  ['anna.@example.com', 'local-part'],
  ['an..na@example.com', 'local-part'],
  ['"anna@example.com', 'local-part'],
  ['""@example.com', 'local-part'],
  ['"a"b"@example.com', 'local-part'],
  ['"a\nb"@example.com', 'local-part'],
  ['Anna <anna@example.com>', 'domain'],
  [`${long(65)}@example.com`, 'local-too-long'],
  [`${'å'.repeat(33)}@example.com`, 'local-too-long'],
  [`anna@${`${long(60)}.`.repeat(4)}example.com`, 'too-long'],
])('%s is refused: %s', (address, problem) => {
  expect(emailProblem(address)).toBe(problem);
});

test('the domain of an address is what follows the last @, in lower case', () => {
  expect(['anna@Example.COM', '"a@b"@example.org', 'anna', null].map(emailDomain)).toEqual([
    'example.com',
    'example.org',
    null,
    null,
  ]);
});
