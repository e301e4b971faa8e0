import { expect, it } from 'vitest';

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const script = new URL('../../scripts/test-run.mjs', import.meta.url).href;
const { countTests } = (await import(script)) as {
  readonly countTests: (json: string | null, exitCode: number) => Counts;
};

const report = (changes: object) =>
  JSON.stringify({
    numPassedTests: 3,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [],
    ...changes,
  });

it('counts tests, and what could not even be counted as a failure', () => {
  expect([
    countTests(report({ numPendingTests: 1, numTodoTests: 1 }), 0),
    countTests(
      report({
        numFailedTests: 2,
        testResults: [{ status: 'failed', assertionResults: [{ status: 'failed' }] }],
      }),
      1,
    ),
    countTests(report({ testResults: [{ status: 'failed', assertionResults: [] }] }), 1),
    countTests(report({}), 1),
    countTests(null, 139),
  ]).toEqual([
    { passed: 3, failed: 0, skipped: 2 },
    { passed: 3, failed: 2, skipped: 0 },
    { passed: 3, failed: 1, skipped: 0 },
    { passed: 3, failed: 1, skipped: 0 },
    { passed: 0, failed: 1, skipped: 0 },
  ]);
});
