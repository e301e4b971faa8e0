import { defineConfig } from 'vitest/config';

// Three speeds, told apart by file name: *.spec.ts is pure and instant, *.int.spec.ts starts real
// databases, isolates and files, *.e2e.spec.ts spawns the command line as a user would.
const speed = (name: string, include: string[], exclude: string[], testTimeout: number) => ({
  test: { name, include, exclude, testTimeout, hookTimeout: 120_000, pool: 'forks' as const, globals: false },
});

export default defineConfig({
  test: {
    execArgv: ['--no-node-snapshot'],
    projects: [
      speed('unit', ['test/**/*.spec.ts'], ['test/**/*.int.spec.ts', 'test/**/*.e2e.spec.ts'], 10_000),
      speed('int', ['test/**/*.int.spec.ts'], [], 120_000),
      speed('e2e', ['test/**/*.e2e.spec.ts'], [], 300_000),
    ],
  },
});
