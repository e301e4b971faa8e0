import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '#test/engine.ts';
import { cleanAfterwards } from '#test/fault-leftovers.ts';
import { LONG, noteFault, points, seededPoints } from '#test/fault-matrix.ts';
import { shapeOf } from '#test/fault-output.ts';
import { leftBehind, NOTHING } from '#test/nothing-left.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { trialDigests, trialIds } from '#test/trial-contents.ts';
import { startUserferry } from '#test/userferry.ts';

cleanAfterwards();

const USERS = points(1_000, 3_000);

let folder = '';
let project = '';
let trial = '';

beforeAll(async () => {
  folder = temporaryFolder('killed-commands');
  project = await sqliteSampleProject(join(folder, 'acme'), { users: USERS });
  const engine = startEngine();
  trial = (await engine.trial({ project, kind: 'bulk' })).trial.id;
  await engine.close();
}, 120_000);
afterAll(() => removeFolder(folder));

const SIGNALS = ['SIGKILL', 'SIGTERM'] as const;

const out = (name: string): string => join(folder, name);
const outputsOf = ({ writes }: Command): readonly unknown[] => writes.map((name) => shapeOf(out(name)));

interface Command {
  readonly args: () => readonly string[];
  /** Names in the folder of outputs that it writes. */
  readonly writes: readonly string[];
  /** Refuses to write over what is there. */
  readonly once?: true;
  /** The same again into a trial that it made and did not finish. */
  readonly into?: (trial: string) => readonly string[];
}

const importFile = (): string => {
  const files = join(project, 'trials', trial, 'import');
  return join(files, readdirSync(files).toSorted()[0]!);
};

const COMMANDS: Readonly<Record<string, Command>> = {
  audit: {
    args: () => ['audit', '--against', trial, '--list', out('list.csv'), '--out', out('audit.json')],
    writes: ['list.csv', 'audit.json'],
  },
  plan: {
    args: () => ['plan', '--leftovers', out('left.csv'), '-f', 'json', '--out', out('plan.json')],
    writes: ['left.csv', 'plan.json'],
  },
  export: {
    args: () => {
      const what = ['export', '-f', 'import-files', '-t', trial, '--out', out('upload')];
      return [...what, '--force', '--accept-random-passwords'];
    },
    writes: ['upload'],
  },
  report: {
    args: () => ['report', trial, '-f', 'html', '--out', out('report.html')],
    writes: ['report.html'],
  },
  'jobs import': {
    args: () => ['jobs', 'import', importFile()],
    writes: [],
    into: (made) => ['jobs', 'import', importFile(), '--trial', made],
  },
  'jobs list --rejects': {
    args: () => ['jobs', 'list', '--trial', trial, '--rejects', out('rejects.json')],
    writes: ['rejects.json'],
  },
  init: {
    args: () => ['init', out('new'), '--from', 'sample', '--users', '1000'],
    writes: ['new'],
    once: true,
  },
};

const start = (args: readonly string[]) => {
  const allow = /^(audit|plan|export|report|jobs import)/.test(args.join(' ')) ? ['--allow', '1000000'] : [];
  return startUserferry([...args, ...allow, '-p', project, '--quiet', '--no-input']);
};
const run = ({ args }: Command) => start(args());

const others = (): readonly string[] => trialIds(project).filter((id) => id !== trial);

function clean({ writes }: Command): void {
  for (const name of writes) rmSync(out(name), { recursive: true, force: true });
  for (const id of others()) rmSync(join(project, 'trials', id), { recursive: true });
}

/** Runs it to its end; what came of it: exit code, outputs and the trial it made. */
async function toItsEnd(command: Command): Promise<readonly unknown[]> {
  const before = new Set(others());
  const { code, stderr } = await run(command).finished;
  const made = others().filter((id) => !before.has(id));
  const accounts = made.map((id) => trialDigests(project, id)['accounts'])[0];
  return [code, stderr, outputsOf(command), accounts];
}

/** Trials that were being made are whole, and take the rest: afterwards, their accounts are those of an undisturbed one. */
async function finish({ into }: Command, accounts: unknown): Promise<void> {
  for (const made of into === undefined ? [] : others()) {
    const { code, stderr } = await start(into!(made)).finished;
    // 1 where everybody is in it already: then the same records are refused as taken.
    expect(code, `again into ${made}: ${stderr}`).toBeLessThan(2);
    expect(trialDigests(project, made)['accounts'], `again into ${made}`).toEqual(accounts);
  }
}

/** Ends the command at a random moment before its end. */
async function kill(command: Command, signal: NodeJS.Signals, part: number, ms: number): Promise<void> {
  for (let most = ms; ; most *= 0.7) {
    clean(command);
    const { child, finished } = run(command);
    await sleep(most * part);
    child.kill(signal);
    const ended = await finished;
    if (ended.signal === signal || ended.code === 130) return;
  }
}

describe.each(Object.keys(COMMANDS))('%s, ended in the middle', (name) => {
  it('leaves nothing half-written, and nothing at all once it ran again', { timeout: 900_000 }, async () => {
    const command = COMMANDS[name]!;
    const next = seededPoints(name.length);
    clean(command);
    const startedAt = performance.now();
    const whole = await toItsEnd(command);
    const ms = performance.now() - startedAt;
    expect(whole.slice(0, 2)).toEqual([0, '']);
    const outputs = outputsOf(command);
    for (const signal of LONG || name.length % 2 === 0 ? SIGNALS : SIGNALS.slice(0, 1)) {
      for (let point = 0; point < points(1, 4); point++) {
        const left = await leftBehind([folder], async () => {
          // Later rather than earlier: before, there is nothing to interrupt.
          await kill(command, signal, 0.5 + next(50) / 100, ms);
          const there = outputsOf(command);
          expect(there, `after ${signal}`).toEqual(
            there.map((one, index) => (one === null ? null : outputs[index])),
          );
          await finish(command, whole[3]);
          if (command.once === true) clean(command);
          expect(await toItsEnd(command), `again after ${signal}`).toEqual(whole);
        });
        expect(left, `after ${signal}`).toEqual(NOTHING);
        noteFault(`${signal} in the middle, then run again`, name, 'equal');
      }
    }
  });
});
