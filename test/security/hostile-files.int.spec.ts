import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCRIPTS } from '#test/bad-input.ts';
import { startEngine } from '#test/engine.ts';
import { resultOf } from '#test/engine-client.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { told } from '#test/told.ts';
import { trialIds } from '#test/trial-contents.ts';

const engine = startEngine();
const { client } = engine;
let folder = '';
let project = '';
let copies = 0;

beforeAll(async () => {
  folder = temporaryFolder('hostile-files');
  project = await sqliteSampleProject(join(folder, 'acme'), { users: 300 });
}, 60_000);
afterAll(async () => {
  await engine.close();
  removeFolder(folder);
  expect(engine.bugs).toEqual([]);
});

function copy(): string {
  const own = join(folder, `copy-${(copies += 1)}`);
  cpSync(project, own, { recursive: true });
  return own;
}

/** Things in the place of a file that a reader would wait for, or read, for ever. */
const TRAPS = {
  'a named pipe': (path: string) => execFileSync('mkfifo', [path]),
  'a link to a device': (path: string) => symlinkSync('/dev/zero', path),
  'a file of ten gigabytes': (path: string) => {
    writeFileSync(path, '');
    truncateSync(path, 10 * 1024 ** 3);
  },
} as const;
type Trap = keyof typeof TRAPS;
const ALL = Object.keys(TRAPS) as Trap[];
/** Of what may be large, and is read piece by piece. */
const ENDLESS = ['a named pipe', 'a link to a device'] as const;

function set(trap: Trap, path: string): string {
  rmSync(path, { force: true });
  TRAPS[trap](path);
  return path;
}

describe.runIf(process.platform !== 'win32')('pipes, devices and giants in the place of a file', () => {
  const places = [
    'userferry.json',
    '.userferry/secrets.json',
    '.userferry/credentials.csv',
    `${SCRIPTS}/database.json`,
    `${SCRIPTS}/login.js`,
    'actions/add-shop-claims.json',
    'actions/add-shop-claims/code.js',
    'triggers/triggers.json',
  ];
  it.each(places)('are not waited for when a project is checked: %s', async (place) => {
    for (const trap of ALL) {
      const own = copy();
      set(trap, join(own, place));
      const answer = (await told(() => client.projects.check({ project: own }))) as {
        readonly kind?: string;
        readonly diagnostics?: readonly { readonly severity: string }[];
      };
      // Refused as a whole, or with a finding about it; and never read.
      expect([trap, answer.kind === 'project-missing' || (answer.diagnostics ?? []).length > 0]).toEqual([
        trap,
        true,
      ]);
    }
  });

  it.each([
    [
      'the settings, for an editor',
      'userferry.json',
      ALL,
      (own: string) => client.settings.read({ project: own }),
    ],
    [
      'a script, for an editor',
      `${SCRIPTS}/login.js`,
      ALL,
      (own: string) => client.scripts.read({ project: own, slot: 'login' }),
    ],
    [
      'test accounts',
      '.userferry/credentials.csv',
      ['a named pipe'] as const,
      (own: string) => resultOfTrial(own),
    ],
  ] as const)('are not waited for by a call: %s', async (_what, place, traps, call) => {
    for (const trap of traps) {
      const own = copy();
      set(trap, join(own, place));
      expect([trap, await told(() => call(own))]).toMatchObject([trap, { kind: expect.stringMatching(/-/) }]);
    }
  });

  it.each(ENDLESS)(
    'are not waited for as users, their authority file, the lock or a record of a trial: %s',
    async (trap) => {
      const users = copy();
      set(trap, join(users, 'legacy.db'));
      const dump = copy();
      settings(dump, { legacy: { engine: 'ndjson', file: 'users.ndjson' } });
      set(trap, join(dump, 'users.ndjson'));
      const authority = copy();
      settings(authority, {
        legacy: {
          engine: 'postgresql',
          host: '127.0.0.1',
          port: 1,
          database: 'x',
          user: 'x',
          tls: 'verify',
          ca: 'ca.pem',
        },
      });
      set(trap, join(authority, 'ca.pem'));
      const locked = copy();
      set(trap, join(locked, '.userferry/lock'));
      const recorded = copy();
      mkdirSync(join(recorded, 'trials/20260101-000000-aaaa'), { recursive: true });
      set(trap, join(recorded, 'trials/20260101-000000-aaaa/trial.json'));
      const codes = async (own: string) =>
        (await client.projects.check({ project: own })).diagnostics.map(({ code }) => code);
      expect({
        users: await codes(users),
        dump: await codes(dump),
        authority: (await codes(authority)).includes('project.legacy-unavailable'),
        locked: await told(() => client.trials.start({ project: locked, kind: 'bulk' })),
        recorded: await client.trials.list({ project: recorded }),
      }).toMatchObject({
        users: expect.arrayContaining(['project.legacy-unavailable']),
        dump: expect.arrayContaining(['project.legacy-unavailable']),
        authority: true,
        locked: { kind: 'project-unwritable' },
        recorded: [{ kind: 'damaged' }],
      });
    },
  );

  it.each(ENDLESS)('are not waited for as a file that somebody names: %s', async (trap) => {
    const path = set(trap, join(folder, 'named'));
    const { trial } = await engine.trial({ project, kind: 'bulk' });
    const out = join(folder, 'out');
    expect({
      export: await told(() =>
        resultOf(client.audit.run({ project, against: { kind: 'export', files: [path] } })),
      ),
      log: await told(() => resultOf(client.plan.make({ project, accessLog: { files: [path] } }))),
      imported: await told(() => client.jobs.import({ project, files: [path] })),
      current: await told(() =>
        client.exports.create({
          project,
          format: 'management-api',
          trials: [trial.id],
          out,
          allow: 9_999,
          current: path,
        }),
      ),
    }).toMatchObject({
      export: { kind: 'input-invalid' },
      log: { kind: 'input-invalid' },
      imported: { kind: 'input-invalid' },
      current: { kind: 'input-invalid' },
    });
  });

  it('are no files of an export that is verified', async () => {
    const made = join(folder, 'made');
    mkdirSync(made);
    writeFileSync(join(made, 'proof.json'), '{}');
    execFileSync('mkfifo', [join(made, 'pipe')]);
    symlinkSync('/dev/zero', join(made, 'zero'));
    expect(await told(() => client.exports.verify({ folder: made }))).toMatchObject({
      kind: 'input-invalid',
    });
  });
});

async function resultOfTrial(own: string): Promise<unknown> {
  const { id } = await client.trials.start({
    project: own,
    kind: 'lazy',
    depth: 'proven',
    filter: { limit: 1 },
  });
  for await (const progress of await client.trials.watch({ project: own, trial: id })) void progress;
  return (await client.trials.show({ project: own, trial: id })).fault;
}

function settings(own: string, change: object): void {
  const path = join(own, 'userferry.json');
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...change }));
}

describe('ways out of a project', () => {
  it.each([
    ['a script named by a way up', { login: '../../../outside.js' }],
    ['a script named by its whole path', { login: '/etc/passwd' }],
    ['a script that is a link', { login: './link.js' }],
  ])('are not taken: %s', async (_what, scripts) => {
    const own = copy();
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
    }).toEqual({ codes: true, leaks: false, trials: trialIds(project) });
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
