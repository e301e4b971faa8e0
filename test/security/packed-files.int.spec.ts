import { cpSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '#test/engine.ts';
import { resultOf } from '#test/engine-client.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { told } from '#test/told.ts';

const MEGABYTE = 1024 * 1024;
const engine = startEngine();
const { client } = engine;
let folder = '';
let project = '';

beforeAll(async () => {
  folder = temporaryFolder('packed-files');
  project = await sqliteSampleProject(join(folder, 'acme'), { users: 300 });
}, 60_000);
afterAll(async () => {
  await engine.close();
  removeFolder(folder);
});

/** A file that is small on the disk and unpacks to so many times the text: packed pieces put together are one. */
function bomb(name: string, text: string, times: number): string {
  const path = join(folder, name);
  const piece = gzipSync(text, { level: 9 });
  writeFileSync(path, Buffer.concat(Array.from({ length: times }, () => piece)));
  return path;
}

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const audit = (path: string) =>
  resultOf(client.audit.run({ project, against: { kind: 'export', files: [path] } }));
const plan = (path: string) => resultOf(client.plan.make({ project, accessLog: { files: [path] } }));

/** What is wrong with the project once its users are in this file. */
async function errorsWith(path: string): Promise<readonly string[]> {
  const own = join(folder, 'dump');
  cpSync(project, own, { recursive: true });
  const settings = JSON.parse(readFileSync(join(own, 'userferry.json'), 'utf8')) as object;
  const legacy = { engine: 'ndjson', file: path };
  writeFileSync(join(own, 'userferry.json'), JSON.stringify({ ...settings, legacy }));
  const { diagnostics } = await client.projects.check({ project: own });
  return diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
}

const RECORD = `{"user_id":"auth0|1","email":"a@example.com","name":"${'a'.repeat(MEGABYTE)}"}\n`;
const tooPacked = { kind: 'input-invalid', message: expect.stringMatching(/unpacks to more than \d+ times/) };

describe('packed files that unpack to hundreds of times their size', () => {
  it('are refused as a user export before they fill anything', async () => {
    const path = bomb('users.ndjson.gz', RECORD.repeat(8), 40);
    expect(statSync(path).size).toBeLessThan(MEGABYTE);
    expect(await told(() => audit(path))).toMatchObject(tooPacked);
  });

  it('are refused as an access log', async () => {
    const line = `2026-01-01T00:00:00Z,u@example.com,${'a'.repeat(MEGABYTE)}\n`;
    const path = bomb('log.csv.gz', line.repeat(8), 40);
    expect(await told(() => plan(path))).toMatchObject({ kind: 'input-invalid' });
  });

  // One guard for CSV and NDJSON; taking CSV apart takes ten times as long.
  it('are refused as a dump of users before they fill the disk', async () => {
    expect(await errorsWith(bomb('dump.ndjson.gz', RECORD.repeat(8), 40))).toEqual([
      expect.stringMatching(/unpacks to more than 250 times its size/),
    ]);
  });

  it('are refused where they are one endless line, without taking memory for it', async () => {
    const path = bomb('line.ndjson.gz', 'a'.repeat(8 * MEGABYTE), 8);
    const before = process.memoryUsage().rss;
    expect(await told(() => audit(path))).toMatchObject({ kind: 'input-invalid' });
    expect((process.memoryUsage().rss - before) / MEGABYTE).toBeLessThan(400);
  });
});

describe('packed files that are broken', () => {
  const text = '{"user_id":"auth0|1","email":"a@example.com"}\n'.repeat(2_000);
  const packed = gzipSync(text);
  it.each([
    ['cut off', packed.subarray(0, 100)],
    ['not packed at all behind the mark', Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.alloc(500, 7)])],
    ['nothing but the mark', Buffer.from([0x1f, 0x8b])],
    ['with a wrong checksum', Buffer.concat([packed.subarray(0, -8), Buffer.alloc(8)])],
    ['packed twice', gzipSync(packed)],
    ['a ZIP archive', Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), packed])],
  ])('are told as such, in an export and in a log: %s', async (what, content) => {
    const path = file(`${what.replaceAll(' ', '-')}.gz`, content);
    expect([await told(() => audit(path)), await told(() => plan(path))]).toMatchObject([
      { kind: 'input-invalid' },
      { kind: 'input-invalid' },
    ]);
  });

  it('do not keep the next one from being read', async () => {
    const { tenant } = (await audit(file('good.ndjson.gz', packed))) as { readonly tenant: object };
    expect([tenant, engine.bugs]).toMatchObject([{ lines: 2_000 }, []]);
  });
});
