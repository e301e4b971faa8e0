// oxlint-disable vitest/valid-title, vitest/valid-describe-callback -- suites and their names come from the callers
import { describe, expect, it } from 'vitest';

/**
 * A suite that needs something of the machine. `missing` says what is not there, or null when all is: then the
 * suite runs. Otherwise it is reported as skipped with the reason, or, where CI promises everything, as failed.
 */
export function describeWith(name: string, missing: string | null, suite: () => void): void {
  if (missing === null) {
    describe(name, suite);
    return;
  }
  describe(name, () => {
    it(`needs ${missing}`, (context) => {
      expect(process.env['CI'], `CI must not skip for the lack of ${missing}`).toBeFalsy();
      context.skip(`${missing} is missing`);
    });
  });
}
