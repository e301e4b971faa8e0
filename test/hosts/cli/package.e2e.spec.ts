import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

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

it('is packed, installed and works without a checkout', () => {
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
  expect({
    made: made.status,
    bulk: counts(trial.stdout),
    lazy: counts(lazy.stdout),
    sources: licences.includes('main'),
    legal: ['LICENSE', 'NOTICE'].every((name) => licences.includes(name)),
  }).toEqual({ made: 0, bulk: [300], lazy: [20], sources: false, legal: true });
});
