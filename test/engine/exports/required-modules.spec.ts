import { expect, it } from 'vitest';
import { requiredModules } from '#engine/exports/required-modules.ts';

it('names every module once, with the version that the script gets', () => {
  const known = [
    { name: 'pg', versions: ['8.23.1', '7.0.0'], default: '8.23.1', testedAgainst: '' },
    { name: 'crypto', versions: [], default: '', testedAgainst: '' },
  ];
  const texts = [
    `const pg = require('pg'); require("pg"); require ( 'crypto' ); require(name);`,
    `require('pg@7.0.0'); require('@scope/x'); require('unknown')`,
  ];
  expect(requiredModules(texts, known)).toEqual(['@scope/x', 'crypto', 'pg@8.23.1', 'pg@7.0.0', 'unknown']);
});
