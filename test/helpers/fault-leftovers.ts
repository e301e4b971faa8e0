import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
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
    const own = readdirSync(place).filter((name) => OF_A_TEST.test(name));
    const left = await found(
      own.map((name) => join(place, name)),
      OF_A_TEST,
    );
    expect(left, 'left behind by the tests of this file').toEqual(NOTHING);
  });
}
