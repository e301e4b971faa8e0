import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROOF_FILE } from '#contract/proof.ts';
import type { Fault } from '#engine/fault.ts';
import { beginExport } from '#exporters/export-draft.ts';
import { unfinishedPath } from '#files/unfinished.ts';
import { emptyProof } from '#test/empty-proof.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

async function write(folder: string, text: string, force = false): Promise<void> {
  const draft = await beginExport(folder, force);
  const facts = await draft.write('a/b.js', text);
  await draft.write(PROOF_FILE, JSON.stringify(emptyProof([facts])));
  await draft.commit();
}

function faultOf(work: Promise<unknown>): Promise<readonly unknown[]> {
  return work.then(
    () => ['no fault'],
    (error: unknown) => {
      const { kind, message } = error as Fault;
      return [kind, message];
    },
  );
}

describe('an export', () => {
  it('describes what it wrote, and appears as a whole', async () => {
    const folder = join(temporaryFolder(), 'new/out');
    const draft = await beginExport(folder, false);
    const facts = [
      await draft.write('a/b.js', 'one\ntwo ü\nthree'),
      await draft.write('users/1.json', '[]\n', true),
      await draft.write('empty', ''),
    ];
    const before = existsSync(folder);
    await draft.commit();
    const mode = (path: string) => (statSync(join(folder, path)).mode & 0o777).toString(8);
    expect({
      before,
      facts: facts.map(({ path, bytes, lines }) => [path, bytes, lines]),
      text: readFileSync(join(folder, 'a/b.js'), 'utf8'),
      modes: [mode('.'), mode('a/b.js'), mode('users/1.json')],
      beside: readdirSync(dirname(folder)),
    }).toEqual({
      before: false,
      facts: [
        ['a/b.js', 16, 3],
        ['users/1.json', 3, 1],
        ['empty', 0, 0],
      ],
      text: 'one\ntwo ü\nthree',
      modes: ['755', '644', '600'],
      beside: ['out'],
    });
  });

  it('leaves nothing behind when it is discarded', async () => {
    const root = temporaryFolder();
    const draft = await beginExport(join(root, 'out'), false);
    await draft.write('a', 'b');
    await draft.discard();
    expect(readdirSync(root)).toEqual([]);
  });

  it('takes the place of an empty folder', async () => {
    const folder = temporaryFolder();
    await write(folder, 'x');
    expect(readdirSync(folder).toSorted()).toEqual(['a', PROOF_FILE]);
  });

  it('replaces a previous export only when told to, and only files of it', async () => {
    const folder = join(temporaryFolder(), 'out');
    await write(folder, 'first');
    const refused = await faultOf(write(folder, 'second'));
    await write(folder, 'third', true);
    const replaced = readFileSync(join(folder, 'a/b.js'), 'utf8');
    writeFileSync(join(folder, 'a/mine.txt'), 'mine');
    const strange = await faultOf(write(folder, 'fourth', true));
    expect({ refused, replaced, strange, beside: readdirSync(dirname(folder)) }).toEqual({
      refused: ['input-invalid', 'the folder holds an export of 2026-11-24; nothing was written'],
      replaced: 'third',
      strange: [
        'input-invalid',
        'the export in the folder has a file that is not part of it: a/mine.txt; nothing was written',
      ],
      beside: ['out'],
    });
  });

  it('touches no other folder, whatever it is told', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'thesis.txt'), 'years of work');
    const full = await faultOf(beginExport(folder, true));
    const file = await faultOf(beginExport(join(folder, 'thesis.txt'), true));
    const below = await faultOf(beginExport(join(folder, 'thesis.txt/out'), true));
    expect({ full, file, below, left: readdirSync(folder) }).toEqual({
      full: ['input-invalid', 'the folder is not empty and holds no export; nothing was written'],
      file: ['input-invalid', 'there is a file or link of this name; nothing was written'],
      below: ['project-unwritable', 'writing the export failed: a part of the path is a file'],
      left: ['thesis.txt'],
    });
  });
});

describe('an export that was killed', () => {
  /** The name that another process, which is dead by now, would have chosen. */
  const ofTheDead = (folder: string, kind: 'tmp' | 'old'): string =>
    unfinishedPath(folder, kind).replace(
      `-${process.pid}-`,
      `-${spawnSync(process.execPath, ['-e', '']).pid}-`,
    );

  it('while the old one stood aside: that one comes back, and what was half of the new one goes', async () => {
    const folder = join(temporaryFolder(), 'out');
    await write(folder, 'old');
    renameSync(folder, ofTheDead(folder, 'old'));
    mkdirSync(ofTheDead(folder, 'tmp'));
    const refused = await faultOf(beginExport(folder, false));
    const there = readFileSync(join(folder, 'a/b.js'), 'utf8');
    await write(folder, 'new', true);
    expect({
      refused,
      there,
      now: readFileSync(join(folder, 'a/b.js'), 'utf8'),
      beside: readdirSync(dirname(folder)),
    }).toEqual({
      refused: ['input-invalid', expect.stringMatching(/holds an export of/)],
      there: 'old',
      now: 'new',
      beside: ['out'],
    });
  });

  it('after the new one was in its place: the old one goes', async () => {
    const folder = join(temporaryFolder(), 'out');
    await write(folder, 'new');
    mkdirSync(ofTheDead(folder, 'old'));
    await write(folder, 'newer', true);
    expect([readFileSync(join(folder, 'a/b.js'), 'utf8'), readdirSync(dirname(folder))]).toEqual([
      'newer',
      ['out'],
    ]);
  });
});
