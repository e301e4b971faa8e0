import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { HASHES, hashProject, PASSWORDS, PEPPER, secretsIn } from '#test/hash-project.ts';
import { pipedUserferry } from '#test/piped-userferry.ts';
import { startUserferry } from '#test/userferry.ts';

let project = '';

beforeAll(() => {
  project = hashProject();
});

/** Every run is searched for the secrets that went in. */
function hash(input: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = pipedUserferry(input, ['hash', ...args], project);
  expect({ args, leaked: secretsIn(stdout + stderr) }).toEqual({ args, leaked: [] });
  return { status, stdout, stderr };
}

function resultOf(stdout: string): unknown {
  return (JSON.parse(stdout) as { readonly result: unknown }).result;
}

describe('userferry hash', () => {
  it('finds the mapping for a user whose hash and salt are in the row', () => {
    const { status, stdout, stderr } = hash(
      `${PASSWORDS.mary}\n`,
      '--identifier',
      'MARY@example.com',
      '--password-stdin',
    );
    expect({
      status,
      stderr,
      stdout: stdout
        .replace(/in [\d.]+ s/, 'in 0 s')
        .replace(/[\d,]+ candidates/, 'n candidates')
        .replace(/digests [\d,]+/, 'digests n'),
    }).toEqual({
      status: 0,
      stderr: '',
      stdout: `── md5-salted ──────────────────────────────────────────────────────────────────────────────────────
  looks like  md5-salted, hex (guess)
  samples     1
  tried       n candidates in 0 s: values that can be read back 7, plain digests n

✓ Found, and the import can express it
  computation  md5(password + salt)
  stored as    the whole value is the hash in hex
  certainty    proved on 1 sample; a second one makes it certain; an accident would have to agree in
               111 bits

  {
    "custom_password_hash": {
      "algorithm": "md5",
      "hash": {
        "value": "*****",
        "encoding": "hex"
      },
      "salt": {
        "value": "*****",
        "encoding": "utf8",
        "position": "suffix"
      }
    }
  }
  note  fast digest (password.fast-digest)
`,
    });
  });

  it('reads password, stored value, salt and pepper from lines, without a project', () => {
    const lines = `${PASSWORDS.john}\n${HASHES.john}\nvogelsalz-2\n${PEPPER}\n`;
    const stdin = ['--password-stdin', '--stored-stdin', '--salt-stdin', '--pepper-stdin'];
    const { status, stdout } = hash(lines, ...stdin, '--json', '-p', '/nowhere');
    expect({ status, result: resultOf(stdout) }).toMatchObject({
      status: 0,
      result: { answers: [{ verdict: { kind: 'importable', computation: 'md5(password + salt)' } }] },
    });
  });

  it('says what remains where no import takes the computation', () => {
    const lines = `Kanari3n-twice\n${HASHES.twice}\n${PEPPER}\n`;
    const { status, stdout } = hash(lines, '--password-stdin', '--stored-stdin', '--pepper-stdin');
    expect([
      status,
      stdout.includes('✗ Found, but the import cannot express it'),
      stdout.includes('what remains  Lazy migration'),
      stdout.includes('crypto.timingSafeEqual'),
    ]).toEqual([1, true, true, true]);
  });

  it('ends with 1 when the password is another one, and says how far it got', () => {
    const lines = `Kanari3n-wrong\n${HASHES.mary}\n`;
    const { status, stdout } = hash(lines, '--password-stdin', '--stored-stdin', '--time-limit', '1');
    expect([
      status,
      stdout.includes('Stopped before everything was tried'),
      stdout.includes('--time-limit'),
    ]).toEqual([1, true, true]);
  });

  it('takes several accounts from a file, and warns when others can read it', () => {
    const file = join(project, 'known.csv');
    const rows = [
      ['password', 'stored', 'salt'],
      [PASSWORDS.mary, HASHES.mary, 'vogelsalz-1'],
      [PASSWORDS.john, HASHES.john, 'vogelsalz-2'],
    ];
    writeFileSync(file, `${rows.map((row) => row.join(',')).join('\n')}\n`);
    chmodSync(file, 0o644);
    const open = hash('', '--samples', 'known.csv', '--json');
    chmodSync(file, 0o600);
    const closed = hash('', '--samples', 'known.csv', '--json');
    expect({
      result: resultOf(closed.stdout),
      warnings: [open.stderr, closed.stderr],
      codes: [open.status, closed.status],
    }).toMatchObject({
      result: { answers: [{ samples: 2, verdict: { kind: 'importable' } }] },
      warnings: [
        'Warning: other accounts of this machine can read known.csv. Run: chmod 600 known.csv\n',
        '',
      ],
      codes: [0, 0],
    });
  });

  it('tries all test accounts, one answer for each format', () => {
    const { status, stdout } = hash('', '--credentials');
    expect({
      status,
      formats: stdout.match(/^── \S+/gm),
      last: stdout.trimEnd().split('\n').at(-1),
    }).toEqual({
      status: 0,
      formats: ['── md5-salted', '── bcrypt-2b'],
      last: '7 test accounts, 5 found in the legacy store, 1 not found, 1 shared by several users and left out.',
    });
  });

  it('--formats lists what all users have and balances', () => {
    const { status, stdout } = hash('', '--formats');
    const allowed = hash('', '--formats', '--allow', '2');
    expect({ codes: [status, allowed.status], table: stdout.split('\n').slice(0, 5) }).toEqual({
      codes: [1, 0],
      table: [
        'format      users   share  what the target will do',
        'md5-salted      4  50.0 %  import as custom_password_hash',
        'bcrypt-2b       2  25.0 %  import as password_hash; import as custom_password_hash',
        'locked          1  12.5 %  password reset only',
        'none            1  12.5 %  password reset only',
      ],
    });
  });

  it.each([
    [[], '', 'a known password is needed, and nobody can be asked'],
    [['--formats', '--credentials'], '', 'give one of --credentials and --formats, not both'],
    [
      ['--identifier', 'mary', '--stored-stdin'],
      'x\n',
      '--stored-stdin has no use here: the value comes from elsewhere',
    ],
    [['--password-stdin', '--stored-stdin'], 'one\n', 'the standard input has 1 lines, and 2 are needed'],
    [['--key', '[1,', '--password-stdin'], 'x\n', '--key is no key'],
    [['--samples', 'absent.csv'], '', 'no such file or folder (ENOENT)'],
    [
      ['--identifier', 'gone', '--password-stdin'],
      `${PASSWORDS.mary}\n`,
      'no legacy user has the e-mail address or username gone',
    ],
    [
      ['--identifier', 'shared@example.com', '--password-stdin'],
      'x\n',
      '2 legacy users share shared@example.com',
    ],
  ])('%j ends with 2 and a sentence', (args, input, message) => {
    const { status, stdout, stderr } = hash(input, ...args);
    expect({ status, stdout, first: stderr.split('\n')[0] }).toEqual({
      status: 2,
      stdout: '',
      first: `userferry: ${message}`,
    });
  });

  it('names the line of a damaged samples file, never what it holds', () => {
    writeFileSync(join(project, 'bad.csv'), `password,stored\n"${PASSWORDS.mary},${HASHES.mary}\n`, {
      mode: 0o600,
    });
    const { status, stderr } = hash('', '--samples', 'bad.csv');
    expect({ status, first: stderr.split('\n')[0] }).toEqual({
      status: 2,
      first: expect.stringMatching(/^userferry: bad\.csv is no valid CSV/),
    });
  });

  it('stops at Ctrl-C', async () => {
    const file = join(project, 'long.csv');
    writeFileSync(file, `password,stored\nKanari3n-wrong,${HASHES.mary}\n`, { mode: 0o600 });
    const { child, finished } = startUserferry(['hash', '--samples', file, '--progress', 'json']);
    let events = 0;
    child.stderr?.on('data', () => {
      events += 1;
      if (events === 2) child.kill('SIGINT');
    });
    const { code, stdout } = await finished;
    expect({ code, stdout }).toEqual({ code: 130, stdout: 'Stopped.\n' });
  });
});
