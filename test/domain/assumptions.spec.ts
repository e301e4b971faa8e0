import { expect, test } from 'vitest';
import { ASSUMPTIONS, DEFAULT_ASSUMPTIONS, resolveAssumptions } from '#domain/assumptions.ts';

test('every switch has at least two options, its default first, and says what each does', () => {
  const wrong = ASSUMPTIONS.filter(
    ({ options, default: value }) =>
      options.length < 2 || options[0]?.value !== value || options.some(({ effect }) => effect === ''),
  );
  expect(wrong).toEqual([]);
});

test('choices of a project go over the defaults, with true and false for yes and no', () => {
  expect(
    resolveAssumptions({ 'get-user-at-login': true, 'import-accepts-phone': false, 'name-length': '150' }),
  ).toEqual({
    assumptions: {
      ...DEFAULT_ASSUMPTIONS,
      'get-user-at-login': 'yes',
      'import-accepts-phone': 'no',
      'name-length': '150',
    },
    problems: [],
  });
});

test('unknown names and values are problems and leave the defaults', () => {
  expect(
    resolveAssumptions({ 'get-user-on-login': true, 'reset-creates-user': 'never', constructor: 'x' }),
  ).toEqual({
    assumptions: DEFAULT_ASSUMPTIONS,
    problems: [
      {
        kind: 'unknown-name',
        name: 'get-user-on-login',
        value: 'yes',
        expected: ['get-user-at-login', 'partial-user-login', 'import-matches-on-user-id'],
      },
      {
        kind: 'unknown-value',
        name: 'reset-creates-user',
        value: 'never',
        expected: ['at-next-login', 'at-confirmation'],
      },
      { kind: 'unknown-name', name: 'constructor', value: 'x', expected: [] },
    ],
  });
});
