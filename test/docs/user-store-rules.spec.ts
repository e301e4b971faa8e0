import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const ROW = /^\| (.+) \| `(test\/[\w./-]+)` "(.+)" \|$/;

const rows = readFileSync(join(ROOT, 'docs/user-store-rules.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| rule ') && !line.startsWith('| --- '));

it('every rule of the user store names a test that there is', () => {
  const wrong = rows.filter((line) => {
    const [, , file = '', title = ''] = ROW.exec(line) ?? [];
    return !existsSync(join(ROOT, file)) || !readFileSync(join(ROOT, file), 'utf8').includes(title);
  });
  expect(wrong).toEqual([]);
  expect(rows.length).toBeGreaterThan(40);
});
