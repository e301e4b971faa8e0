import { expect, it } from 'vitest';
import { fitting, listCompletions, moduleCompletions, requireAt } from '#language/list-completions.ts';

const script = (text: string) => ({
  slot: 'login' as const,
  text,
  withContext: false,
  configurationNames: ['DB_HOST', 'DB_PORT'],
});
const labels = (text: string) => listCompletions(script(text), text.length).map(({ label }) => label);

it('knows the names of the configuration, and nothing of other objects', () => {
  expect([labels('a(configuration.DB'), labels('row.em')]).toEqual([['DB_HOST', 'DB_PORT'], []]);
});

it('offers the contract first, then attributes, the names of the text and keywords, each once', () => {
  const all = labels('function login(email, password, callback) { const findUser = 1; fin');
  expect({
    first: all.slice(0, 2),
    own: all.filter((one) => ['findUser', 'password', 'login', 'email', 'callback', 'fin'].includes(one)),
    twice: all.filter((one, index) => all.indexOf(one) !== index),
  }).toEqual({
    first: ['configuration', 'callback'],
    own: ['callback', 'email', 'login', 'password', 'findUser'],
    twice: [],
  });
});

it('finds the module that is being required', () => {
  expect([
    requireAt("const pg = require('p", 21),
    requireAt('require("mongodb@', 17),
    requireAt("require('pg').P", 15),
    requireAt("// require('a\nrequire", 20),
  ]).toEqual([{ from: 20, typed: 'p' }, { from: 9, typed: 'mongodb@' }, null, null]);
});

it('lists modules with their other versions, and those of Node', () => {
  expect(moduleCompletions([{ name: 'mongodb', versions: ['6.22.0', '3.7.4'] }], ['crypto'])).toEqual([
    { label: 'mongodb', kind: 'module', detail: '6.22.0' },
    { label: 'mongodb@3.7.4', kind: 'module', detail: 'an older version' },
    { label: 'crypto', kind: 'module', detail: 'Node' },
  ]);
});

it('puts what begins with the typed letters before what only has them in order', () => {
  const items = ['userId', 'email_verified', 'verified', 'EmailV', 'picture'].map((label) => ({ label }));
  expect([
    fitting(items, 'ev').map(({ label }) => label),
    fitting(items, 'em').map(({ label }) => label),
  ]).toEqual([
    ['email_verified', 'EmailV'],
    ['email_verified', 'EmailV'],
  ]);
  expect(fitting(items, 've').map(({ label }) => label)).toEqual(['verified', 'email_verified']);
});
