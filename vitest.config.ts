import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// The package itself downloads a binary when it is loaded without one, so nobody gets it in a test.
const electron = {
  find: /^electron$/,
  replacement: fileURLToPath(new URL('test/hosts/electron/fake-electron.ts', import.meta.url)),
};

// Three speeds, told apart by file name: *.spec.ts is pure and instant, *.int.spec.ts starts real
// databases, isolates and files, *.e2e.spec.ts spawns the command line as a user would.
// Those two may try once more in CI, where a shared machine can starve a server for seconds; nowhere else.
const speed = (name: string, include: string[], exclude: string[], testTimeout: number) => ({
  resolve: { alias: [electron] },
  test: {
    name,
    include,
    exclude,
    testTimeout,
    hookTimeout: 240_000,
    pool: 'forks' as const,
    globals: false,
    // A second is short for a browser on a machine that does other things, too.
    expect: { poll: { timeout: 15_000 } },
    retry: name !== 'unit' && process.env['CI'] !== undefined ? 1 : 0,
  },
});

export default defineConfig({
  test: {
    execArgv: ['--no-node-snapshot'],
    // Many tests wait for servers and processes most of the time: two files at once, on two cores as well.
    maxWorkers: 2,
    projects: [
      speed('unit', ['test/**/*.spec.ts'], ['test/**/*.int.spec.ts', 'test/**/*.e2e.spec.ts'], 10_000),
      speed('int', ['test/**/*.int.spec.ts'], [], 120_000),
      speed('e2e', ['test/**/*.e2e.spec.ts'], [], 300_000),
    ],
  },
});
