import { expect, it } from 'vitest';
import { csvCell, jsonText, markup, plain, printable, shellWord } from '#reporters/escape.ts';

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

it('lets lines and our own colours through to the terminal, and nothing else', () => {
  const text = '\u001b[31mred\u001b[0m\r\n\ta\u001b[2J\u009b1mb\rc\u0008\u202e\n';
  expect(printable(text)).toBe('\u001b[31mred\u001b[0m\r\n\ta\ufffd[2J\ufffd1mb\ufffdc\ufffd\ufffd\n');
});

it('writes JSON that means the same and steers nothing', () => {
  const value = { 'a\u009b': ['\u007f\u202e\u2028\ufeff\u001b', 'ü\u200d'] };
  const text = jsonText(value, 2);
  expect([JSON.parse(text), text.includes('ü'), /[\u007f-\u009f\u2028\u202e\ufeff]/.test(text)]).toEqual([
    value,
    true,
    false,
  ]);
});
