import { expect, it } from 'vitest';
import { editedText, offsetAt, positionAt } from '#language/edited-text.ts';

const script = (text: string, more: object = {}) => ({
  slot: 'login' as const,
  text,
  withContext: false,
  configurationNames: [],
  ...more,
});

it('gives the parameters of the function their types, whatever they are called', () => {
  const text = "// function old(a) is gone\n'use strict';\nfunction login(mail, pw, done) {}";
  expect(editedText(script(text)).text).toBe(
    "// function old(a) is gone\n'use strict';\n/**\n * @param {string} mail\n * @param {string} pw\n" +
      ' * @param {UserferryProfileCallback} done\n */\nfunction login(mail, pw, done) {}',
  );
});

it.each([
  [
    'an async function with context',
    'async function login(a, b, context, cb) {}',
    { withContext: true },
    ['string} a', 'string} b', 'UserferryContext} context', 'UserferryProfileCallback} cb'],
  ],
  [
    'an arrow function',
    '(user, cb) => { cb(null); }',
    { slot: 'create' },
    ['UserferryNewUser} user', 'UserferryDoneCallback} cb'],
  ],
  ['a pattern instead of names', 'function login({ mail }, cb) {}', {}, []],
  ['no function yet', 'functio', {}, []],
  ['parameters that are being written', 'function login(email, password, callback', {}, []],
])('copes with %s', (_, text, more, tags) => {
  const edited = editedText(script(text, more));
  const places = [...Array.from({ length: text.length + 1 }).keys()];
  expect({
    tags: edited.text.match(/@param \{\w+\} \w+/g) ?? [],
    // Every place of the script is the same character in the checker's text, and comes back.
    same: places.filter((at) => edited.text[edited.there(at)] !== text[at]),
    back: places.filter((at) => edited.back(edited.there(at)) !== at),
  }).toEqual({ tags: tags.map((tag) => `@param {${tag}`), same: [], back: [] });
});

it('counts lines and columns as the protocol does', () => {
  const text = 'one\r\nzwei\n\n😀x';
  const places = [0, 3, 5, 9, 10, 11, 13, 14];
  expect({
    positions: places.map((at) => positionAt(text, at)),
    back: places.map((at) => offsetAt(text, positionAt(text, at))),
    beyond: [offsetAt(text, { line: 99, character: 0 }), offsetAt(text, { line: 0, character: 99 })],
  }).toEqual({
    positions: [
      { line: 0, character: 0 },
      { line: 0, character: 3 },
      { line: 1, character: 0 },
      { line: 1, character: 4 },
      { line: 2, character: 0 },
      { line: 3, character: 0 },
      { line: 3, character: 2 },
      { line: 3, character: 3 },
    ],
    back: places,
    beyond: [text.length, text.length],
  });
});
