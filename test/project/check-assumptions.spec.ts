import { expect, it } from 'vitest';
import { checkAssumptions } from '#project/check-assumptions.ts';

it('says nothing about switches and values that there are', () => {
  expect(checkAssumptions({ 'get-user-at-login': true, 'import-rate': 'free-tier' })).toEqual([]);
});

it('finds names and values that mean nothing, with the place and what was meant', () => {
  const problems = checkAssumptions({ 'import-rates': 'enterprise', 'import-rate': 'fast', whatever: true });
  expect(problems.map(({ code, severity, message, place }) => ({ code, severity, message, place }))).toEqual([
    {
      code: 'project.assumption-unknown',
      severity: 'error',
      message: 'There is no assumption "import-rates". Did you mean "import-rate"?',
      place: { kind: 'setting', name: 'assumptions.import-rates' },
    },
    {
      code: 'project.assumption-value',
      severity: 'error',
      message: '"assumptions.import-rate" cannot be "fast"; it is one of enterprise, free-tier.',
      place: { kind: 'setting', name: 'assumptions.import-rate' },
    },
    {
      code: 'project.assumption-unknown',
      severity: 'error',
      message: 'There is no assumption "whatever".',
      place: { kind: 'setting', name: 'assumptions.whatever' },
    },
  ]);
});
