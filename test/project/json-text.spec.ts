import { describe, expect, it } from 'vitest';
import { pathText, readJsonText } from '#project/json-text.ts';

const place = (line: number, column: number) => ({ kind: 'file', path: 'a.json', line, column });

describe('JSON of a project file', () => {
  const json = readJsonText('a.json', '{\n  "one": 1,\n  "list": [true, { "deep": "x" }]\n}\n');

  it('knows where its values and keys are', () => {
    expect([json.place(['one']), json.keyPlace(['one']), json.place(['list', 1, 'deep'])]).toEqual([
      place(2, 10),
      place(2, 3),
      place(3, 28),
    ]);
  });

  it('places what is missing at the innermost part around it', () => {
    expect([json.place(['list', 1, 'gone', 'further']), json.place(['gone']), json.place([])]).toEqual([
      place(3, 18),
      place(1, 1),
      place(1, 1),
    ]);
  });

  it.each([
    ['', 'the file is empty', 1, 1],
    ['{\n  "a": 1,\n}', 'a key in double quotes is expected here, perhaps after a comma too many', 3, 1],
    ['{\n  // why\n  "a": 1\n}', 'comments are not allowed here', 2, 3],
    ['{ "a": tru }', 'a value is not valid JSON', 1, 8],
    ['{ "a": 1 "b": 2 }', 'a comma is expected here', 1, 10],
    ['{ "a": "x\n" }', 'a text is not closed', 1, 8],
    ['{ "a": 1', 'a closing brace is missing', 1, 9],
    ['{} {}', 'something follows the end of the JSON value', 1, 4],
  ])('says what is wrong with %j', (text, message, line, column) => {
    expect(readJsonText('a.json', text).syntaxError).toEqual({ message, place: place(line, column) });
  });

  it('writes paths as people do', () => {
    expect([pathText(['users', 'key', 0]), pathText(['a', 'b']), pathText([])]).toEqual([
      'users.key[0]',
      'a.b',
      '',
    ]);
  });
});
