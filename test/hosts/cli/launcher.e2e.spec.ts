import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const platform = `${process.platform}-${process.arch}`.replace('win32', 'win');
/** Node 22, which the sandbox build takes Node's lib from: a Node whose native modules do not fit. */
const otherNode = join(root, 'build/sandbox-packages/node_modules', `node-${platform}`, 'bin/node');

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'userferry-launcher-'));
  cpSync(join(root, 'bin'), join(folder, 'bin'), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function start(node: string, launcher: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(node, [launcher, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** A checkout with nothing but the launcher and a command line that prints what it was given. */
function stubCommandLine(body: string): string {
  const home = mkdtempSync(join(folder, 'home-'));
  cpSync(join(root, 'bin'), join(home, 'bin'), { recursive: true });
  mkdirSync(join(home, 'dist/hosts/cli'), { recursive: true });
  writeFileSync(join(home, 'package.json'), '{"type":"module"}');
  writeFileSync(join(home, 'dist/hosts/cli/main.js'), body);
  return home;
}

describe('the launcher', () => {
  it('is tested with a Node of another ABI', () => {
    expect({ path: otherNode, there: existsSync(otherNode) }).toEqual({ path: otherNode, there: true });
    expect(start(otherNode, '-p', 'process.versions.modules === process.env.NONE').status).toBe(0);
  });

  it('hands over to the bundled Node, with arguments and exit code', () => {
    const version = start(otherNode, join(root, 'bin/userferry.mjs'), '--version');
    const usage = start(otherNode, join(root, 'bin/userferry.mjs'), 'chek');
    expect({ version, usage }).toEqual({
      version: { status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), stderr: '' },
      usage: {
        status: 2,
        stdout: '',
        stderr: `userferry: unknown command 'chek'\n(Did you mean check?)\n  go on   Add --help to the command to see what it takes.\n`,
      },
    });
  });

  it('says what is missing in one sentence where there is no bundled Node', () => {
    const home = stubCommandLine('');
    expect(start(otherNode, join(home, 'bin/userferry.mjs'), 'demo')).toEqual({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(/^userferry: Userferry needs Node 26, and this is Node 22\.[^\n]*\n$/),
    });
  });

  it('says so where the package is incomplete', () => {
    expect(start(process.execPath, join(folder, 'bin/userferry.mjs'), 'demo')).toEqual({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(/^userferry: this copy of Userferry is incomplete: [^\n]*\n$/),
    });
  });

  it('says which native library is missing, and what to do, before anything loads it', () => {
    const home = mkdtempSync(join(folder, 'home-'));
    for (const part of ['bin', 'main', 'package.json']) {
      cpSync(join(root, part), join(home, part), { recursive: true });
    }
    // Everything is there but the binary of one library.
    const modules = join(home, 'node_modules');
    mkdirSync(modules);
    for (const name of readdirSync(join(root, 'node_modules'))) {
      if (name !== 'better-sqlite3' && !name.startsWith('.'))
        symlinkSync(join(root, 'node_modules', name), join(modules, name));
    }
    mkdirSync(join(modules, 'better-sqlite3'));
    writeFileSync(
      join(modules, 'better-sqlite3/package.json'),
      '{"name":"better-sqlite3","version":"0.0.0"}',
    );
    expect(start(process.execPath, join(home, 'bin/userferry.mjs'), 'check')).toEqual({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(
        /^userferry: the package better-sqlite3 has no binary for \w+ on \w+; Userferry keeps the results of trials with it, so install Userferry again [^\n]*\n$/,
      ),
    });
  });

  it('turns a crash of native code into a sentence and exit code 2', () => {
    const home = stubCommandLine(
      `process.kill(process.pid, 'SIGSEGV'); await new Promise(() => setInterval(() => {}, 9));`,
    );
    const modules = join(home, 'node_modules', `node-${platform}`, 'bin');
    mkdirSync(modules, { recursive: true });
    cpSync(process.execPath, join(modules, 'node'));
    expect(start(otherNode, join(home, 'bin/userferry.mjs'), 'demo')).toEqual({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(/^userferry: the process ended with SIGSEGV, [^\n]*\n$/),
    });
  });

  it('passes signals on and ends as its child does', async () => {
    const home = stubCommandLine(
      `process.on('SIGTERM', () => { console.log('stopping'); process.exit(130); }); setInterval(() => {}, 50); console.log('ready');`,
    );
    const modules = join(home, 'node_modules', `node-${platform}`, 'bin');
    mkdirSync(modules, { recursive: true });
    cpSync(process.execPath, join(modules, 'node'));
    const child = spawn(otherNode, [join(home, 'bin/userferry.mjs')]);
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += String(chunk);
      if (output === 'ready\n') child.kill('SIGTERM');
    });
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect({ code, output }).toEqual({ code: 130, output: 'ready\nstopping\n' });
  });
});
