import { execFileSync } from 'node:child_process';
import { symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readPlainText } from '#files/plain-file.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const codeOf = (path: string, most?: number) =>
  readPlainText(path, most).catch((error: unknown) => (error as NodeJS.ErrnoException).code);

it('reads plain files, through links too, up to a size', async () => {
  const folder = temporaryFolder('plain');
  const file = join(folder, 'file');
  writeFileSync(file, 'grün');
  symlinkSync(file, join(folder, 'link'));
  symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling'));
  const large = join(folder, 'large');
  writeFileSync(large, '');
  truncateSync(large, 4 * 1024 ** 4);
  expect({
    file: await readPlainText(file),
    link: await readPlainText(join(folder, 'link')),
    exactly: await readPlainText(file, 5),
    over: await codeOf(file, 4),
    large: await codeOf(large),
    folder: await codeOf(folder),
    missing: await codeOf(join(folder, 'missing')),
    dangling: await codeOf(join(folder, 'dangling')),
  }).toEqual({
    file: 'grün',
    link: 'grün',
    exactly: 'grün',
    over: 'TOO_LARGE',
    large: 'TOO_LARGE',
    folder: 'EISDIR',
    missing: 'ENOENT',
    dangling: 'ENOENT',
  });
});

it.runIf(process.platform !== 'win32')('waits for no pipe and reads no device', async () => {
  const pipe = join(temporaryFolder('plain'), 'pipe');
  execFileSync('mkfifo', [pipe]);
  expect(await Promise.all([pipe, '/dev/zero', '/dev/null'].map((path) => codeOf(path)))).toEqual([
    'NOT_A_FILE',
    'NOT_A_FILE',
    'NOT_A_FILE',
  ]);
});
