import { cpSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith } from '#test/describe-with.ts';
import { followTrial, STEADY, toTheEnd } from '#test/disturbed-trial.ts';
import { startEngine } from '#test/engine.ts';
import { cleanAfterwards } from '#test/fault-leftovers.ts';
import { noteFault, points } from '#test/fault-matrix.ts';
import { mountMissing, withDisk } from '#test/mounted.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

cleanAfterwards();

const USERS = points(600, 2_400);
const ROOM = 60_000;

/** What a trial writes is met by a full disk at this many sizes from nothing to enough. */
const SIZES = points(4, 60);
/** Kilobytes that a trial of this size surely fits into. */
const ENOUGH = { lazy: USERS * 3, bulk: USERS * 3.6 } as const;

describeWith(
  'a disk that is full',
  mountMissing(),
  () => {
    const engine = startEngine();
    const { client } = engine;
    let original = '';

    beforeAll(async () => {
      original = await sqliteSampleProject(join(temporaryFolder('full'), 'acme'), { users: USERS });
    }, 120_000);
    afterAll(async () => {
      await engine.close();
      removeFolder(original);
    });

    it.each(['lazy', 'bulk'] as const)(
      'at any write of a %s trial stops it, and once there is room it ends like one that was left alone',
      { timeout: 600_000 },
      async (kind) => {
        await withDisk(ROOM, async (disk, resize) => {
          const project = join(disk, 'acme');
          cpSync(original, project, { recursive: true });
          const request = {
            project,
            kind,
            depth: 'profiles',
            filter: { where: STEADY },
            retryForSeconds: 0,
          } as const;
          const undisturbed = await followTrial(client, project, (await client.trials.start(request)).id);
          const counts = { refused: 0, stopped: 0, fitted: 0 };
          for (let size = 0; size < SIZES; size++) {
            resize(usedKilobytes(disk) + Math.round((ENOUGH[kind] * size) / SIZES));
            const started = await client.trials.start(request).catch((trouble: unknown) => trouble);
            const id = idOf(started);
            const ended = id === null ? null : await followTrial(client, project, id).catch(() => null);
            resize(ROOM);
            if (id === null) {
              expect(started).toMatchObject({ data: { kind: expect.stringMatching(/unwritable/) } });
              counts.refused += 1;
              noteFault('disk full', `${kind} trial, before it began`, 'fault');
              continue;
            }
            if (ended?.status === 'finished') counts.fitted += 1;
            else counts.stopped += 1;
            const last = await toTheEnd(client, project, ended ?? (await followTrial(client, project, id)));
            expect([last.status, last.digests], `with ${size} of ${SIZES} parts of the room`).toEqual([
              'finished',
              undisturbed.digests,
            ]);
            if (ended?.status !== 'finished') noteFault('disk full', `${kind} trial, while it ran`, 'equal');
            await client.trials.remove({ project, trial: id });
          }
          expect([engine.bugs, counts.stopped + counts.refused > 0]).toEqual([[], true]);
        });
      },
    );
  },
  { required: false },
);

function idOf(started: unknown): string | null {
  return typeof started === 'object' && started !== null && 'id' in started ? String(started.id) : null;
}

function usedKilobytes(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.reduce(
    (sum, { parentPath, name }) => sum + Math.ceil(statSync(join(parentPath, name)).size / 4096) * 4,
    64,
  );
}
