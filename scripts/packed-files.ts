// What a desktop package must hold, and what must not be in it.

/** Paths below the resources folder, for a system as Node names it. */
export function neededFiles(platform: string, arch: string): readonly string[] {
  const windows = platform === 'win32';
  const library = platform === 'linux' ? '-gnu' : windows ? '-msvc' : '';
  const isolate = platform === 'linux' ? 'abi147.glibc' : 'abi147';
  return [
    'app.asar',
    windows ? 'node/node.exe' : 'node/node',
    'node/LICENSE',
    windows ? 'bin/userferry.cmd' : 'bin/userferry',
    'engine/package.json',
    'engine/LICENSE',
    'engine/NOTICE',
    'engine/bin/userferry.mjs',
    'engine/dist/THIRD-PARTY-LICENSES.txt',
    'engine/dist/hosts/cli/main.js',
    'engine/dist/hosts/engine/engine-process.js',
    'engine/dist/renderer/index.html',
    'engine/build/sandbox/manifest.json',
    'engine/build/script-types/untyped.json',
    'engine/templates/scripts',
    `engine/node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node`,
    `engine/node_modules/isolated-vm/prebuilds/${platform}-${arch}/isolated-vm.${isolate}.node`,
    'engine/node_modules/node-gyp-build/package.json',
    `engine/node_modules/@node-rs/argon2-${platform}-${arch}${library}/package.json`,
    `engine/node_modules/@node-rs/bcrypt-${platform}-${arch}${library}/package.json`,
    `engine/node_modules/@typescript/typescript-${platform}-${arch}/lib/tsc${windows ? '.exe' : ''}`,
    ...['knex', 'pg', 'mysql2', 'tedious', 'oracledb'].map(
      (name) => `engine/node_modules/${name}/package.json`,
    ),
  ];
}

/** Packages of other systems, C sources, anything of Electron: what must not be there. */
export function strayFiles(platform: string, arch: string): readonly string[] {
  const others = ['linux-x64', 'linux-arm64', 'darwin-arm64', 'win32-x64'].filter(
    (one) => one !== `${platform}-${arch}`,
  );
  return [
    'engine/main',
    'engine/dist/hosts/electron',
    'engine/node_modules/electron',
    'engine/node_modules/better-sqlite3/deps',
    'engine/node_modules/isolated-vm/src',
    ...others.map((one) => `engine/node_modules/isolated-vm/prebuilds/${one}`),
    ...others.map((one) => `engine/node_modules/better-sqlite3/prebuilds/${one}.node`),
  ];
}
