import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportRequest } from '#contract/exports.ts';
import type { Report } from '#contract/report.ts';
import { startEngine } from '#test/engine.ts';
import { keyPair } from '#test/key-pair.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const engine = startEngine();
const { client } = engine;
const root = temporaryFolder('export');
const project = join(root, 'acme');
const scriptsFolder = join(project, 'database-connections/acme-customers');
let lazy: Report;
let bulk: Report;
let outs = 0;

beforeAll(async () => {
  await sqliteSampleProject(project, { users: 300 });
  lazy = await engine.trial({ project, kind: 'lazy', depth: 'assumed', filter: { limit: 12 } });
  bulk = await engine.trial({ project, kind: 'bulk' });
});
afterAll(() => engine.close());

const freshOut = () => join(root, `out-${(outs += 1)}`);

function create(request: Partial<ExportRequest> & Pick<ExportRequest, 'format'>) {
  return client.exports.create({ project, out: freshOut(), allow: 300, trials: [lazy.trial.id], ...request });
}

/** Codes with their severity, each once, in order. */
function codes(
  diagnostics: readonly { readonly severity: string; readonly code: string }[],
): readonly string[] {
  return [...new Set(diagnostics.map(({ severity, code }) => `${severity} ${code}`))];
}

describe('scripts', () => {
  it('that passed a trial are exported to the letter, with a proof that holds', async () => {
    const { folder, proof, written, signed } = await create({ format: 'deploy-directory' });
    const verification = await client.exports.verify({ folder });
    const same = ['login', 'get_user'].map((slot) =>
      readFileSync(join(folder, `database-connections/acme-customers/${slot}.js`)).equals(
        readFileSync(join(scriptsFolder, `${slot}.js`)),
      ),
    );
    const [trial] = proof!.trials;
    expect({
      written,
      signed,
      same,
      scripts: proof!.scripts.map(({ slot, standing, trials, sha256, rehearsedSha256 }) => [
        slot,
        standing,
        trials,
        sha256 === rehearsedSha256 && sha256 === lazy.trial.inputs.scripts[slot],
      ]),
      settings: [proof!.settings.sha256 === lazy.trial.inputs.settings, proof!.settings.sameAsRehearsed],
      trial: [trial!.id, trial!.depth, trial!.legacyRows, trial!.allRows, trial!.counts],
      coverage: trial!.coverage.reduce((sum, { users }) => sum + users, 0),
      modules: proof!.versions.modules.map((name) => name.replace(/@.*/, '')),
      assumptions: proof!.assumptions,
      placeholders: proof!.placeholders,
      intact: [verification.intact, verification.signature, verification.changes],
      proof: verification.proof,
    }).toEqual({
      written: true,
      signed: false,
      same: [true, true],
      scripts: [
        ['login', 'validated', [lazy.trial.id], true],
        ['get_user', 'validated', [lazy.trial.id], true],
      ],
      settings: [true, true],
      trial: [lazy.trial.id, 'assumed', 300, false, lazy.counts],
      coverage: 12,
      modules: ['argon2', 'bcrypt', 'crypto', 'util'],
      assumptions: lazy.assumptions,
      placeholders: ['LEGACY_API_KEY', 'LEGACY_URL'],
      intact: [true, 'unsigned', []],
      proof,
    });
  });

  it('that no trial stands for are refused, or labelled where that is accepted', async () => {
    const out = freshOut();
    const refused = await create({ format: 'deploy-directory', trials: [bulk.trial.id], out });
    const nothing = existsSync(out);
    const accepted = await create({ format: 'deploy-yaml', trials: [], allowUnvalidated: true });
    expect({
      refused: [
        refused.written,
        refused.proof,
        codes(refused.diagnostics).filter((one) => one.startsWith('error')),
      ],
      nothing,
      accepted: accepted.proof!.scripts.map(({ path, standing, reason }) => [path, standing, reason]),
      warned: codes(accepted.diagnostics).includes('warning export.script-unvalidated'),
    }).toEqual({
      refused: [false, null, ['error export.script-unvalidated']],
      nothing: false,
      accepted: [
        ['databases/acme-customers/login.unvalidated.js', 'unvalidated', 'no trial was named'],
        ['databases/acme-customers/get_user.unvalidated.js', 'unvalidated', 'no trial was named'],
      ],
      warned: true,
    });
  });

  it('that changed after the trial are refused', async () => {
    const path = join(scriptsFolder, 'login.js');
    const text = readFileSync(path, 'utf8');
    try {
      writeFileSync(path, `${text}// one comment more\n`);
      const { written, diagnostics } = await create({ format: 'terraform' });
      expect([written, diagnostics.find(({ severity }) => severity === 'error')?.message]).toEqual([
        false,
        `The login script is not validated: trial ${lazy.trial.id} ran another text.`,
      ]);
    } finally {
      writeFileSync(path, text);
    }
  });

  it('are refused with other settings than in the trial', async () => {
    const path = join(scriptsFolder, 'database.json');
    const text = readFileSync(path, 'utf8');
    try {
      writeFileSync(path, text.replace('"min": 3', '"min": 4'));
      const { written, diagnostics } = await create({ format: 'deploy-directory' });
      expect([written, codes(diagnostics).filter((one) => one.startsWith('error'))]).toEqual([
        false,
        ['error export.settings-changed'],
      ]);
    } finally {
      writeFileSync(path, text);
    }
  });
});

describe('import files', () => {
  const request = () => ({
    format: 'import-files' as const,
    trials: [bulk.trial.id],
    acceptRandomPasswords: true,
  });

  it('are those of the trial, with sums that add up and everybody who is left out', async () => {
    const { folder, proof, diagnostics } = await create(request());
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
      readonly totals: Readonly<Record<string, number>>;
      readonly uploads: readonly {
        readonly file: string;
        readonly records: number;
        readonly sha256: string;
      }[];
    };
    const failed = readFileSync(join(folder, 'failed-users.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly cause: string; readonly fate: string });
    const { totals } = manifest;
    const [counts] = bulk.counts;
    const files = manifest.uploads.map(({ file }) => ({
      same: readFileSync(join(folder, file)).equals(
        readFileSync(join(project, 'trials', bulk.trial.id, file.replace('users/', 'import/'))),
      ),
      proven: proof!.files.some((one) => one.path === file && one.sha256 === manifest.uploads[0]!.sha256),
      mode: (statSync(join(folder, file)).mode & 0o777).toString(8),
    }));
    expect({
      files,
      wellInserted: totals['records']! - totals['refused']! - totals['incomplete']!,
      fates: ['kept-out', 'refused', 'incomplete'].map(
        (fate) => failed.filter((user) => user.fate === fate).length,
      ),
      all: totals['records']! + totals['keptOut']!,
      causes: Object.fromEntries(bulk.causes.map(({ code, users }) => [code, users])),
      intact: (await client.exports.verify({ folder })).intact,
      warned: codes(diagnostics),
    }).toEqual({
      files: [{ same: true, proven: true, mode: '600' }],
      wellInserted: counts!.ok,
      fates: [totals['keptOut'], totals['refused'], totals['incomplete']],
      all: 300,
      causes: Object.fromEntries(
        [...Map.groupBy(failed, ({ cause }) => cause)].map(([code, users]) => [code, users.length]),
      ),
      intact: true,
      warned: [
        'warning export.random-passwords',
        'warning export.contains-hashes',
        'warning export.hashes-once',
        'warning export.users-left-out',
        'warning export.users-incomplete',
      ],
    });
  });

  it.each([
    ['users without a hash', { acceptRandomPasswords: false }, 'error export.random-passwords'],
    ['more failures than allowed', { allow: 0 }, 'error export.trial-not-good-enough'],
  ])('are refused for %s', async (_what, change, code) => {
    const { written, diagnostics } = await create({ ...request(), ...change });
    expect([written, codes(diagnostics).filter((one) => one.startsWith('error'))]).toEqual([false, [code]]);
  });

  it('are refused when somebody touched them after the trial', async () => {
    const path = join(project, 'trials', bulk.trial.id, 'import/users-00001.json');
    const text = readFileSync(path, 'utf8');
    const refusalOf = async (changed: string) => {
      writeFileSync(path, changed);
      const { diagnostics } = await create(request());
      return codes(diagnostics).filter((one) => one.startsWith('error'));
    };
    try {
      expect([
        await refusalOf(text.replace('"email_verified":true', '"email_verified":false')),
        await refusalOf(text.replace('"email":', '"e_mail":')),
        await refusalOf(text.slice(0, -10)),
      ]).toEqual([
        ['error export.import-file-changed'],
        ['error export.import-file-changed', 'error export.import-file-invalid'],
        ['error export.import-file-invalid'],
      ]);
    } finally {
      writeFileSync(path, text);
    }
  });

  it('come from exactly one bulk trial', async () => {
    await expect(create({ ...request(), trials: [lazy.trial.id] })).rejects.toMatchObject({
      data: { kind: 'input-invalid' },
      message: 'import files come from a bulk or mixed trial, and none was named',
    });
  });
});

describe('the end of a migration', () => {
  it('needs no trial, and tells from one who is left behind', async () => {
    const { written, proof, diagnostics } = await create({ format: 'end-of-migration' });
    const states = lazy.coverage.find(({ by }) => by === 'state')!.rows;
    const migrated = states.find(({ value }) => value === 'migrated')!.total;
    expect({
      written,
      standings: proof!.scripts.map(({ slot, standing }) => `${slot} ${standing}`),
      behind: diagnostics.find(({ code }) => code === 'export.left-behind')?.message,
      alone: (await create({ format: 'end-of-migration', trials: [] })).written,
    }).toEqual({
      written: true,
      standings: ['get_user generated', 'login generated'],
      behind: `In trial ${lazy.trial.id}, ${12 - migrated} of 12 users did not get across.`,
      alone: true,
    });
  });
});

describe('a verification', () => {
  const LOGIN = 'database-connections/acme-customers/login.js';
  let folder = '';
  let lines = 0;

  beforeAll(async () => {
    const keys = keyPair(root, 'signer');
    folder = (await create({ format: 'deploy-directory', sign: keys.privateKey })).folder;
    lines = readFileSync(join(folder, LOGIN), 'utf8').split('\n').length - 1;
  });

  it.each<[string, (at: (path: string) => string) => void, readonly unknown[]]>([
    ['nothing', () => undefined, []],
    [
      'one letter of a script',
      (at) => writeFileSync(at(LOGIN), readFileSync(at(LOGIN), 'utf8').replace('function', 'Function')),
      [[LOGIN, 'changed', 0]],
    ],
    [
      'a line of a script',
      (at) => writeFileSync(at(LOGIN), `${readFileSync(at(LOGIN), 'utf8')}// more\n`),
      [[LOGIN, 'changed', 1]],
    ],
    [
      'the line ends of a script',
      (at) => writeFileSync(at(LOGIN), readFileSync(at(LOGIN), 'utf8').replaceAll('\n', '\r\n')),
      [[LOGIN, 'line-ends', 0]],
    ],
    ['a script that is gone', (at) => rmSync(at(LOGIN)), [[LOGIN, 'removed', null]]],
    [
      'a file more',
      (at) => writeFileSync(at('database-connections/acme-customers/delete.js'), 'x\n'),
      [['database-connections/acme-customers/delete.js', 'added', null]],
    ],
    [
      'a link in the place of a script',
      (at) => {
        rmSync(at(LOGIN));
        symlinkSync(join(scriptsFolder, 'login.js'), at(LOGIN));
      },
      [[LOGIN, 'not-a-file', null]],
    ],
    [
      'a better verdict',
      (at) =>
        writeFileSync(
          at('proof.json'),
          readFileSync(at('proof.json'), 'utf8').replace(/"ok": \d+/, '"ok": 12'),
        ),
      [['proof.json', 'proof-edited', null]],
    ],
    [
      'white space in the proof',
      (at) => writeFileSync(at('proof.json'), `${readFileSync(at('proof.json'), 'utf8')}\n`),
      [['proof.json', 'proof-edited', null]],
    ],
  ])('finds %s', async (_what, edit, expected) => {
    const copy = freshOut();
    cpSync(folder, copy, { recursive: true });
    edit((path) => join(copy, path));
    const { changes, intact } = await client.exports.verify({ folder: copy });
    const told = changes.map((change) => [
      change.path,
      change.kind,
      change.lines.before === null || change.lines.now === null
        ? null
        : change.lines.now - change.lines.before,
    ]);
    const meant = changes.every(({ meaning }) => meaning.endsWith('.'));
    expect({ told, intact, meant, lines }).toEqual({
      told: expected,
      intact: expected.length === 0,
      meant: true,
      lines,
    });
  });

  it('checks the signature against the key that is given', async () => {
    const other = keyPair(root, 'other');
    const resigned = freshOut();
    cpSync(folder, resigned, { recursive: true });
    const edited = readFileSync(join(resigned, 'proof.json'), 'utf8').replace('"acme"', '"acne"');
    writeFileSync(join(resigned, 'proof.json'), edited);
    const unsigned = freshOut();
    cpSync(folder, unsigned, { recursive: true });
    rmSync(join(unsigned, 'proof.sig'));
    const states = async (where: string, key?: string) => {
      const { signature, intact } = await client.exports.verify({
        folder: where,
        ...(key === undefined ? {} : { key }),
      });
      return [signature, intact];
    };
    const key = join(root, 'signer.pub.pem');
    expect({
      without: await states(folder),
      right: await states(folder, key),
      wrong: await states(folder, other.publicKey),
      edited: await states(resigned, key),
      removed: await states(unsigned, key),
      nobodyAsked: await states(unsigned),
    }).toEqual({
      without: ['not-checked', true],
      right: ['valid', true],
      wrong: ['other-key', false],
      edited: ['invalid', false],
      removed: ['missing', false],
      nobodyAsked: ['unsigned', true],
    });
  });

  it('says nothing about a folder without a proof', async () => {
    await expect(client.exports.verify({ folder: scriptsFolder })).rejects.toMatchObject({
      data: { kind: 'input-invalid' },
      message: 'there is no proof.json in this folder',
    });
  });
});

it('leaves no half of an export beside its place', () => {
  expect(readdirSync(root).filter((name) => name.startsWith('.'))).toEqual([]);
});
