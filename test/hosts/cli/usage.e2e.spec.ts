import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const launcher = fileURLToPath(new URL('../../../bin/userferry.mjs', import.meta.url));
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'userferry-usage-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function userferry(args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...args], {
    cwd: folder,
    encoding: 'utf8',
    input,
  });
  return { status, stdout, stderr };
}

describe('wrong usage', () => {
  it.each([
    [['trial', 'lazi'], `userferry: unknown command 'lazi'\n(Did you mean lazy?)\n`],
    [['trial', 'lazy', '--depht', 'x'], `userferry: unknown option '--depht'\n(Did you mean --depth?)\n`],
    [['trial', 'bulk', '--limit', '-1'], `userferry: option '--limit <count>' argument '-1' is invalid.`],
    [['completion', 'tcsh'], `userferry: command-argument value 'tcsh' is invalid for argument 'shell'.`],
    [['init', 'x'], `userferry: required option '--from <store>' not specified\n`],
    [['explain'], 'userferry: which code?\n'],
    [['try', 'login'], 'userferry: whom to try?\n'],
    [['try', 'login', 'mary@example.com'], 'userferry: login needs a password\n'],
    [
      ['explain', 'no.such-thing-at-all'],
      'userferry: there is no finding with the code no.such-thing-at-all\n',
    ],
  ])('%j ends with 2, a sentence and the way out', (args, message) => {
    const { status, stdout, stderr } = userferry(args);
    expect({
      status,
      stdout,
      begins: stderr.slice(0, message.length),
      goOn: stderr.includes('go on'),
      stack: /\n\s+at /.test(stderr),
    }).toEqual({
      status: 2,
      stdout: '',
      begins: message,
      goOn: true,
      stack: false,
    });
  });
});

describe('trouble', () => {
  it('of a folder without a project is one block', () => {
    const { status, stdout, stderr } = userferry(['check']);
    expect({
      status,
      stdout,
      lines: stderr.trim().split('\n').length > 1,
      stack: /\n\s+at /.test(stderr),
    }).toEqual({
      status: 2,
      stdout: '',
      lines: true,
      stack: false,
    });
  });

  it('is one JSON document with --json', () => {
    const { status, stdout } = userferry(['check', '--json']);
    expect({ status, document: JSON.parse(stdout) as unknown }).toEqual({
      status: 2,
      document: {
        version: 1,
        command: 'check',
        exitCode: 2,
        error: expect.objectContaining({ kind: 'project-missing', message: expect.any(String) }),
      },
    });
  });
});

describe('reference commands', () => {
  it('explain a code and list them', () => {
    const listed = userferry(['explain', '--list', '--json']);
    const { result } = JSON.parse(listed.stdout) as {
      readonly result: readonly { readonly code: string; readonly title: string }[];
    };
    const one = result[0]!;
    expect({
      status: listed.status,
      many: result.length > 20,
      text: userferry(['explain', one.code]).stdout.startsWith(`${one.title}  ${one.code}, `),
    }).toEqual({ status: 0, many: true, text: true });
  });

  it('guess what was meant', () => {
    expect(userferry(['explain', 'email-missing']).stderr).toMatch(/Did you mean [a-z]+\.[a-z-]+\?/);
  });

  it.each(['assumptions', 'modules', 'version'])('%s answers in text and in JSON', (command) => {
    const text = userferry([command]);
    const json = userferry([command, '--json']);
    const document = JSON.parse(json.stdout) as { readonly command: string; readonly exitCode: number };
    expect([
      text.status,
      text.stderr,
      text.stdout.length > 40,
      json.status,
      document.command,
      document.exitCode,
    ]).toEqual([0, '', true, 0, command, 0]);
  });
});

describe('completion', () => {
  it('of bash completes commands, options and their values', () => {
    const complete = (...words: readonly string[]) => {
      const script = `eval "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _userferry; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const { stdout } = userferry(['completion', 'bash']);
      return spawnSync('bash', ['-c', script, 'bash', stdout, ...words], { encoding: 'utf8' })
        .stdout.trim()
        .split('\n');
    };
    expect({
      commands: complete('userferry', 'tri'),
      kinds: complete('userferry', 'trial', ''),
      depths: complete('userferry', 'trial', 'lazy', '--depth', ''),
      options: complete('userferry', 'trial', 'mixed', '--lazy'),
      slots: complete('userferry', 'try', 'change'),
    }).toEqual({
      commands: ['trial', 'trials'],
      kinds: expect.arrayContaining(['lazy', 'bulk', 'mixed', 'resume', '--json']),
      depths: ['profiles', 'formats', 'assumed', 'proven'],
      options: ['--lazy-days'],
      slots: ['change_password', 'change_email'],
    });
  });
});
