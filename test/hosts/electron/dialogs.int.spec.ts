import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Picked } from '#contract/desktop.ts';
import { CHANNELS } from '#contract/desktop-channels.ts';
import { runShell } from './shell-run.ts';

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'uf-dialog-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

const picked = (path: string, name: string) => ({
  ok: true,
  value: { handle: expect.stringMatching(/^[0-9a-f]{32}$/) as string, path, name },
});

describe('picking', () => {
  it('gives the folder that the person chose, and null where they chose none', async () => {
    const { ask, fake } = await runShell();
    const none = await ask(CHANNELS.pickFolder, { title: 'New project in' });
    fake.system.open = { canceled: false, filePaths: ['/projects/acme'] };
    expect({ none, some: await ask(CHANNELS.pickFolder, {}), asked: fake.seen.questions }).toEqual({
      none: { ok: true, value: null },
      some: picked('/projects/acme', 'acme'),
      asked: [
        { title: 'New project in', properties: ['openDirectory', 'createDirectory'] },
        { properties: ['openDirectory', 'createDirectory'] },
      ],
    });
  });

  it('asks for a file of the wanted kinds', async () => {
    const { ask, fake } = await runShell();
    fake.system.open = { canceled: false, filePaths: ['/data/users.csv'] };
    const filters = [{ name: 'Users', extensions: ['csv', 'ndjson'] }];
    expect({ file: await ask(CHANNELS.pickFile, { filters }), asked: fake.seen.questions }).toEqual({
      file: picked('/data/users.csv', 'users.csv'),
      asked: [{ filters, properties: ['openFile'] }],
    });
  });
});

describe('saving', () => {
  it('writes text and bytes to where the person said', async () => {
    const { ask, fake } = await runShell();
    const path = join(folder, 'report.bin');
    fake.system.save = { canceled: false, filePath: path };
    const bytes = new Uint8Array([0, 255, 10]);
    const answer = await ask(CHANNELS.saveFile, { suggestedName: 'report.bin', content: bytes });
    const written = [...(await readFile(path))];
    await ask(CHANNELS.saveFile, { suggestedName: 'report.txt', content: 'größer' });
    expect({ answer, written, text: await readFile(path, 'utf8'), asked: fake.seen.questions[0] }).toEqual({
      answer: picked(path, 'report.bin'),
      written: [0, 255, 10],
      text: 'größer',
      asked: { defaultPath: 'report.bin' },
    });
  });

  it('says why a file cannot be written', async () => {
    const { ask, fake } = await runShell();
    const path = join(folder, 'missing', 'report.txt');
    fake.system.save = { canceled: false, filePath: path };
    expect(await ask(CHANNELS.saveFile, { suggestedName: 'report.txt', content: 'x' })).toEqual({
      ok: false,
      reason: `The file could not be written (ENOENT): ${path}`,
    });
  });

  it.each(['../up.txt', '/etc/passwd', 'a\\b', 'C:x', 'a\nb', ''])(
    'takes no path as a name: %j',
    async (suggestedName) => {
      const { ask, fake } = await runShell();
      await ask(CHANNELS.saveFile, { suggestedName, content: 'x' });
      expect(fake.seen.questions).toEqual([]);
    },
  );
});

describe('revealing', () => {
  it('shows what was picked, and nothing under a handle that nobody gave out', async () => {
    const { ask, fake } = await runShell();
    fake.system.open = { canceled: false, filePaths: ['/projects/acme'] };
    const answer = await ask<Picked>(CHANNELS.pickFolder, {});
    if (!answer.ok) throw new Error(answer.reason);
    const known = await ask(CHANNELS.reveal, answer.value.handle);
    const unknown = await ask(CHANNELS.reveal, 'f'.repeat(32));
    expect({ known, unknown, revealed: fake.seen.revealed }).toEqual({
      known: { ok: true, value: true },
      unknown: { ok: true, value: false },
      revealed: ['/projects/acme'],
    });
  });
});
