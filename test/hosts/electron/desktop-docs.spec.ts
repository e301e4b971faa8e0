import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const page = readFileSync(join(root, 'docs/desktop.md'), 'utf8');
const rows = [...page.matchAll(/^\| (\d+) \|(.*)\|$/gm)];

it('the table of rules has twenty, each with tests that exist', () => {
  const folders = ['test/hosts/electron', 'test/preload', 'test/packaging'];
  const named = rows.map(([, number, cells]) => {
    const tests = [
      ...cells!
        .split('|')
        .at(-1)!
        .matchAll(/`([\w.-]+)`/g),
    ].map(([, name]) => name!);
    const missing = tests.filter((name) => !folders.some((folder) => existsSync(join(root, folder, name))));
    return { rule: Number(number), tested: tests.length > 0, missing };
  });
  expect(named).toEqual(
    Array.from({ length: 20 }, (_, index) => ({ rule: index + 1, tested: true, missing: [] })),
  );
});
