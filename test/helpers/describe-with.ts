// oxlint-disable vitest/valid-title, vitest/valid-describe-callback -- suites and their names come from the callers
import { describe, expect, it } from 'vitest';

/**
 * A suite that needs something of the machine. `missing` says what is not there, or null when all is: then the
 * suite runs. Otherwise it is reported as skipped with the reason, or, where CI promises everything, as failed;
 * what is not `required` is never promised.
 */
export function describeWith(
  name: string,
  missing: string | null,
  suite: () => void,
  { required = true }: { readonly required?: boolean } = {},
): void {
  if (missing === null) {
    describe(name, suite);
    return;
  }
  describe(name, () => {
    it(`needs ${missing}`, (context) => {
      const promised = required && (process.env['CI'] ?? '') !== '';
      expect(promised, `CI must not skip for the lack of ${missing}`).toBe(false);
      context.skip(`${missing} is missing`);
    });
  });
}
