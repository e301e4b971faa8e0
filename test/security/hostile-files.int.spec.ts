import { createWriteStream, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCRIPTS } from '#test/bad-input.ts';
import { startEngine } from '#test/engine.ts';
import { resultOf } from '#test/engine-client.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { trialIds } from '#test/trial-contents.ts';

const engine = startEngine();
const { client } = engine;
let folder = '';
let project = '';

beforeAll(async () => {
  folder = temporaryFolder('hostile-files');
  project = await sqliteSampleProject(join(folder, 'acme'), { users: 300 });
}, 60_000);
afterAll(async () => {
  await engine.close();
  removeFolder(folder);
});

/** A file that is small on the disk and unpacks to this many megabytes. */
async function bomb(name: string, line: string, megabytes: number): Promise<string> {
  const path = join(folder, name);
  const piece = line.repeat(Math.ceil(1_048_576 / line.length));
  const pieces = Readable.from(
    (function* () {
      for (let made = 0; made < megabytes; made++) yield piece;
    })(),
  );
  await pipeline(pieces, createGzip({ level: 9 }), createWriteStream(path));
  return path;
}

const told = async (work: () => Promise<unknown>): Promise<unknown> => {
  try {
    return await work();
  } catch (trouble) {
    const { data, message } = trouble as {
      readonly data?: { readonly kind: string };
      readonly message: string;
    };
    return { kind: data?.kind ?? String(trouble), message };
  }
};

const audit = (path: string) =>
  resultOf(client.audit.run({ project, against: { kind: 'export', files: [path] } }));

describe('packed files that unpack to hundreds of times their size', () => {
  it('are refused as a user export before they fill anything', { timeout: 120_000 }, async () => {
    const path = await bomb('users.ndjson.gz', '{"user_id":"auth0|1","email":"a@example.com"}\n', 300);
    expect(await told(() => audit(path))).toMatchObject({
      kind: 'input-invalid',
      message: expect.stringMatching(/pack/),
    });
  });

  it('are refused where they are one endless line', { timeout: 120_000 }, async () => {
    const path = await bomb('line.ndjson.gz', 'a'.repeat(1_024), 40);
    const before = process.memoryUsage().rss;
    expect(await told(() => audit(path))).toMatchObject({ kind: 'input-invalid' });
    expect((process.memoryUsage().rss - before) / 1_048_576).toBeLessThan(400);
  });

  it('are told as broken where they are cut off or not packed at all', async () => {
    const cut = join(folder, 'cut.ndjson.gz');
    const text = '{"user_id":"auth0|1","email":"a@example.com"}\n'.repeat(2_000);
    writeFileSync(cut, gzipSync(text).subarray(0, 100));
    const fake = join(folder, 'fake.ndjson.gz');
    writeFileSync(fake, Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.alloc(500, 7)]));
    expect([await told(() => audit(cut)), await told(() => audit(fake))]).toMatchObject([
      { kind: 'input-invalid' },
      { kind: 'input-invalid' },
    ]);
  });
});

describe('ways out of a project', () => {
  it.each([
    ['a script named by a way up', { login: '../../../outside.js' }],
    ['a script named by its whole path', { login: '/etc/passwd' }],
    ['a script that is a link', { login: './link.js' }],
  ])('are not taken: %s', async (_what, scripts) => {
    const own = join(temporaryFolder('ways'), 'acme');
    await sqliteSampleProject(own, { users: 300 });
    writeFileSync(join(own, '..', 'outside.js'), 'function login() { /* canary-outside */ }');
    symlinkSync(join(own, '..', 'outside.js'), join(own, SCRIPTS, 'link.js'));
    const options = JSON.stringify({
      name: 'acme-customers',
      strategy: 'auth0',
      options: { enabledDatabaseCustomization: true, import_mode: true, customScripts: scripts },
    });
    writeFileSync(join(own, SCRIPTS, 'database.json'), options);
    const { diagnostics } = await client.projects.check({ project: own });
    const started = await told(() => client.trials.start({ project: own, kind: 'lazy' }));
    expect({
      codes: diagnostics.some(({ code }) => code === 'project.script-outside'),
      leaks: JSON.stringify([diagnostics, started]).includes('canary-outside'),
      trials: trialIds(own),
    }).toEqual({ codes: true, leaks: false, trials: [] });
    removeFolder(join(own, '..'));
  });

  it.each([
    ['the way to another folder', '../../etc'],
    ['the folder above', '..'],
    ['the folder itself', '.'],
    ['nothing', ''],
    ['a folder below', 'a/b'],
    ['a null character', 'x\0y'],
    ['a way in percent signs', '%2e%2e'],
    ['a name that is far too long', 'a'.repeat(5_000)],
  ])('are no ids of trials: %s', async (_what, trial) => {
    const about = { project, trial };
    const answers = await Promise.all([
      told(() => client.trials.show(about)),
      told(() => client.trials.remove(about)),
      told(() => client.trials.report(about)),
      told(() => client.jobs.list(about)),
    ]);
    expect(answers).toEqual(
      Array.from({ length: 4 }, () => expect.objectContaining({ kind: 'trial-missing' })),
    );
  });

  it('are not taken by an export that would land in a link', async () => {
    const target = join(folder, 'precious');
    mkdirSync(target);
    writeFileSync(join(target, 'kept.txt'), 'kept');
    const link = join(folder, 'link-to-precious');
    symlinkSync(target, link);
    const { trial } = await engine.trial({ project, kind: 'bulk' });
    const answer = await told(() =>
      client.exports.create({
        project,
        format: 'import-files',
        trials: [trial.id],
        out: link,
        allow: 9_999,
        force: true,
      } as unknown as Parameters<typeof client.exports.create>[0]),
    );
    expect([answer, readdirSync(target)]).toMatchObject([{ kind: expect.any(String) }, ['kept.txt']]);
  });
});
