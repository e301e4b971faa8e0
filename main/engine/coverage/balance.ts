import type { Coverage, CoverageUse } from '#contract/coverage.ts';
import type { PhaseCounts } from '#engine/ports/replica.ts';

type PhaseCoverage = Coverage['phases'][number];
const COUNTS = ['ok', 'failed', 'skipped'] as const;

/** Throws when coverage does not add up: a number that is wrong must never be printed. */
export function assertCoverageBalanced(coverage: PhaseCoverage, counts: PhaseCounts): void {
  const { phase, rows } = coverage;
  for (const name of COUNTS) {
    assertSame(`${name} users of the ${phase} phase`, coverage[name], counts[name]);
    const byValue = rows.reduce((sum, row) => sum + row[name], 0);
    assertSame(`${name} users of the ${phase} phase by value`, byValue, counts[name]);
  }
  assertSame(`users of the ${phase} phase`, coverage.total, counts.done);
  assertUses(`the ${phase} phase`, coverage.scripts, coverage.total);
  for (const row of rows) {
    assertSame(`users with ${row.value}`, row.ok + row.failed + row.skipped, row.total);
    assertUses(`users with ${row.value}`, row.scripts, row.total);
  }
}

function assertUses(what: string, scripts: readonly CoverageUse[], total: number): void {
  for (const { script, scenario, outcomes } of scripts) {
    const users = outcomes.reduce((sum, one) => sum + one.users, 0);
    assertSame(`${script} for ${scenario}, ${what}`, users, total);
  }
}

function assertSame(what: string, left: number, right: number): void {
  if (left !== right) throw new Error(`coverage does not balance: ${what} are ${left}, not ${right}`);
}
