import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PATHS } from '#sandbox/build/paths.ts';
import { SANDBOX_MODULES } from '#sandbox/modules/manifest.ts';

// The manual says that what can be required does not depend on the tenant's choice between Node 18 and 22.

interface Semver {
  satisfies(version: string, range: string): boolean;
}
const semver = createRequire(join(PATHS.packages, 'package.json'))('semver') as Semver;
const TENANT_NODES = ['18.20.8', '22.23.3'];

function engines(folder: string): string {
  const text = readFileSync(join(PATHS.packages, 'node_modules', folder, 'package.json'), 'utf8');
  return (JSON.parse(text) as { engines?: { node?: string } }).engines?.node ?? '*';
}

it('every version on offer declares to run on Node 18 and on Node 22', () => {
  const versions = SANDBOX_MODULES.flatMap(({ name, versions: all }) =>
    all.map(({ version, installedAs }) => ({ id: `${name}@${version}`, range: engines(installedAs) })),
  );
  const refusing = versions.filter(
    ({ range }) => !TENANT_NODES.every((node) => semver.satisfies(node, range)),
  );
  expect(refusing).toEqual([]);
  expect(versions.length).toBeGreaterThan(40);
});
