import { load } from 'js-yaml';
import { expect, it } from 'vitest';
import { yamlText } from '#exporters/yaml-text.ts';

it('is read back as the same value by the reader of the deploy tool', () => {
  const value = {
    databases: [
      {
        name: 'legacy-users',
        options: { configuration: { DB_PASSWORD: '##DB_PASSWORD##' }, empty: {}, none: [], validation: null },
        realms: ['a', 'b'],
      },
      { name: 'x', nested: [['a', ['b']], [{ c: 1 }]] },
    ],
    on: true,
    'needs quotes': '',
    texts: [
      'yes',
      '012',
      '1e3',
      '- a',
      'a: b # c',
      'line\nend \u2028 \u0007 "quoted" \\ back',
      '{a',
      '!tag',
      '&x *y',
    ],
  };
  expect(load(yamlText(value))).toEqual(value);
});

it('is in block style, with texts in quotes', () => {
  expect(yamlText({ databases: [{ name: 'a', options: { key: '##KEY##', on: false } }] })).toBe(
    'databases:\n  - name: "a"\n    options:\n      key: "##KEY##"\n      "on": false\n',
  );
});
