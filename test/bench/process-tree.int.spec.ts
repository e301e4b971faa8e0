import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { memoryOf, watchMemory } from '../../bench/common/process-tree.ts';

const MEGABYTES = 150;
/** A process that starts another, which holds so much memory for a moment. */
const PARENT = `
const hold = 'globalThis.held = Buffer.alloc(${MEGABYTES} * 2 ** 20, 1); console.log(1); setTimeout(() => 0, 60_000)';
require('node:child_process').spawn(process.execPath, ['-e', hold], { stdio: ['ignore', 'inherit', 'inherit'] });
`;

test.runIf(process.platform === 'linux')(
  'the memory of a process counts with that of those below it',
  async () => {
    const child = spawn(process.execPath, ['-e', PARENT], {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    const watch = watchMemory(child.pid!, 10);
    try {
      await once(child.stdout, 'data');
      const now = memoryOf(child.pid!)!;
      await sleep(50);
      const most = watch.stop()!;
      expect({ now: now.processes, most: most.processes }).toEqual({ now: 2, most: 2 });
      expect(now.mb).toBeGreaterThan(MEGABYTES);
      expect(most.mb).toBeGreaterThanOrEqual(MEGABYTES);
    } finally {
      process.kill(-child.pid!, 'SIGKILL');
      await once(child, 'exit');
    }
    expect(memoryOf(child.pid!)).toBeNull();
  },
);
