import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { get, pathOf } from '#test/loopback.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
let folder = '';

function run(cwd: string, command: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  return { status, stdout, stderr };
}

function mustRun(cwd: string, command: string, ...args: readonly string[]): void {
  const { status, stdout, stderr } = run(cwd, command, ...args);
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with ${status}\n${stdout}\n${stderr}`);
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'userferry-package-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Serves the app from the installed package, signs in and gives the page. */
async function servedPage(): Promise<string> {
  const program = join(folder, 'node_modules/.bin/userferry');
  const child = spawn(program, ['serve', '--no-open', '--json'], { cwd: folder });
  const ended = new Promise((resolve) => child.once('close', resolve));
  let told = '';
  const link = await new Promise<string>((resolve, reject) => {
    child.stderr.on('data', (chunk) => {
      told += String(chunk);
      const found = /"link":"([^"]+)"/.exec(told);
      if (found !== null) resolve(found[1]!);
    });
    child.once('exit', () => reject(new Error(told)));
  });
  const port = Number(new URL(link).port);
  const { cookies } = await get(port, pathOf(link));
  const { body } = await get(port, '/', { cookie: cookies[0]!.split(';', 1)[0]! });
  child.kill('SIGINT');
  await ended;
  return body;
}

it('is packed, installed and works without a checkout', async () => {
  mustRun(root, 'npm', 'pack', '--pack-destination', folder);
  const archive = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  mustRun(folder, 'npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund', `./${archive}`);

  const userferry = (...args: readonly string[]) =>
    run(folder, join(folder, 'node_modules/.bin/userferry'), ...args);
  const made = userferry('init', 'acme', '--from', 'sample', '--users', '300');
  const trial = userferry('trial', 'bulk', '-p', 'acme', '--json');
  const lazy = userferry('trial', 'lazy', '-p', 'acme', '--depth', 'profiles', '--limit', '20', '--json');
  const counts = (text: string) =>
    (
      JSON.parse(text) as { readonly result: { readonly counts: readonly { readonly done: number }[] } }
    ).result.counts.map((one) => one.done);
  const licences = readdirSync(join(folder, 'node_modules/userferry')).toSorted((a, b) => a.localeCompare(b));
  const page = await servedPage();
  expect({
    page: /<script type="module"[^>]* src="\.\/assets\/[^"]+\.js">/.test(page),
    made: made.status,
    bulk: counts(trial.stdout),
    lazy: counts(lazy.stdout),
    sources: licences.includes('main'),
    legal: ['LICENSE', 'NOTICE'].every((name) => licences.includes(name)),
  }).toEqual({ page: true, made: 0, bulk: [300], lazy: [20], sources: false, legal: true });
});
