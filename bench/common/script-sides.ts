import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Script } from '#engine/ports/script-runner.ts';
import type { SandboxRunner } from '#sandbox/script-runner.ts';
import { median } from './statistics.ts';

/** Users that the scripts are called for in turn: `user0@example.com` and so on. */
export const SCRIPT_USERS = 2_000;

export interface Scripts {
  readonly processIds: readonly number[];
  run(text: string, args: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

const loginScript = (text: string): Script => ({
  slot: 'login',
  text,
  checksum: createHash('sha256').update(text).digest('hex'),
});

export function inSandbox(
  runner: SandboxRunner,
  configuration: Readonly<Record<string, string>>,
  container: 'warm' | 'fresh',
): Scripts {
  const known = new Map<string, Script>();
  return {
    get processIds() {
      return runner.processIds;
    },
    async run(text, args) {
      const script = known.get(text) ?? loginScript(text);
      known.set(text, script);
      const { ending, error } = await runner.run({
        script,
        args,
        password: null,
        configuration,
        container,
        timeLimitMs: 20_000,
        passwordChecks: { kind: 'true' },
        detail: 'counts',
      });
      if (ending !== 'called-back') throw new Error(`${ending}: ${error?.message ?? ''}`);
    },
    close: () => Promise.resolve(),
  };
}

/** As many processes of plain Node as the sandbox has workers, called in turn. */
export function inPlainNode(processes: number, configuration: Readonly<Record<string, string>>): Scripts {
  const waiting = new Map<number, { done: () => void; failed: (error: Error) => void }>();
  const hosts = Array.from({ length: processes }, () =>
    fork(join(import.meta.dirname, 'plain-scripts.cjs'), { execArgv: [] }),
  );
  for (const host of hosts) {
    host.on('message', ({ id, error }: { id: number; error: string | null }) => {
      const call = waiting.get(id);
      waiting.delete(id);
      if (error === null) call?.done();
      else call?.failed(new Error(error));
    });
  }
  let next = 0;
  return {
    processIds: hosts.flatMap(({ pid }) => pid ?? []),
    run: (text, args) =>
      new Promise<void>((done, failed) => {
        const id = next++;
        waiting.set(id, { done, failed });
        hosts[id % processes]!.send({ id, text, args, configuration });
      }),
    close: async () => {
      for (const host of hosts) host.kill();
      await sleep(50);
    },
  };
}

/** Ticks of a hundredth of a second that Linux has counted for a process. */
function ticks(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

function processorMs(scripts: Scripts): number {
  if (process.platform !== 'linux') return Number.NaN;
  const own = process.cpuUsage();
  return scripts.processIds.reduce((sum, pid) => sum + ticks(pid) * 10, (own.user + own.system) / 1000);
}

export interface Rate {
  readonly perSecond: number;
  readonly processorMs: number;
}

export interface Load {
  /** Calls under way at once. */
  readonly inFlight: number;
  readonly seconds: number;
}

/** Calls with so many under way, after a warm-up. */
export async function throughput(scripts: Scripts, text: string, { inFlight, seconds }: Load): Promise<Rate> {
  let done = 0;
  let stop = false;
  let call = 0;
  const loop = async (): Promise<void> => {
    while (!stop) {
      await scripts.run(text, [`user${call++ % SCRIPT_USERS}@example.com`, 'password']);
      done += 1;
    }
  };
  const loops = Array.from({ length: inFlight }, loop);
  await sleep(seconds * 500);
  const since = performance.now();
  const before = processorMs(scripts);
  done = 0;
  await sleep(seconds * 1000);
  const rate = {
    perSecond: (done / (performance.now() - since)) * 1000,
    processorMs: (processorMs(scripts) - before) / done,
  };
  stop = true;
  await Promise.all(loops);
  return rate;
}

/** Median milliseconds of one call at a time. */
export async function latency(scripts: Scripts, text: string, seconds: number): Promise<number> {
  const times: number[] = [];
  const end = performance.now() + seconds * 500;
  for (let call = 0; performance.now() < end; call += 1) {
    const since = performance.now();
    await scripts.run(text, [`user${call % SCRIPT_USERS}@example.com`, 'password']);
    if (call > 5) times.push(performance.now() - since);
  }
  return median(times);
}
