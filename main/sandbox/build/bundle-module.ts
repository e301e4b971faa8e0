import { build, type Plugin } from 'esbuild';
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import type { ModuleVersion, SandboxModule } from '../modules/manifest.ts';
import { PATHS } from './paths.ts';

/** Never bundled: builtins come from the guest, the rest are optional parts the sandbox does not offer. */
const EXTERNAL = [
  ...builtinModules.filter((name) => name !== 'punycode'),
  'node:*',
  'pg-native',
  'pg-cloudflare',
  'pg-query-stream',
  'cpu-features',
  'kerberos',
  'snappy',
  'mongodb-client-encryption',
  'bson-ext',
  '@mongodb-js/zstd',
  '@aws-sdk/*',
  'gcp-metadata',
  'dtrace-provider',
  'bufferutil',
  'utf-8-validate',
  'encoding',
];

const STUBS = join(PATHS.modulesSource, 'stubs');
const ALIASES = {
  // Its other build unpacks a table when it is loaded, which needs the host; this one has the table as it is.
  '@mongodb-js/saslprep': join(PATHS.packages, 'node_modules/@mongodb-js/saslprep/dist/browser.js'),
  '@azure/identity': join(STUBS, 'unavailable.cjs'),
  '@azure/keyvault-keys': join(STUBS, 'unavailable.cjs'),
  '@azure/core-auth': join(STUBS, 'unavailable.cjs'),
  'optional-require': join(STUBS, 'optional-require.cjs'),
};

/** `pg`, `pg@8`, `pg@8.23`, `pg@8.23.1`; the bare name and each prefix only where no newer version claims it. */
export function requestsOf(module: SandboxModule, version: ModuleVersion): string[] {
  const parts = version.version.split('.');
  const prefixes = parts.map((_, index) => parts.slice(0, index + 1).join('.'));
  const earlier = module.versions.slice(0, module.versions.indexOf(version));
  const free = prefixes.filter(
    (prefix) => !earlier.some((other) => `${other.version}.`.startsWith(`${prefix}.`)),
  );
  return [
    ...(earlier.length === 0 ? [module.name] : []),
    ...free.map((prefix) => `${module.name}@${prefix}`),
  ];
}

function installedVersion(folder: string): string {
  const text = readFileSync(join(PATHS.packages, 'node_modules', folder, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** No native addon below it: its stand-in wraps the module instead of replacing what `node-gyp-build` finds. */
function isPlainJavaScript(folder: string): boolean {
  return !existsSync(join(PATHS.packages, 'node_modules', folder, 'binding.gyp'));
}

function addonAliases(version: ModuleVersion): Record<string, string> {
  if (version.addon === undefined) return {};
  if (isPlainJavaScript(version.installedAs)) return { 'real-module': version.installedAs };
  return { 'node-gyp-build': join(PATHS.modulesSource, version.addon) };
}

/** The CommonJS text that exposes a module and its subpaths, each evaluated at its first `require`. */
function entryText(module: SandboxModule, version: ModuleVersion): string {
  const wraps = version.addon !== undefined && isPlainJavaScript(version.installedAs);
  const target = wraps ? join(PATHS.modulesSource, version.addon) : version.installedAs;
  const from = (subpath: string): string =>
    JSON.stringify(subpath === '.' ? target : `${version.installedAs}/${subpath}`);
  const paths = ['.', ...(module.subpaths ?? [])];
  return `module.exports = { ${paths.map((path) => `${JSON.stringify(path)}: () => require(${from(path)})`).join(', ')} };`;
}

/**
 * BSON makes its work buffer of 17 MB when it is loaded, and again when it is too small at the first document. Only the
 * second is kept: in a snapshot the first one would be copied for each container.
 */
const lateBuffer: Plugin = {
  name: 'late-buffer',
  setup(esbuild) {
    esbuild.onLoad({ filter: /[\\/]bson[\\/]lib[\\/]bson\.c?js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const contents = text.replace(/\b(buffer = [\w.]+\.alloc(?:ate)?\()MAXSIZE(\);)/, '$164$2');
      if (contents === text) throw new Error(`${path} does not make its buffer where it is expected.`);
      return { contents, loader: 'js' };
    });
  },
};

/** Bundles one version of one module to the text of a file that registers it with the guest. */
export async function bundleModule(module: SandboxModule, version: ModuleVersion): Promise<string> {
  const id = `${module.name}@${version.version}`;
  const installed = installedVersion(version.installedAs);
  if (installed !== version.version) throw new Error(`${id} is listed, but ${installed} is installed.`);

  const result = await build({
    stdin: { contents: entryText(module, version), resolveDir: PATHS.packages, loader: 'js' },
    absWorkingDir: PATHS.root,
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'esnext',
    minifyWhitespace: true,
    legalComments: 'none',
    external: EXTERNAL,
    alias: { ...ALIASES, ...addonAliases(version) },
    nodePaths: [join(PATHS.packages, 'node_modules')],
    loader: { '.node': 'empty' },
    plugins: [lateBuffer],
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  });
  const text = result.outputFiles[0]?.text ?? '';
  const requests: Record<string, string> = {};
  for (const request of requestsOf(module, version)) {
    requests[request] = '.';
    for (const subpath of module.subpaths ?? []) requests[`${request}/${subpath}`] = subpath;
  }
  const about = { id, requests, native: version.addon !== undefined };
  return `__def(${JSON.stringify(about)},function(module,exports,require,__filename,__dirname,__native){${text}\n});\n`;
}
