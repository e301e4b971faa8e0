import { expect, it } from 'vitest';
import { csvCell, markup, plain, shellWord } from '#reporters/escape.ts';

it('keeps text on one line and takes its power over a terminal away', () => {
  expect(plain('a\r\nb\tc\u001b[31md\u0007\u009b1m\u202ee')).toBe('a b c\ufffd[31md\ufffd\ufffd1m\ufffde');
});

it('makes markup out of nothing but text', () => {
  expect(markup(`<a href="x">'&'\u0000\ud800</a>`)).toBe(
    '&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;\ufffd\ufffd&lt;/a&gt;',
  );
});

it('marks cells that a spreadsheet would run', () => {
  expect(['=1+1', '+1', '-1', '@x', ' =1', '\t=1', '\uff1d1', 'plain', 'a"b', -5, null].map(csvCell)).toEqual(
    [`"'=1+1"`, `"'+1"`, `"'-1"`, `"'@x"`, `"' =1"`, `"' =1"`, `"'\uff1d1"`, '"plain"', '"a""b"', '-5', ''],
  );
});

it('quotes what a shell would take apart', () => {
  expect(['4711', 'a b', `it's`, '$(x)', '--flag', 'mary@example.com'].map(shellWord)).toEqual([
    '4711',
    `'a b'`,
    `'it'\\''s'`,
    `'$(x)'`,
    `'--flag'`,
    'mary@example.com',
  ]);
});
