import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testAccount } from '#test/flow-project.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { startUserferry, userferry } from '#test/userferry.ts';

const USERS = 300;
let folder = '';
let project = '';
const person = testAccount(USERS, 'sha1');

beforeAll(async () => {
  folder = temporaryFolder('flow-and-jobs');
  project = join(folder, 'acme');
  await sqliteSampleProject(project, { users: USERS });
});
afterAll(() => removeFolder(folder));

const inProject = (...args: string[]) => userferry([...args, '--project', project]);
const json = async (...args: string[]) => {
  const done = await inProject(...args, '--json');
  return { code: done.code, result: (JSON.parse(done.stdout) as { result: unknown }).result };
};

describe('userferry flow', () => {
  it('shows a story step by step and ends with 0 where the last step succeeds', async () => {
    const { code, stdout, stderr } = await inProject(
      'flow',
      'delete-and-return',
      '--identifier',
      person.email,
    );
    const steps = stdout.split('\n').filter((line) => /^[✓✗]/.test(line));
    expect({ code, stderr, steps }).toEqual({
      code: 0,
      stderr: '',
      steps: [
        '✓ 1. Log in with the legacy password  import on',
        '✓ 2. An administrator deletes the user  import on',
        '✓ 3. Log in with the legacy password  import on',
      ],
    });
    expect(stdout).toContain('deleted user came back (state.resurrected)');
    expect(stdout).toContain('Rests on these assumptions');
  });

  it('reads passwords from the standard input, one line each, and ends with 1 where the last step fails', async () => {
    const args = ['flow', 'login', '--identifier', person.email, '--password-stdin', '--json', '-p', project];
    const { code, result } = await withInput(args, 'not-it\n');
    expect(code).toBe(1);
    expect(result).toMatchObject({
      password: 'typed',
      steps: [{ outcome: { status: 'failed', cause: 'state.wrong-password' }, log: [{ type: 'fp' }] }],
    });
    const reset = ['flow', 'reset', '--identifier', person.email, '--password-stdin', '--new-password-stdin'];
    const both = await withInput([...reset, '--json', '-p', project], `${person.password}\nBrand-new-1\n`);
    expect(both.code).toBe(0);
  });

  it('lists what there is, and says what is missing', async () => {
    const list = await inProject('flow', '--list');
    expect({ code: list.code, stdout: list.stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/Flows[^]*login[^]*Stories[^]*brute-force/) as string,
    });
    const bare = await inProject('flow');
    const nobody = await inProject('flow', 'login');
    expect([bare.code, nobody.code, nobody.stderr]).toEqual([
      2,
      2,
      expect.stringContaining('--identifier') as string,
    ]);
  });
});

describe('userferry jobs', () => {
  it('imports, lists, shows, gives the errors as the tenant does, and takes the mended rest', async () => {
    const file = join(folder, 'users.json');
    writeFileSync(
      file,
      JSON.stringify([{ email: 'a@example.com' }, { email: 'nope', password_hash: 'secret-hash' }]),
    );
    const sent = await json('jobs', 'import', file, '--external-id', 'wave-1', '--no-completion-email');
    expect(sent.code).toBe(1);
    const { trial, files } = sent.result as { trial: string; files: { job: { id: string } }[] };
    const { id } = files[0]!.job;

    const list = await inProject('jobs', 'list');
    expect(list.stdout).toMatch(new RegExp(`${id}\\s+completed\\s+2\\s+1\\s+0\\s+1`));
    const shown = await json('jobs', 'show', id, '--trial', trial);
    expect(shown).toMatchObject({
      code: 0,
      result: { job: { external_id: 'wave-1', summary: { failed: 1 } } },
    });

    const rejects = join(folder, 'fix.json');
    const errors = await json('jobs', 'errors', id, '--rejects', rejects);
    expect(errors.result).toMatchObject({
      status: 200,
      body: [
        {
          user: { email: 'nope', password_hash: '*****' },
          errors: [{ code: 'INVALID_FORMAT' }, { code: 'PATTERN' }],
        },
      ],
    });
    expect(JSON.parse(readFileSync(rejects, 'utf8'))).toEqual([
      { email: 'nope', password_hash: 'secret-hash' },
    ]);
    expect(statSync(rejects).mode & 0o777).toBe(0o600);

    writeFileSync(rejects, JSON.stringify([{ email: 'mended@example.com' }]));
    const again = await inProject('jobs', 'import', rejects, '--trial', trial);
    expect({ code: again.code, stdout: again.stdout }).toEqual({
      code: 0,
      stdout: expect.stringContaining('1 records: 1 inserted, 0 updated, 0 failed') as string,
    });
    const next = join(folder, 'next.json');
    const gathered = await inProject('jobs', 'list', '--rejects', next, '--trial', trial);
    expect({
      code: gathered.code,
      note: gathered.stderr.trim(),
      next: JSON.parse(readFileSync(next, 'utf8')) as unknown,
      mode: statSync(next).mode & 0o777,
    }).toEqual({
      code: 0,
      note: `Wrote 1 refused record to ${next}.`,
      next: [{ email: 'nope', password_hash: 'secret-hash' }],
      mode: 0o600,
    });
    const clean = await inProject('report', trial, '--allow', '1');
    expect(clean.code).toBe(0);
    expect(clean.stdout).toContain(
      '2 import jobs of files from elsewhere: 2 inserted, 0 updated, 1 refused.',
    );
  });

  it('shows a refusal of the API and ends with 1', async () => {
    const empty = join(folder, 'empty.json');
    writeFileSync(empty, '');
    const { code, stdout } = await inProject('jobs', 'import', empty);
    expect({ code, refused: stdout.includes('400 Users file must not be empty.') }).toEqual({
      code: 1,
      refused: true,
    });
  });
});

async function withInput(args: readonly string[], input: string) {
  const { child, finished } = startUserferry(args, {}, 'pipe');
  child.stdin?.end(input);
  const { code, stdout } = await finished;
  return { code, result: (JSON.parse(stdout) as { result: unknown }).result };
}
