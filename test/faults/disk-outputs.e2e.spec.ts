import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { told } from '#test/bad-input.ts';
import { describeWith } from '#test/describe-with.ts';
import { startEngine } from '#test/engine.ts';
import { cleanAfterwards } from '#test/fault-leftovers.ts';
import { noteFault, points } from '#test/fault-matrix.ts';
import { mountMissing, withDisk, withReadOnly } from '#test/mounted.ts';
import { leftBehind, NOTHING } from '#test/nothing-left.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { userferry } from '#test/userferry.ts';

cleanAfterwards();

const ROOM_KB = 20_000;
const allow = ['--allow', '1000000'];

let project = '';
let trial = '';

/** What writes a file or folder where somebody wants it. */
const WRITERS: Readonly<Record<string, (folder: string) => readonly string[]>> = {
  report: (folder) => ['report', trial, '-f', 'html', '--out', join(folder, 'report.html'), ...allow],
  audit: (folder) => ['audit', '--against', trial, '--out', join(folder, 'audit.html'), ...allow],
  'audit --list': (folder) => ['audit', '--against', trial, '--list', join(folder, 'people.csv'), ...allow],
  plan: (folder) => ['plan', '-f', 'html', '--out', join(folder, 'plan.html'), ...allow],
  'plan --leftovers': (folder) => ['plan', '--leftovers', join(folder, 'left.csv'), ...allow],
  export: (folder) => {
    const what = ['export', '-f', 'import-files', '-t', trial, '--out', join(folder, 'upload')];
    return [...what, '--accept-random-passwords', ...allow];
  },
  'jobs list --rejects': (folder) => [
    'jobs',
    'list',
    '--trial',
    trial,
    '--rejects',
    join(folder, 'rejects.json'),
  ],
};

describeWith(
  'files that are wanted on a disk',
  mountMissing(),
  () => {
    beforeAll(async () => {
      project = await sqliteSampleProject(join(temporaryFolder('outputs'), 'acme'), { users: 1_200 });
      const engine = startEngine();
      trial = (await engine.trial({ project, kind: 'bulk' })).trial.id;
      await engine.close();
    }, 120_000);
    afterAll(() => removeFolder(join(project, '..')));

    it.each(Object.keys(WRITERS))(
      '%s: full or read-only, it says so and leaves nothing, and works once there is room',
      { timeout: 300_000 },
      async (name) => {
        const args = (folder: string) => [...WRITERS[name]!(folder), '-p', project];
        await withDisk(ROOM_KB, async (disk, resize) => {
          // From no room at all to nearly enough, in pages of four kilobytes.
          for (let size = 0; size < points(1, 5); size++) {
            resize(4 + size * 4);
            const left = await leftBehind([disk], async () => {
              expect([size, await told(...args(disk))]).toEqual([
                size,
                {
                  code: 2,
                  says: expect.stringMatching(/^(file|project-unwritable)$/),
                  message: expect.stringMatching(/the disk is full/),
                },
              ]);
            });
            expect([left, readdirSync(disk)]).toEqual([NOTHING, []]);
            noteFault('disk full', name, 'fault');
          }
          resize(ROOM_KB);
          const { code, stderr } = await userferry([...args(disk), '--quiet']);
          expect([code, stderr, readdirSync(disk).length]).toEqual([0, '', 1]);
        });
        const closed = temporaryFolder('closed');
        await withReadOnly(closed, async (readOnly) => {
          expect([await told(...args(readOnly)), readdirSync(readOnly)]).toEqual([
            {
              code: 2,
              says: expect.stringMatching(/^(file|project-unwritable)$/),
              message: expect.stringMatching(/the file system is read-only/),
            },
            [],
          ]);
          noteFault('disk read-only', name, 'fault');
        });
        removeFolder(closed);
      },
    );

    it('a full disk for temporary files stops an audit, and nothing stays there', {
      timeout: 60_000,
    }, async () => {
      const usual = process.env['TMPDIR'];
      await withDisk(16, async (disk) => {
        mkdirSync(join(disk, 't'));
        process.env['TMPDIR'] = join(disk, 't');
        const found = await told('audit', '--against', trial, '-p', project);
        if (usual === undefined) delete process.env['TMPDIR'];
        else process.env['TMPDIR'] = usual;
        expect([found, readdirSync(join(disk, 't'))]).toEqual([
          {
            code: 2,
            says: 'replica-unwritable',
            message: expect.stringMatching(/cannot keep its work files/),
          },
          [],
        ]);
        noteFault('disk full', 'temporary files of an audit', 'fault');
      });
    });
  },
  { required: false },
);
