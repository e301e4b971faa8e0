import { describe, expect, it } from 'vitest';
import { isParseError, parseScript } from '#project/parse-script.ts';

describe('scripts', () => {
  it.each([
    'function login(email, password, callback) { callback(null); }',
    'function (email, callback) { return callback(null); }',
    'async (email, callback) => callback(null)',
    'function login(a, b) {} // the end',
    'function login(a, b) {};\n',
    '// first\nfunction login(a, b) {}\n\n/* last */\n',
    'function login(a) { return a?.b ?? 1n; }',
  ])('parse: %j', (text) => {
    expect(isParseError(parseScript(text))).toBe(false);
  });

  it.each([
    ['function login(email {\n}', 'unexpected token', 1, 22],
    ['function login(a, b) {\n  const x = ;\n}', 'unexpected token', 2, 13],
    ['function (a, b) {\n  if (a {\n}', 'unexpected token', 2, 9],
    ['function login(a) {\n', 'unexpected token', 2, 1],
    ["function login(a) { return 'x; }", 'unterminated string constant', 1, 28],
    ['function login(a) { await a; }', 'unexpected token', 1, 27],
  ])('that do not parse are placed: %j', (text, message, line, column) => {
    expect(parseScript(text)).toEqual({ message, line, column });
  });
});
