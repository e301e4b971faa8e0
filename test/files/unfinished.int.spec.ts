import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { abandonedIn, sweepUnfinished, unfinishedPath } from '#files/unfinished.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

/** The id of a process that has just ended. */
const deadPid = (): number => spawnSync(process.execPath, ['-e', '']).pid;

/** A path as another process would have chosen it. */
function pathOf(path: string, pid: number, kind: 'tmp' | 'old' = 'tmp'): string {
  return unfinishedPath(path, kind).replace(`-${process.pid}-`, `-${pid}-`);
}

describe('what is not finished', () => {
  it('is removed once its process is dead, files and folders, of one path or of all', () => {
    const folder = temporaryFolder();
    const [mine, yours] = [join(folder, 'mine.json'), join(folder, 'yours')];
    const dead = deadPid();
    const own = unfinishedPath(mine);
    const others = [pathOf(mine, process.ppid), pathOf(yours, dead, 'old')];
    for (const path of [own, ...others, pathOf(mine, dead)]) writeFileSync(path, 'half');
    mkdirSync(join(pathOf(yours, dead), 'deep'), { recursive: true });
    writeFileSync(join(folder, '.somebody.tmp'), '');
    const left = () => readdirSync(folder).length;
    const counts = [left()];
    sweepUnfinished(folder, mine);
    counts.push(left());
    sweepUnfinished(folder);
    counts.push(left());
    expect([counts, [own, ...others].every((path) => existsSync(path))]).toEqual([[6, 5, 4], true]);
    expect(abandonedIn(folder, 'old', yours)).toEqual([others[1]]);
  });

  it('of a process with our id is removed where it is older than we are, and of another machine after a day', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'a');
    const [mine, foreign, foreignNow] = [unfinishedPath(path), unfinishedPath(path), unfinishedPath(path)];
    const elsewhere = (one: string) => one.replace(/-[0-9a-f]{8}-(\d+-)/, '-00000000-$1');
    for (const one of [mine, elsewhere(foreign), elsewhere(foreignNow)]) writeFileSync(one, '');
    const longAgo = new Date(Date.now() - 2 * 86_400_000);
    for (const one of [mine, elsewhere(foreign)]) utimesSync(one, longAgo, longAgo);
    sweepUnfinished(folder);
    expect(readdirSync(folder)).toEqual([basename(elsewhere(foreignNow))]);
  });

  it('is removed as the link that it is, and a folder that is not there is no trouble', () => {
    const folder = temporaryFolder();
    const target = join(temporaryFolder(), 'kept');
    writeFileSync(target, '');
    symlinkSync(target, pathOf(join(folder, 'a'), deadPid()));
    sweepUnfinished(folder);
    sweepUnfinished(join(folder, 'none'));
    expect([readdirSync(folder), existsSync(target)]).toEqual([[], true]);
  });
});
