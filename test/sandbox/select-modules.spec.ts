import { expect, it } from 'vitest';
import type { SandboxManifest } from '#sandbox/guest/guest-api.ts';
import { selectModules } from '#sandbox/sandbox-build.ts';

const built = (name: string, version: string, requests: readonly string[]) => ({
  name,
  version,
  requests,
  isDefault: true,
  family: name === 'lodash' ? null : name,
  file: `modules/${name}@${version}.js`,
  bytes: 1,
  sha256: '',
});
const manifest: SandboxManifest = {
  nodeVersion: '22.23.3',
  errors: {},
  core: { file: 'core.js', bytes: 1, sha256: '' },
  modules: [
    built('pg', '8.23.1', ['pg', 'pg@8', 'pg@8.23.1']),
    built('mysql2', '3.24.6', ['mysql2', 'mysql2/promise']),
    built('lodash', '4.18.1', ['lodash']),
  ],
};

it.each([
  ["const { Pool } = require('pg');", { modules: ['pg@8.23.1'], warm: ['net', 'pg'] }],
  [
    'require ( "pg@8" ); require(`lodash`)',
    { modules: ['pg@8.23.1', 'lodash@4.18.1'], warm: ['net', 'pg@8'] },
  ],
  ['await fetch (url); prefetch(url)', { modules: [], warm: ['global:Headers'] }],
  ['await prefetch(url)', { modules: [], warm: [] }],
  [
    "require('mysql2/promise'); require('crypto'); require('nope')",
    { modules: ['mysql2@3.24.6'], warm: ['mysql2/promise', 'net'] },
  ],
  ["require('my' + 'sql2'); require(name)", { modules: [], warm: [] }],
  ['no modules at all', { modules: [], warm: [] }],
])('%s', (script, selection) => {
  expect(selectModules(manifest, script)).toEqual(selection);
});
