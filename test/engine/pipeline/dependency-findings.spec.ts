import { expect, it } from 'vitest';
import { NO_PIPELINE } from '#domain/pipeline/pipeline.ts';
import { dependencyFindings } from '#engine/pipeline/dependency-findings.ts';

it('names dependencies that the sandbox does not have, or has in another version', () => {
  const modules = [{ name: 'axios', versions: ['1.7.0'], default: '1.7.0', testedAgainst: '' }];
  const dependencies = [
    { name: 'axios', version: '1.7.0' },
    { name: 'axios', version: 'latest' },
    { name: 'axios', version: '0.21.1' },
    { name: 'left-pad', version: '1.0.0' },
  ];
  const action = {
    name: 'a',
    path: 'actions/a/code.js',
    text: '',
    checksum: '',
    triggers: [],
    secrets: new Map(),
    dependencies,
  };
  const found = dependencyFindings({ ...NO_PIPELINE, actions: new Map([['a', action]]) }, modules);
  expect(found.map(({ code, message }) => [code, message])).toEqual([
    ['pipeline.dependency-not-rehearsed', 'Action "a" depends on axios 0.21.1; the sandbox uses 1.7.0.'],
    ['pipeline.dependency-not-rehearsed', 'Action "a" depends on left-pad, which the sandbox does not have.'],
  ]);
});
