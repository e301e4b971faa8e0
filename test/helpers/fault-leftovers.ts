import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { closeKept } from '#sandbox/kept-pools.ts';
import { NOTHING, watchLeftovers } from '#test/nothing-left.ts';

/** Folders that the tests themselves made; whatever else is temporary was made by what is tested. */
const OF_A_TEST = /^userferry-[a-z-]+-[A-Za-z0-9]{6}$/;

/**
 * For the top of a file: once all its tests and hooks are over, nothing of what they ran is left: no process, socket
 * or temporary file, and nothing unfinished in the folders that the tests have made.
 */
export function cleanAfterwards(): void {
  let watch: ReturnType<typeof watchLeftovers>;
  beforeAll(() => {
    watch = watchLeftovers();
  });
  // Hooks after tests run in the reverse order of their registration: this one last.
  afterAll(async () => {
    const { place, found } = watch;
    // Waits for the next try on purpose, and ends with its process.
    await closeKept();
    const own = readdirSync(place).filter((name) => OF_A_TEST.test(name));
    const left = await found(
      own.map((name) => join(place, name)),
      OF_A_TEST,
    );
    const named = left.processes.map(commandOf).join('; ');
    expect(left, `left behind by the tests of this file: ${named}`).toEqual(NOTHING);
  });
}

/** What a process runs, where the system tells. */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return `${pid}, which is gone`;
  }
}
