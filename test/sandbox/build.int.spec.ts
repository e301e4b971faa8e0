import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PATHS } from '#sandbox/build/paths.ts';
import type { SandboxManifest } from '#sandbox/guest/guest-api.ts';
import { SANDBOX_BUILTINS, SANDBOX_MODULES } from '#sandbox/modules/manifest.ts';
import { type Sandbox, startSandbox } from '#test/script-runner.ts';

const built = (file: string): string => readFileSync(join(PATHS.output, file), 'utf8');
const manifest = JSON.parse(built('manifest.json')) as SandboxManifest;
const listed = SANDBOX_MODULES.flatMap(({ name, versions }) =>
  versions.map(({ version }) => `${name}@${version}`),
);

describe('the sandbox build', () => {
  it('holds every listed version of every module, and the Node it was built from', () => {
    expect({
      node: manifest.nodeVersion,
      modules: manifest.modules.map(({ name, version }) => `${name}@${version}`),
    }).toEqual({ node: '22.23.3', modules: listed });
  });

  it('names files with the sizes and checksums they have', () => {
    const files = [manifest.core, ...manifest.modules];
    const wrong = files.filter(({ file, bytes, sha256 }) => {
      const text = built(file);
      return Buffer.byteLength(text) !== bytes || createHash('sha256').update(text).digest('hex') !== sha256;
    });
    expect(wrong).toEqual([]);
  });

  it('answers each request with one module, the bare name with the default', () => {
    const requests = manifest.modules.flatMap((module) => module.requests);
    const version = (request: string) =>
      manifest.modules.find((module) => module.requests.includes(request))?.version;
    expect(requests.filter((request, index) => requests.indexOf(request) !== index)).toEqual([]);
    expect([
      version('mysql2'),
      version('mysql2@2/promise'),
      version('mongodb@4'),
      version('mongodb@4.17.2'),
    ]).toEqual(['3.24.6', '2.3.3', '4.17.2', '4.17.2']);
  });

  it('translates error names to the numbers of the lib inside', () => {
    expect(manifest.errors).toMatchObject({
      ECONNREFUSED: expect.any(Number),
      EOF: -4095,
      EAI_MEMORY: -3006,
    });
  });

  it('is not repeated while nothing changed', () => {
    const { stdout, status } = spawnSync(process.execPath, [join(PATHS.buildSource, 'build.ts')], {
      encoding: 'utf8',
    });
    expect({ stdout, status }).toEqual({ stdout: 'sandbox build: up to date\n', status: 0 });
  });
});

describe('inside the sandbox', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());

  const load =
    'function (name, _password, callback) { const value = require(name); callback(null, [typeof value, Object.keys(value).length + String(value).length > 0]); }';
  const loaded = async (request: string) => {
    const { ending, value, error, findings } = await sandbox.run(load, {
      args: [request, ''],
      password: null,
    });
    return { ending, value, error, findings };
  };

  it.each([...listed, 'mysql2/promise', 'mysql2@2/promise'])('%s loads', async (request) => {
    expect(await loaded(request)).toEqual({
      ending: 'called-back',
      value: [expect.stringMatching(/^(object|function)$/), true],
      error: null,
      findings: [],
    });
  });

  it.each(SANDBOX_BUILTINS.flatMap((name) => [name, `node:${name}`]))(
    'the builtin %s loads',
    async (request) => {
      expect(await loaded(request)).toMatchObject({ ending: 'called-back', error: null });
    },
  );

  it('a module that does not exist is missing', async () => {
    expect(await loaded('left-pad@1.0.0')).toMatchObject({
      ending: 'threw',
      error: { code: 'MODULE_NOT_FOUND', message: "Cannot find module 'left-pad@1.0.0'" },
    });
  });
});
