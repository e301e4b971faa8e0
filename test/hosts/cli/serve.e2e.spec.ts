import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { get, pathOf } from '#test/loopback.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { childrenOf, isRunning, startUserferry, userferry } from '#test/userferry.ts';

let folder = '';
let pages = '';
let project = '';

beforeAll(async () => {
  folder = temporaryFolder('serve');
  pages = join(folder, 'pages');
  project = join(folder, 'acme & co');
  mkdirSync(pages);
  writeFileSync(join(pages, 'index.html'), '<!doctype html><title>Userferry</title>');
  const made = await userferry(['init', project, '--from', 'sample', '--users', '300']);
  if (made.code !== 0) throw new Error(made.stderr);
});

/** What a process wrote to one of its outputs, once it fits. */
function written(
  child: ChildProcess,
  output: 'stdout' | 'stderr',
  pattern: RegExp,
): Promise<RegExpExecArray> {
  let text = '';
  return new Promise((resolve, reject) => {
    child[output]!.on('data', (chunk) => {
      text += String(chunk);
      const found = pattern.exec(text);
      if (found !== null) resolve(found);
    });
    child.once('exit', () => reject(new Error(`it ended and had written: ${text}`)));
  });
}

const LINK = /^ {2}(http:\S+)$/m;

describe('userferry serve', () => {
  it('prints a link to the project, a new one when asked, and stops on Ctrl-C without leaving anything', async () => {
    const { child, finished } = startUserferry(['serve', project, '--renderer', pages], { CI: '' });
    const first = (await written(child, 'stdout', LINK))[1]!;
    const engine = childrenOf(child.pid!);
    const next = written(child, 'stdout', LINK);
    child.kill('SIGUSR2');
    const second = (await next)[1]!;
    const port = Number(new URL(first).port);
    const replies = [await get(port, pathOf(first)), await get(port, pathOf(second))];
    child.kill('SIGINT');
    const { code, stdout, stderr } = await finished;
    expect({
      other: second !== first && new URL(second).port === String(port),
      replies: replies.map(({ status, headers }) => [status, headers['location']]),
      code,
      stopped: stdout.endsWith('Stopped.\n'),
      told: /ssh -L (\d+):127\.0\.0\.1:\1 /.exec(stderr)?.[1],
      tokens: stderr.includes('token'),
      left: [engine.length, ...engine.filter(isRunning)],
      after: await get(port, '/').catch((error: NodeJS.ErrnoException) => error.code),
    }).toEqual({
      other: true,
      replies: [303, 303].map((status) => [status, `/#/project/${encodeURIComponent(project)}`]),
      code: 130,
      stopped: true,
      told: String(port),
      tokens: false,
      left: [1],
      after: 'ECONNREFUSED',
    });
  });

  it('tells programs where it is as one line, and its end as one document', async () => {
    const { child, finished } = startUserferry(['serve', '--renderer', pages, '--no-open', '--json']);
    const [line] = await written(child, 'stderr', /^\{.*\}$/m);
    const told = JSON.parse(line) as { readonly port: number; readonly link: string };
    const { status, headers } = await get(told.port, pathOf(told.link));
    child.kill('SIGINT');
    const { code, stdout } = await finished;
    const origin = `http://127.0.0.1:${told.port}`;
    expect({ told, reply: [status, headers['location']], code, document: JSON.parse(stdout) }).toEqual({
      told: {
        type: 'serving',
        origin,
        port: told.port,
        link: expect.stringMatching(/^http:.*\?token=[\w-]{43}$/),
      },
      reply: [303, '/'],
      code: 130,
      document: {
        version: 1,
        command: 'serve',
        exitCode: 130,
        result: { origin, port: told.port, ended: 'interrupted' },
      },
    });
  });

  it('does not outlive being killed, nor does its engine', async () => {
    const { child, finished } = startUserferry(['serve', '--renderer', pages, '--no-open']);
    await written(child, 'stdout', LINK);
    const engine = childrenOf(child.pid!);
    child.kill('SIGKILL');
    await finished;
    while (engine.some(isRunning)) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(engine.length).toBe(1);
  });

  it('refuses other addresses, taken ports and folders that are no projects, each in a sentence', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    const told = async (...args: readonly string[]) => {
      const { code, stderr } = await userferry(['serve', '--renderer', pages, ...args]);
      return [code, stderr.split('\n', 1)[0]];
    };
    const answers = [
      await told('--host', '0.0.0.0'),
      await told('--port', String(port)),
      await told(join(folder, 'nowhere')),
      await told('--origin', 'http://app.example/path'),
    ];
    taken.close();
    expect(answers).toEqual([
      [2, 'userferry: Userferry listens on 127.0.0.1 only, not on 0.0.0.0'],
      [2, `userferry: port ${port} is taken by another program`],
      [2, `userferry: there is no project in ${join(folder, 'nowhere')}`],
      [
        2,
        expect.stringContaining("option '--origin <address>' argument 'http://app.example/path' is invalid"),
      ],
    ]);
  });

  it('opens the first browser that starts, with a link of its own', async () => {
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    const opened = join(folder, 'opened');
    writeFileSync(join(bin, 'chromium'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    writeFileSync(join(bin, 'xdg-open'), `#!/bin/sh\nprintf %s "$1" > '${opened}'\n`, { mode: 0o755 });
    const env = { ...process.env, PATH: `${bin}:/bin`, DISPLAY: ':0', NO_COLOR: '1' };
    const started = spawn(
      process.execPath,
      [fileURLToPath(new URL('../../../bin/userferry.mjs', import.meta.url)), 'serve', '--renderer', pages],
      { env: withoutSession(env) },
    );
    const link = (await written(started, 'stdout', LINK))[1]!;
    const other = await until(() => {
      try {
        return readFileSync(opened, 'utf8');
      } catch {
        return '';
      }
    });
    const port = Number(new URL(link).port);
    const statuses = [(await get(port, pathOf(other))).status, (await get(port, pathOf(link))).status];
    started.kill('SIGINT');
    await new Promise((resolve) => started.once('close', resolve));
    expect({ same: other === link, statuses }).toEqual({ same: false, statuses: [303, 303] });
  });
});

/** As on a desktop: neither a build server nor a remote session. */
function withoutSession({ CI: _ci, SSH_CONNECTION: _ssh, ...env }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return env;
}

async function until(look: () => string): Promise<string> {
  for (;;) {
    const found = look();
    if (found !== '') return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
