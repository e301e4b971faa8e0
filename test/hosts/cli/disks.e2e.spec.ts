import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { check, told, trial } from '#test/bad-input.ts';
import { describeWith } from '#test/describe-with.ts';
import { cleanAfterwards } from '#test/fault-leftovers.ts';
import { noteFault } from '#test/fault-matrix.ts';
import { mountMissing, withDisk, withReadOnly } from '#test/mounted.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { userferry } from '#test/userferry.ts';

cleanAfterwards();

describeWith(
  'disks',
  mountMissing(),
  () => {
    it('that cannot be written to are told as what they are', async () => {
      const project = await sqliteSampleProject(join(temporaryFolder('disk'), 'acme'), { users: 300 });
      const message = expect.stringMatching(/the file system is read-only$/);
      await withReadOnly(project, async (readOnly) => {
        expect([
          (await check(readOnly)).code,
          await trial(readOnly, 'bulk'),
          await told('init', join(readOnly, 'new'), '--from', 'postgresql'),
        ]).toEqual([
          0,
          { code: 2, says: 'project-unwritable', message },
          { code: 2, says: 'project-unwritable', message },
        ]);
        noteFault('disk read-only', 'bulk trial, new project', 'fault', 2);
      });
    });

    it('that are full stop a new project without leaving half of one', async () => {
      await withDisk(300, async (disk) => {
        const made = await told('init', join(disk, 'acme'), '--from', 'sample', '--users', '20000');
        expect([made, readdirSync(disk)]).toEqual([
          { code: 2, says: 'project-unwritable', message: 'writing the project failed: the disk is full' },
          [],
        ]);
        noteFault('disk full', 'new project', 'fault');
      });
    });

    it('that fill up during a trial stop it, and it goes on once there is room', async () => {
      await withDisk(40_000, async (disk, resize) => {
        const project = join(disk, 'acme');
        await sqliteSampleProject(project, { users: 3000 });
        resize(kilobytesIn(project) + 600);
        const stopped = await userferry(['trial', 'bulk', '-p', project]);
        resize(40_000);
        const command = /^ {2}userferry (trial resume \S+) --project/m.exec(stopped.stdout)?.[1] ?? 'none';
        const resumed = await userferry([...command.split(' '), '-p', project, '--json']);
        const { result } = JSON.parse(resumed.stdout) as { result: { counts: { done: number }[] } };
        expect({
          stopped: [stopped.code, /^Stopped: .*the disk is full/m.test(stopped.stdout)],
          silent: stopped.stderr.includes('unsettled'),
          resumed: [resumed.code, result.counts.map(({ done }) => done)],
        }).toEqual({ stopped: [2, true], silent: false, resumed: [1, [3000]] });
        noteFault('disk full', 'command line, bulk trial', 'fault');
      });
    });
  },
  { required: false },
);

function kilobytesIn(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const bytes = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name)).length);
  return bytes.reduce((sum, size) => sum + Math.ceil(size / 4096) * 4, 0);
}
