import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockProject } from '#project/project-lock.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

function spawnHolder(folder: string): ChildProcess {
  const script = join(import.meta.dirname, '../helpers/lock-holder.ts');
  return spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'ignore'] });
}

/** `locked` or the kind of the fault. */
async function answerOf(child: ChildProcess): Promise<string> {
  const [data] = (await once(child.stdout!, 'data')) as [Buffer];
  return data.toString().trim();
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

const busy = (pid: number | undefined) =>
  expect.objectContaining({ kind: 'project-busy', message: `process ${pid} is writing to this project` });
const holderFile = (folder: string) => join(folder, '.userferry/lock.json');

describe('the lock of a project', () => {
  it('is held by one and given back', async () => {
    const folder = temporaryFolder('lock');
    const lock = await lockProject(folder);
    expect(JSON.parse(readFileSync(holderFile(folder), 'utf8'))).toEqual({
      pid: process.pid,
      startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
    await expect(lockProject(folder)).rejects.toThrow(busy(process.pid));
    await lock.release();
    await lock.release();
    await (await lockProject(folder)).release();
    expect(readdirSync(join(folder, '.userferry'))).toEqual(['lock']);
  });

  it('of another process names it, and ends with it even when it is killed', async () => {
    const folder = temporaryFolder('lock');
    const child = spawnHolder(folder);
    expect(await answerOf(child)).toBe('locked');
    await expect(lockProject(folder)).rejects.toThrow(busy(child.pid));
    await kill(child);
    expect(existsSync(holderFile(folder))).toBe(true);
    await (await lockProject(folder)).release();
    expect(existsSync(holderFile(folder))).toBe(false);
  });

  it('goes to exactly one of several processes after a holder was killed', async () => {
    const folder = temporaryFolder('lock');
    const first = spawnHolder(folder);
    await answerOf(first);
    await kill(first);
    const children = Array.from({ length: 4 }, () => spawnHolder(folder));
    const answers = await Promise.all(children.map(answerOf));
    await Promise.all(children.map(kill));
    expect(answers.toSorted()).toEqual(['locked', 'project-busy', 'project-busy', 'project-busy']);
  });

  it('goes to exactly one of many in one process', async () => {
    const folder = temporaryFolder('lock');
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => lockProject(folder)));
    expect(tries.filter((one) => one.status === 'fulfilled').length).toBe(1);
  });

  it('is refused without a name where the holder file says nothing', async () => {
    const folder = temporaryFolder('lock');
    const lock = await lockProject(folder);
    writeFileSync(holderFile(folder), '{"pid": 1');
    await expect(lockProject(folder)).rejects.toThrow(
      expect.objectContaining({ message: 'another process is writing to this project' }),
    );
    await lock.release();
  });

  it('cannot be taken where the private folder is a file', async () => {
    const folder = temporaryFolder('lock');
    writeFileSync(join(folder, '.userferry'), '');
    await expect(lockProject(folder)).rejects.toThrow(
      expect.objectContaining({ kind: 'project-unwritable' }),
    );
    const taken = temporaryFolder('lock');
    mkdirSync(join(taken, '.userferry/lock'), { recursive: true });
    await expect(lockProject(taken)).rejects.toThrow(expect.objectContaining({ kind: 'project-unwritable' }));
  });
});
