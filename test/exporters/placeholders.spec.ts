import { expect, it } from 'vitest';
import { asPlaceholders, placeholdersIn, splitAtMarkers } from '#exporters/placeholders.ts';

it('keeps markers, and puts names where values were', () => {
  expect(
    asPlaceholders({
      DB_HOST: 'db.example.com',
      DB_PASSWORD: '##LEGACY_PASSWORD##',
      TOKEN: '@@API_TOKEN@@',
      DB_URL: 'postgres://u:geheim@##DB_HOST##/users',
      PORT: 5432,
      '2nd-key': 'x',
    }),
  ).toEqual({
    DB_HOST: '##DB_HOST##',
    DB_PASSWORD: '##LEGACY_PASSWORD##',
    TOKEN: '@@API_TOKEN@@',
    DB_URL: '##DB_URL##',
    PORT: '##PORT##',
    '2nd-key': '##_2nd_key##',
  });
});

it('finds markers at any depth, each once', () => {
  expect(
    placeholdersIn({ a: '##B##', c: [{ d: 'x ##A## and ##B##' }], e: '@@C@@', f: '## no ##', g: '##X@@' }),
  ).toEqual(['A', 'B', 'C']);
});

it('cuts a text at its markers', () => {
  expect([splitAtMarkers('a##B##c'), splitAtMarkers('@@B@@'), splitAtMarkers('')]).toEqual([
    [{ text: 'a' }, { marker: 'B' }, { text: 'c' }],
    [{ marker: 'B' }],
    [],
  ]);
});
