import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FILE_BYTES } from '#domain/migration/import-batcher.ts';
import { utf8Length } from '#domain/utf8.ts';
import { startEngine } from '#test/engine.ts';
import { changeSettings } from '#test/flow-project.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

type User = Readonly<Record<string, unknown>>;

const engine = startEngine();
let project = '';
let files = 0;

beforeAll(async () => {
  project = join(temporaryFolder('rejects'), 'acme');
  await sqliteSampleProject(project, { users: 300 });
});
afterAll(async () => {
  await engine.close();
  removeFolder(project);
});

/** Sends each text as one file. */
async function send(texts: readonly string[], trial?: string) {
  const paths = texts.map((text) => {
    const path = join(project, `next-${(files += 1)}.json`);
    writeFileSync(path, text);
    return path;
  });
  const sent = await engine.client.jobs.import({ project, files: paths, ...(trial && { trial }) });
  const jobs = sent.files.map((file) => (file.kind === 'job' ? file.job : file.refusal));
  return { trial: sent.trial, jobs };
}

const summaries = ({ jobs }: Awaited<ReturnType<typeof send>>) =>
  jobs.map((job) => ('summary' in job ? job.summary : job));

async function rejects(trial: string, job?: string) {
  const { records, files: texts } = await engine.client.jobs.rejects({ project, trial, job });
  const users = texts.map(({ text }) => JSON.parse(text) as User[]);
  expect(texts.map((file) => file.records)).toEqual(users.map(({ length }) => length));
  expect(records).toBe(users.flat().length);
  return { users: users.flat(), texts: texts.map(({ text }) => text) };
}

describe('the next files', () => {
  it('of a bulk trial and a file sent after it take in everybody once they are mended', async () => {
    const { trial } = await engine.trial({ project, kind: 'bulk' });
    const first = JSON.parse(
      readFileSync(join(project, 'trials', trial.id, 'import/users-00001.json'), 'utf8'),
    ) as User[];
    const [job] = await engine.client.jobs.list({ project, trial: trial.id });
    const ofTrial = await rejects(trial.id);
    const good = { email: 'new@example.com', user_id: 'new-1' };
    const bad = [
      { email: 'no address', user_id: 'new-2' },
      { email: 'c@example.com', blocked: 1 },
    ];
    await send([JSON.stringify([good, ...bad])], trial.id);
    const before = await rejects(trial.id);

    const mended = before.users.map((user, index) => ({
      ...Object.fromEntries(Object.entries(user).filter(([name]) => name !== 'blocked')),
      email: `mended-${index}@example.com`,
      user_id: `mended-${index}`,
    }));
    const again = await send([JSON.stringify(mended)], trial.id);
    expect({
      failedOfTrial: ofTrial.users.length,
      fromTheFile: ofTrial.users.every((user) =>
        first.some((one) => JSON.stringify(one) === JSON.stringify(user)),
      ),
      before: before.users,
      again: summaries(again),
    }).toEqual({
      failedOfTrial: job!.job.summary!.failed,
      fromTheFile: true,
      before: [...ofTrial.users, ...bad],
      again: [{ total: mended.length, inserted: mended.length, updated: 0, failed: 0 }],
    });
    expect(ofTrial.users.length).toBeGreaterThan(0);
  });

  it('leave out what was mended and sent again, and have a record that failed twice once, in its newest form', async () => {
    const { trial } = await send([
      JSON.stringify([
        { user_id: 'A', email: 'nope' },
        { user_id: 'b', email: 'nope' },
        { email: 'twice@example.com' },
        { email: 'twice@example.com' },
        'not a user',
      ]),
    ]);
    await send([JSON.stringify([{ user_id: 'a', email: 'a@example.com' }])], trial);
    const second = await send([JSON.stringify([{ user_id: 'b', email: 'still nope' }])], trial);
    const [, , last] = await engine.client.jobs.list({ project, trial });
    expect(summaries(second)).toMatchObject([{ failed: 1 }]);
    expect((await rejects(trial)).users).toEqual([
      { email: 'twice@example.com' },
      'not a user',
      { user_id: 'b', email: 'still nope' },
    ]);
    expect((await rejects(trial, last!.job.id)).users).toEqual([{ user_id: 'b', email: 'still nope' }]);
  });

  it('are split to size, lose nobody, and import as they are once the reason is gone', async () => {
    const broken = Array.from({ length: 4_000 }, (_, index) => ({
      user_id: `u${index}`,
      email: `u${index}@example.com`,
      blocked: 'not at all',
      user_metadata: { text: 'ä'.repeat(40) },
    }));
    const half = broken.length / 2;
    const sent = [broken.slice(0, half), broken.slice(half)].map((users) => JSON.stringify(users));
    const { trial } = await send(sent);
    const { users, texts } = await rejects(trial);
    expect(users).toEqual(broken);
    expect(texts.length).toBeGreaterThan(1);
    expect(texts.every((text) => utf8Length(text) <= FILE_BYTES + 1)).toBe(true);
    const mended = texts.map((text) => text.replaceAll('"blocked":"not at all",', ''));
    const inserted = summaries(await send(mended, trial)).map(
      (one) => (one as { inserted: number }).inserted,
    );
    expect(inserted.reduce((sum, one) => sum + one, 0)).toBe(broken.length);
    expect(await engine.client.jobs.rejects({ project, trial })).toEqual({ records: 0, files: [] });
  });

  it('begin where a job ran out of time', async () => {
    changeSettings(project, { assumptions: { 'import-rate': 'free-tier' } });
    try {
      const { trial } = await send([`[${Array.from({ length: 39_610 }, () => '1').join()}]`]);
      const { records } = await engine.client.jobs.rejects({ project, trial });
      expect(records).toBe(39_610);
    } finally {
      changeSettings(project, { assumptions: {} });
    }
  });
});
