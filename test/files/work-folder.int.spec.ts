import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeWorkFolder, removeWorkFolder } from '#files/work-folder.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const usual = process.env['TMPDIR'];
let place = '';
beforeAll(() => {
  place = temporaryFolder('work');
  process.env['TMPDIR'] = place;
});
afterAll(() => {
  if (usual === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = usual;
});

const MODULE = fileURLToPath(new URL('../../main/files/work-folder.ts', import.meta.url));

/** Makes a work folder in a process of its own, which then ends as told. */
function elsewhere(end: string): void {
  const program = `const { makeWorkFolder } = await import(${JSON.stringify(MODULE)}); makeWorkFolder('audit'); ${end}`;
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
}

it('is its owner’s alone, and gone when it is given back', () => {
  const folder = makeWorkFolder('audit');
  writeFileSync(join(folder, 'people'), '');
  const mode = (statSync(folder).mode & 0o777).toString(8);
  removeWorkFolder(folder);
  expect([mode, existsSync(folder)]).toEqual(['700', false]);
});

it('goes with a process that ends by itself', () => {
  elsewhere('process.exit(3);');
  expect(readdirSync(place)).toEqual([]);
});

it('of a process that was killed goes when the next one is made; those in use and of others stay', () => {
  elsewhere("process.kill(process.pid, 'SIGKILL');");
  mkdirSync(join(place, 'userferry-of-somebody'));
  const killed = readdirSync(place).length;
  const [one, two] = [makeWorkFolder('audit'), makeWorkFolder('editor')];
  expect([
    killed,
    readdirSync(place)
      .map((name) => join(place, name))
      .toSorted(),
  ]).toEqual([2, [join(place, 'userferry-of-somebody'), one, two].toSorted()]);
  for (const folder of [one, two]) removeWorkFolder(folder);
});
