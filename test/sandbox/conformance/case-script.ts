import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { requestsOf } from '#sandbox/build/bundle-module.ts';
import { SANDBOX_MODULES } from '#sandbox/modules/manifest.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/conformance');

/** One file of cases each, below `test/fixtures/conformance`. */
export const CASES = [
  'buffer',
  'builtins',
  'compression',
  'crypto',
  'flow',
  'http',
  'http-clients',
  'keys',
  'language',
  'ldap',
  'libraries',
  'modules',
  'mongodb',
  'mysql',
  'mysql-5.6',
  'network',
  'passwords',
  'postgresql',
  'redis',
  'sql-server',
  'streams-and-timers',
  'text',
  'util',
] as const;

export const PLAIN_NODE_PROGRAM = join(FOLDER, 'plain-node.cjs');

const REQUESTS = new Set(
  SANDBOX_MODULES.flatMap((module) =>
    module.versions.flatMap((version) =>
      requestsOf(module, version).flatMap((request) => [
        request,
        ...(module.subpaths ?? []).map((subpath) => `${request}/${subpath}`),
      ]),
    ),
  ),
);

/** The modules that a case names anywhere, the way in which a guest is told before it starts. */
function namedModules(body: string): string {
  const quoted = [...body.matchAll(/'([^'\n]+)'/g)].map(([, text]) => text ?? '');
  return [...new Set(quoted)]
    .filter((text) => REQUESTS.has(text))
    .map((request) => `require('${request}')`)
    .join(' ');
}

/** A case file as a login script: runs in the sandbox and, unchanged, in plain Node. */
export function caseScript(name: string): string {
  const body = readFileSync(join(FOLDER, `${name}.js`), 'utf8');
  return `// ${namedModules(body)}
function login(settings, password, callback) {
  const results = {};
  const plain = (value) => {
    if (value === undefined) return 'undefined';
    return JSON.parse(JSON.stringify(value, (_key, inner) => (typeof inner === 'bigint' ? String(inner) : inner)) ?? '"nothing"');
  };
  const record = async (name, measure) => {
    try {
      await null;
      results[name] = plain(await measure());
    } catch (error) {
      results[name] = [error.name, error.code ?? 'no code', error.message].join(' | ');
    }
  };
  const cases = (${body.trim().replace(/;$/, '')});
  cases(record, require, settings).then(() => callback(null, results), callback);
}`;
}
