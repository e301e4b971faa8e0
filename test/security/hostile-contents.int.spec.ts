import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCRIPTS } from '#test/bad-input.ts';
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
let trial = '';
let copies = 0;

beforeAll(async () => {
  folder = temporaryFolder('hostile-contents');
  project = await sqliteSampleProject(join(folder, 'acme'), { users: 300 });
  trial = (await engine.trial({ project, kind: 'bulk' })).trial.id;
}, 60_000);
afterAll(async () => {
  await engine.close();
  removeFolder(folder);
});

function copy(): string {
  const own = join(folder, `copy-${(copies += 1)}`);
  cpSync(project, own, { recursive: true });
  return own;
}

const lists = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const objects = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const withMore = (json: string, more: string) => json.replace(/\}\s*$/, `,${more}}`);

/** Texts that are JSON, or nearly, and bring down whoever takes them for harmless. */
const JSONS: Readonly<Record<string, (json: string) => string | Buffer>> = {
  'lists in lists': (json) => withMore(json, `"x":${lists(100_000)}`),
  'objects in objects': (json) => withMore(json, `"x":${objects(100_000)}`),
  'nothing but brackets': () => lists(200_000),
  'the same key twice': (json) => json.replace('{', '{"version":99,"name":"first",'),
  'a byte order mark': (json) => `\ufeff${json}`,
  'UTF-16': (json) => Buffer.from(`\ufeff${json}`, 'utf16le'),
  'bytes that are no UTF-8': (json) =>
    Buffer.concat([
      Buffer.from(withMore(json, '"x":"').slice(0, -1)),
      Buffer.from([0xff, 0xc3, 0x28]),
      Buffer.from('"}'),
    ]),
  'enormous numbers': (json) => withMore(json, `"x":1e999,"y":-1e999,"z":${'9'.repeat(100_000)}`),
  'keys of the language': (json) =>
    withMore(json, '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":1'),
  'a null character': (json) => withMore(json, '"x":"\\u0000"'),
  'a bare null character': (json) => `${json}\0`,
  'half a character': (json) => withMore(json, '"x":"\\ud800"'),
  'nothing at all': () => '',
  'one line of 20 MB': (json) => withMore(json, `"x":"${'a'.repeat(20 * MEGABYTE)}"`),
  'fifty thousand keys': (json) =>
    withMore(json, Array.from({ length: 50_000 }, (_, index) => `"k${index}":1`).join(',')),
};

describe('JSON files of a project', () => {
  it.each([
    'userferry.json',
    `${SCRIPTS}/database.json`,
    '.userferry/secrets.json',
    'actions/add-shop-claims.json',
    'triggers/triggers.json',
    'trial.json',
  ])('are read or refused, and are no trouble of ours, whatever is in them: %s', async (name) => {
    const own = copy();
    const file = join(own, name === 'trial.json' ? `trials/${trial}/trial.json` : name);
    const json = readFileSync(file, 'utf8');
    for (const [what, change] of Object.entries(JSONS)) {
      writeFileSync(file, change(json));
      const [checked, listed] = [
        await told(() => client.projects.check({ project: own })),
        await told(() => client.trials.list({ project: own })),
      ];
      const { diagnostics } = checked as { readonly diagnostics?: readonly { readonly message: string }[] };
      expect([what, Array.isArray(diagnostics), Array.isArray(listed), engine.bugs]).toEqual([
        what,
        true,
        true,
        [],
      ]);
      // Findings about one file, and not one for each of its keys.
      expect([what, diagnostics!.length < 120]).toEqual([what, true]);
    }
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('say where they are nested beyond reason', async () => {
    const own = copy();
    writeFileSync(join(own, 'userferry.json'), `{\n  "version": ${lists(500)}\n}`);
    const { diagnostics } = await client.projects.check({ project: own });
    expect(diagnostics).toMatchObject([
      {
        code: 'project.json-syntax',
        message: 'userferry.json: brackets are nested more than 100 deep.',
        place: { kind: 'file', path: 'userferry.json', line: 2, column: 113 },
      },
    ]);
  });
});

const GOOD = '{"user_id":"auth0|2","email":"b@example.com"}\n';

/** Lines and tables of users; the good one among them has to be read. */
const USERS: Readonly<Record<string, string | Buffer>> = {
  'lists in lists': `{"user_id":"auth0|1","email":"a@example.com","user_metadata":${lists(100_000)}}\n${GOOD}`,
  'objects in objects': `{"user_id":"auth0|1","email":"a@example.com","user_metadata":${objects(100_000)}}\n${GOOD}`,
  'a key of the language': `{"__proto__":{"user_id":"x"},"user_id":"auth0|1","constructor":1,"email":"a@example.com","app_metadata":{"__proto__":{"polluted":true}}}\n${GOOD}`,
  'a byte order mark': `\ufeff${GOOD}`,
  'UTF-16': Buffer.from(`\ufeff${GOOD}`, 'utf16le'),
  'bytes that are no UTF-8': Buffer.concat([
    Buffer.from('{"user_id":"auth0|1","email":"a'),
    Buffer.from([0xff, 0xc0, 0x80]),
    Buffer.from(`@example.com"}\n${GOOD}`),
  ]),
  'enormous numbers': `{"user_id":"auth0|1","email":"a@example.com","logins_count":1e999,"x":${'9'.repeat(100_000)}}\n${GOOD}`,
  'half a character and a null': `{"user_id":"auth0|\\ud800","email":"a\\u0000@example.com"}\n${GOOD}`,
  'the same key twice': `{"user_id":"auth0|1","user_id":"auth0|9","email":"a@example.com","email":"c@example.com"}\n${GOOD}`,
  'a line of 20 MB': `{"user_id":"auth0|1","email":"${'a'.repeat(20 * MEGABYTE)}"}\n${GOOD}`,
  'a hundred thousand keys': `{"user_id":"auth0|1",${Array.from({ length: 100_000 }, (_, index) => `"k${index}":1`).join(',')}}\n${GOOD}`,
};
/** No users at all. */
const JUNK: Readonly<Record<string, string | Buffer>> = {
  nothing: '',
  'null characters': Buffer.alloc(MEGABYTE / 4),
  brackets: `${lists(100_000)}\n`,
  'a list': '[{"email":"a@example.com"}]',
  'a deep list': `[{"email":"a@example.com","user_metadata":${objects(50_000)}}]`,
  'five thousand columns': `${Array.from({ length: 5_000 }, (_, index) => `c${index}`).join(',')}\n1,2\n`,
  'a quotation mark that is never closed': `user_id,email\nauth0|1,"a@example.com\n${'x,y\n'.repeat(1_000)}`,
  'a cell of 20 MB': `user_id,email\nauth0|1,${'a'.repeat(20 * MEGABYTE)}\n`,
  'columns of the language': '__proto__,constructor,toString\n1,2,3\n',
  'a deep object': `{"options":${objects(20_000)}}`,
};

const file = (name: string, content: string | Buffer): string => {
  const path = join(folder, name.replaceAll(' ', '-'));
  writeFileSync(path, content);
  return path;
};
const audit = (path: string) =>
  told(() => resultOf(client.audit.run({ project, against: { kind: 'export', files: [path] } })));

describe('lists of users', () => {
  it.each(Object.keys(USERS))('are read past the line that is wrong: %s', async (what) => {
    const path = file(what, USERS[what]!);
    const own = copy();
    const settings = JSON.parse(readFileSync(join(own, 'userferry.json'), 'utf8')) as object;
    const users = { table: 'users', key: ['user_id'] };
    const fields = { id: 'user_id', email: 'email' };
    const legacy = { engine: 'ndjson', file: path };
    writeFileSync(join(own, 'userferry.json'), JSON.stringify({ ...settings, legacy, users, fields }));
    const rehearsed = (await told(() => engine.trial({ project: own, kind: 'bulk' }))) as {
      readonly kind?: string;
      readonly counts?: readonly { readonly expected: number; readonly done: number }[];
    };
    const [counts] = rehearsed.counts ?? [];
    expect({
      audited: await audit(path),
      // Of a dump with a hundred thousand columns there is no table.
      rehearsed: rehearsed.kind ?? counts!.expected === counts!.done,
      bugs: engine.bugs,
      polluted: Object.hasOwn(Object.prototype, 'polluted'),
    }).toMatchObject({
      audited: { tenant: { users: expect.toSatisfy((count: number) => count > 0) } },
      rehearsed: what === 'a hundred thousand keys' ? 'legacy-query' : true,
      bugs: [],
      polluted: false,
    });
  });

  it.each(Object.keys(JUNK))('are refused where they are none, by every reader: %s', async (what) => {
    const path = file(what, JUNK[what]!);
    const proof = join(folder, `proof ${what}`);
    mkdirSync(proof);
    for (const name of ['proof.json', 'proof.sig']) writeFileSync(join(proof, name), JUNK[what]!);
    const out = join(folder, `out ${what}`);
    const [imported] = (
      (await client.jobs.import({ project, files: [path] })) as {
        readonly files: readonly { readonly kind: string }[];
      }
    ).files;
    const refused = { kind: 'input-invalid' };
    expect({
      audited: await audit(path),
      planned: await told(() => resultOf(client.plan.make({ project, accessLog: { files: [path] } }))),
      verified: await told(() => client.exports.verify({ folder: proof })),
      merged: await told(() =>
        client.exports.create({
          project,
          format: 'management-api',
          trials: [trial],
          out,
          allow: 9_999,
          current: path,
        }),
      ),
      imported: imported!.kind,
      bugs: engine.bugs,
    }).toMatchObject({
      audited: refused,
      planned: refused,
      verified: refused,
      merged: refused,
      imported: expect.stringMatching(/^(job|refused)$/),
      bugs: [],
    });
  });
});
