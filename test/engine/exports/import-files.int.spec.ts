import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { replicaOpener } from '#replica/replica-opener.ts';
import { startEngine } from '#test/engine.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const engine = startEngine();
const { client } = engine;
const root = temporaryFolder('import-files');
afterAll(() => engine.close());

/** An entry of manifest.json. */
interface Upload {
  readonly file: string;
  readonly withoutPassword: number;
}

it('import files hold, one after the other, exactly the records of the trial in order, each file with its bounds', async () => {
  const wide = join(root, 'wide');
  await sqliteSampleProject(wide, { users: 3_000 });
  const { trial } = await engine.trial({ project: wide, kind: 'bulk' });
  // Whoever is sent in afterwards is in no file of the trial.
  const later = join(root, 'later.json');
  writeFileSync(later, '[{"email":"later@example.com"}]');
  await client.jobs.import({ project: wide, trial: trial.id, files: [later] });
  const { folder } = await client.exports.create({
    project: wide,
    format: 'import-files',
    out: join(root, 'out'),
    allow: 3_000,
    trials: [trial.id],
    acceptRandomPasswords: true,
  });
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    readonly uploads: readonly Upload[];
  };
  const fates = new Map(
    readFileSync(join(folder, 'failed-users.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly position: number; readonly fate: string })
      .map(({ position, fate }) => [position, fate]),
  );
  const replica = replicaOpener.openReadOnly(join(wide, 'trials', trial.id, 'replica.db'));
  const inFiles = replica
    .verdicts('bulk', -1, 3_000)
    .filter(({ position }) => fates.get(position) !== 'kept-out');
  replica.close();
  const contents = manifest.uploads.map(({ file }) => readFileSync(join(folder, file)));
  const ids = contents.map((content) =>
    (JSON.parse(content.toString('utf8')) as { readonly user_id: string }[]).map((user) => user.user_id),
  );
  const keyOf = (id: string | undefined) => inFiles.find(({ legacyId }) => legacyId === id)?.key;
  expect(ids.flat()).toEqual(inFiles.map(({ legacyId }) => legacyId));
  expect(manifest.uploads.length).toBeGreaterThan(1);
  expect(manifest.uploads).toEqual(
    contents.map((content, index) => ({
      order: index + 1,
      file: `users/users-0000${index + 1}.json`,
      externalId: `${trial.id}-0000${index + 1}`,
      upsert: false,
      bytes: content.length,
      records: ids[index]!.length,
      firstKey: keyOf(ids[index]!.at(0)),
      lastKey: keyOf(ids[index]!.at(-1)),
      withoutPassword: manifest.uploads[index]!.withoutPassword,
      sha256: createHash('sha256').update(content).digest('hex'),
    })),
  );
});
