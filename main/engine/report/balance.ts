import type { Report } from '#contract/report.ts';

/** Throws when the totals of a report do not add up: a number that is wrong must never be printed. */
export function assertBalanced(counts: Report['counts'], causes: Report['causes']): void {
  for (const phase of counts) {
    const split = phase.ok + phase.failed + phase.skipped;
    if (split !== phase.done) {
      throw new Error(
        `totals of the ${phase.phase} phase do not balance: ${phase.done} done, ${split} by status`,
      );
    }
    if (phase.done > phase.expected || (phase.finished && phase.done !== phase.expected)) {
      throw new Error(`the ${phase.phase} phase has ${phase.done} users done of ${phase.expected} expected`);
    }
    for (const status of ['failed', 'skipped'] as const) {
      const byCause = causes
        .filter((group) => group.phase === phase.phase && group.status === status)
        .reduce((sum, group) => sum + group.users, 0);
      if (byCause !== phase[status]) {
        throw new Error(
          `causes of the ${phase.phase} phase explain ${byCause} ${status} users of ${phase[status]}`,
        );
      }
    }
  }
}
