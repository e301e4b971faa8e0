import { cpSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProjectStore } from '#project/project-store.ts';
import { readCredentials } from '#project/read-credentials.ts';
import { SCRIPTS } from '#test/bad-input.ts';
import { startEngine } from '#test/engine.ts';
import { cleanAfterwards } from '#test/fault-leftovers.ts';
import { noteFault, points, seededPoints } from '#test/fault-matrix.ts';
import { faultKindOf } from '#test/fault-reply.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { ndjsonExport } from '#test/write-user-export.ts';

cleanAfterwards();

const engine = startEngine();
const { client } = engine;
const allow = 1_000_000;
let folder = '';
let project = '';
let trial = '';
const within = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = temporaryFolder('damaged-inputs');
  project = await sqliteSampleProject(within('acme'), { users: 300 });
  trial = (await engine.trial({ project, kind: 'bulk' })).trial.id;
  const format = 'import-files' as const;
  const asked = { project, format, trials: [trial], allow, acceptRandomPasswords: true };
  await client.exports.create({ ...asked, out: within('export') });
  const tenant = ndjsonExport(
    Array.from({ length: 150 }, (_, n) => ({
      user_id: `auth0|${n}`,
      email: `user${n}@example.com`,
      identities: [{ connection: 'acme-customers', provider: 'auth0', user_id: `${n}`, isSocial: false }],
    })),
  );
  writeFileSync(within('users.ndjson'), tenant);
  writeFileSync(within('users.ndjson.gz'), gzipSync(tenant));
  cpSync(join(project, 'access-log.csv.gz'), within('log.csv.gz'));
  const importFiles = join(project, 'trials', trial, 'import');
  cpSync(join(importFiles, readdirSync(importFiles)[0]!), within('users.json'));
  writeFileSync(
    within('connection.json'),
    JSON.stringify({ id: 'con_1', options: { import_mode: true } }, null, 2),
  );
  cpSync(project, within('healthy'), { recursive: true });
}, 120_000);
afterAll(async () => {
  await engine.close();
  removeFolder(folder);
});

async function lastOf<Event>(events: Promise<AsyncIterable<Event>>): Promise<unknown> {
  let last: unknown = null;
  for await (const event of await events) last = event;
  return (last as { readonly result?: unknown }).result;
}
interface Counted {
  readonly tenant?: { readonly lines: number; readonly broken: number };
  readonly accessLog?: { readonly lines: number; readonly broken: number };
}
const audit = async (file: string): Promise<Counted> => {
  const against = { kind: 'export' as const, files: [within(file)] };
  return (await lastOf(client.audit.run({ project, against }))) as Counted;
};

const SETTINGS = [
  'userferry.json',
  '.userferry/secrets.json',
  '.userferry/credentials.csv',
  'triggers/triggers.json',
];

interface Reader {
  /** Damaged one after the other. */
  readonly files: () => readonly string[];
  readonly read: () => Promise<unknown>;
  /** Whether an answer, other than a fault, says what is there: what is cut at the end of a line cannot be known. */
  readonly honest?: (answer: never, whole: never) => boolean;
}

const READERS: Readonly<Record<string, Reader>> = {
  'a proof': {
    files: () => [within('export/proof.json')].filter((path) => existsSync(path)),
    read: () => client.exports.verify({ folder: within('export') }),
    honest: ({ intact }: { readonly intact: boolean }) => !intact,
  },
  'an export’s files': {
    files: () => filesBelow(within('export')).filter((path) => !path.includes('proof')),
    read: () => client.exports.verify({ folder: within('export') }),
    honest: ({ intact }: { readonly intact: boolean }) => !intact,
  },
  'a tenant’s users': {
    files: () => [within('users.ndjson')],
    read: () => audit('users.ndjson'),
    honest: ({ tenant }: Counted, whole: Counted) =>
      tenant!.broken > 0 || tenant!.lines <= whole.tenant!.lines,
  },
  'a tenant’s users, packed': {
    files: () => [within('users.ndjson.gz')],
    read: () => audit('users.ndjson.gz'),
  },
  'a log of logins, packed': {
    files: () => [within('log.csv.gz')],
    read: () => lastOf(client.plan.make({ project, accessLog: { files: [within('log.csv.gz')] } })),
  },
  'an import file': {
    files: () => [within('users.json')],
    read: () => client.jobs.import({ project, trial, files: [within('users.json')], upsert: true }),
    honest: () => true,
  },
  'the tenant’s connection': {
    files: () => [within('connection.json')],
    read: () => {
      const asked = { project, format: 'management-api', allowUnvalidated: true, force: true } as const;
      return client.exports.create({ ...asked, out: within('merged'), current: within('connection.json') });
    },
    honest: () => true,
  },
  'files of a project': {
    files: () => {
      const actions = readdirSync(join(project, 'actions')).filter((name) => name.endsWith('.json'));
      const scripts = ['database.json', 'login.js', 'get_user.js'].map((name) => join(SCRIPTS, name));
      return [...SETTINGS, ...scripts, ...actions.map((name) => join('actions', name))].map((name) =>
        join(project, name),
      );
    },
    read: () => client.projects.check({ project }),
    honest: () => true,
  },
  'test accounts': {
    files: () => [join(project, '.userferry/credentials.csv')],
    read: async () => {
      const { settings } = await createProjectStore({ ...process.env }).open(project);
      return readCredentials({ folder: project, settings });
    },
    honest: () => true,
  },
  'the list of exports': {
    files: () => [join(project, '.userferry/exports.json')],
    read: () => client.exports.list({ project }),
    honest: () => true,
  },
};

const DAMAGES = {
  'cut off': (path: string, next: (below: number) => number) =>
    truncateSync(path, next(readFileSync(path).length)),
  'with noise in it': (path: string, next: (below: number) => number) => {
    const bytes = readFileSync(path);
    const from = next(bytes.length);
    for (let at = from; at < Math.min(bytes.length, from + 24); at++)
      bytes[at] = (bytes[at]! + 1 + next(254)) % 256;
    writeFileSync(path, bytes);
  },
} as const;

const FAULTS =
  /^(input-invalid|project-invalid|project-newer|legacy-query|legacy-unreachable|trial-missing|folder-unreadable)$/;

describe.each(Object.keys(READERS))('%s', (name) => {
  it.each(['cut off', 'with noise in it'] as const)(
    '%s: told as what it is, and never a mistake of ours',
    { timeout: 300_000 },
    async (damage) => {
      const { files, read, honest } = READERS[name]!;
      const next = seededPoints(name.length + damage.length);
      const whole = await read();
      const found = files();
      expect(found.length).toBeGreaterThan(0);
      for (let point = 0; point < points(6, 60); point++) {
        const path = found[next(found.length)]!;
        const before = readFileSync(path);
        DAMAGES[damage](path, next);
        let answer: unknown;
        const kind = await faultKindOf(read().then((given) => (answer = given)));
        writeFileSync(path, before);
        const says = `${path} at point ${point}`;
        if (kind === 'ok')
          expect([says, honest?.(answer as never, whole as never) ?? false]).toEqual([says, true]);
        else expect([says, kind]).toEqual([says, expect.stringMatching(FAULTS)]);
        noteFault(`${name} ${damage}`, 'reading it', kind === 'ok' ? 'equal' : 'fault');
      }
      expect(engine.bugs).toEqual([]);
    },
  );
});

it('a store that is a file, packed and cut off anywhere, is never a shorter list of users', async () => {
  const dump = within('dump');
  rmSync(dump, { recursive: true, force: true });
  cpSync(within('healthy'), dump, { recursive: true });
  const settings = JSON.parse(readFileSync(join(dump, 'userferry.json'), 'utf8')) as Record<string, unknown>;
  const rows = Array.from({ length: 400 }, (_, id) => `${id},user${id}@example.com`).join('\n');
  const packed = gzipSync(`id,email\n${rows}\n`);
  const of = {
    legacy: { engine: 'csv', file: 'users.csv.gz' },
    users: { table: 'users', key: ['id'] },
    fields: { id: 'id', email: 'email' },
  };
  writeFileSync(join(dump, 'userferry.json'), JSON.stringify({ ...settings, ...of }));
  const next = seededPoints(4);
  for (let point = 0; point < points(5, 60); point++) {
    writeFileSync(join(dump, 'users.csv.gz'), packed.subarray(0, next(packed.length)));
    const kind = await faultKindOf(client.trials.start({ project: dump, kind: 'bulk' }));
    expect(kind).toBe('legacy-query');
    noteFault('a packed list of users cut off', 'trial, before it began', 'fault');
  }
  expect([readdirSync(join(dump, '.userferry/cache')), engine.bugs]).toEqual([[], []]);
});

function filesBelow(path: string): string[] {
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
