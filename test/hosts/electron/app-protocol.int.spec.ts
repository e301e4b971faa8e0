import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { contentSecurityPolicy } from '#hosts/csp.ts';
import { runShell } from './shell-run.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'uf-page-'));
  await mkdir(join(folder, 'renderer', 'assets'), { recursive: true });
  await mkdir(join(folder, 'renderer-secrets'));
  await writeFile(join(folder, 'renderer', 'index.html'), '<!doctype html>');
  await writeFile(join(folder, 'renderer', 'assets', 'a b.js'), 'export {};');
  await writeFile(join(folder, 'renderer', 'tool.exe'), 'MZ');
  await writeFile(join(folder, 'secret.json'), '{}');
  await writeFile(join(folder, 'renderer-secrets', 'secret.json'), '{}');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function get(url: string, method = 'GET') {
  const { fake } = await runShell({ renderer: join(folder, 'renderer') });
  const response = await fake.seen.protocols.get('app')!({ url, method });
  return { response, text: await response.text() };
}

it('serves files of the page under the policy of all hosts', async () => {
  const { response, text } = await get('app://bundle/');
  expect({ status: response.status, text, headers: Object.fromEntries(response.headers) }).toEqual({
    status: 200,
    text: '<!doctype html>',
    headers: {
      'cache-control': 'no-store',
      'content-security-policy': contentSecurityPolicy(),
      'content-type': 'text/html; charset=utf-8',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
  });
});

it.each([
  ['app://bundle/index.html', 'GET', 200],
  ['app://bundle/assets/a%20b.js?v=1', 'GET', 200],
  ['app://bundle/index.html', 'HEAD', 200],
  ['app://bundle/none.js', 'GET', 404],
  ['app://bundle/assets', 'GET', 404],
  ['app://bundle/tool.exe', 'GET', 404],
  ['app://other/index.html', 'GET', 404],
  ['app://bundle/index.html', 'POST', 405],
  ['app://bundle/..%2fsecret.json', 'GET', 403],
  ['app://bundle/..%2frenderer-secrets%2fsecret.json', 'GET', 403],
  ['app://bundle/assets/..%2f..%2fsecret.json', 'GET', 403],
  ['app://bundle/..%5csecret.json', 'GET', 403],
  ['app://bundle/%00index.html', 'GET', 403],
  ['app://bundle/%ff', 'GET', 403],
  ['app://bundle/..%252fsecret.json', 'GET', 404],
])('%s by %s is %d', async (url, method, status) => {
  const { response, text } = await get(url, method);
  expect({ status: response.status, empty: text === '' }).toEqual({
    status,
    empty: status !== 200 || method === 'HEAD',
  });
});
