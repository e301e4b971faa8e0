import { mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TrialRecord } from '#contract/trial-record.ts';
import { createTrialFolders } from '#project/trial-folders.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const trials = createTrialFolders();

function record(id: string, createdAt = '2026-10-01T10:00:00.000Z'): TrialRecord {
  return {
    version: 1,
    id,
    project: 'acme',
    status: 'running',
    options: {
      kind: 'lazy',
      depth: 'profiles',
      order: 'lazy-first',
      lazyDays: 90,
      container: 'warm',
      timeLimitMs: 20_000,
      upsert: false,
      filter: {},
      retryForSeconds: 300,
    },
    createdAt,
    updatedAt: createdAt,
    inputs: {
      settings: 'x',
      scripts: { login: 'y' },
      legacyEngine: 'sqlite',
      legacyVersion: 'SQLite 3',
      legacyReadOnly: 'opened read-only',
      legacyRows: 3,
    },
    versions: { userferry: '0.1.0', node: '26.10.0', scriptRuntime: '22.23.3' },
    assumptions: {},
    phases: [],
    fault: null,
  };
}

const fault = (kind: string, message?: unknown) =>
  expect.objectContaining(message === undefined ? { kind } : { kind, message });

describe('trials on disk', () => {
  it('are created, rewritten and read back', async () => {
    const project = temporaryFolder('trials');
    const first = record('2026-10-01-a');
    await trials.create(project, first);
    const later: TrialRecord = { ...first, status: 'finished' };
    await trials.writeRecord(project, later);
    expect(await trials.readRecord(project, first.id)).toEqual(later);
    expect(readdirSync(join(project, 'trials', first.id))).toEqual(['trial.json']);
    expect(trials.replicaPath(project, first.id)).toBe(join(project, 'trials', first.id, 'replica.db'));
  });

  it('are never torn while they are rewritten', async () => {
    const project = temporaryFolder('trials');
    const made = record('a');
    await trials.create(project, made);
    let writing = true;
    const writer = (async () => {
      for (let nth = 0; nth < 40; nth++) {
        await trials.writeRecord(project, { ...made, assumptions: { filler: 'x'.repeat(nth * 5000) } });
      }
      writing = false;
    })();
    const lengths = new Set<number>();
    while (writing) lengths.add((await trials.readRecord(project, 'a')).assumptions['filler']?.length ?? 0);
    await writer;
    expect([...lengths].filter((length) => length % 5000 !== 0)).toEqual([]);
    expect(lengths.size).toBeGreaterThan(1);
  });

  it('are not created twice', async () => {
    const project = temporaryFolder('trials');
    await trials.create(project, record('a'));
    await expect(trials.create(project, record('a'))).rejects.toThrow(
      fault('input-invalid', 'there is a trial "a" already'),
    );
    expect(readdirSync(join(project, 'trials'))).toEqual(['a']);
  });

  it('take no place that anything has already, an empty folder either', async () => {
    const project = temporaryFolder('trials');
    mkdirSync(join(project, 'trials', 'a'), { recursive: true });
    await expect(trials.create(project, record('a'))).rejects.toThrow(
      fault('input-invalid', 'there is a trial "a" already'),
    );
    expect(readdirSync(join(project, 'trials'), { recursive: true })).toEqual(['a']);
  });

  it('are there with their record or not at all, whenever one looks', async () => {
    const project = temporaryFolder('trials');
    let making = true;
    const maker = (async () => {
      for (let nth = 0; nth < 40; nth++) await trials.create(project, record(`t${nth}`));
      making = false;
    })();
    const damaged: unknown[] = [];
    while (making) damaged.push(...(await trials.list(project)).filter(({ kind }) => kind === 'damaged'));
    await maker;
    expect([damaged, (await trials.list(project)).length]).toEqual([[], 40]);
  });

  it('are listed newest first, damaged ones last with the reason', async () => {
    const project = temporaryFolder('trials');
    expect(await trials.list(project)).toEqual([]);
    const older = record('b-older', '2026-09-01T10:00:00.000Z');
    const newer = record('a-newer', '2026-10-01T10:00:00.000Z');
    for (const one of [older, newer, record('torn'), record('moved'), record('future'), record('odd')]) {
      await trials.create(project, one);
    }
    const file = (id: string) => join(project, 'trials', id, 'trial.json');
    truncateSync(file('torn'), 100);
    writeFileSync(file('moved'), JSON.stringify(older));
    writeFileSync(file('future'), JSON.stringify({ ...record('future'), version: 2 }));
    writeFileSync(file('odd'), JSON.stringify({ ...record('odd'), status: 'sleeping' }));
    mkdirSync(join(project, 'trials', 'empty'));
    writeFileSync(join(project, 'trials', 'notes.txt'), 'no trial');
    const listed = await trials.list(project);
    expect(listed.slice(0, 2)).toEqual([
      { kind: 'trial', record: newer },
      { kind: 'trial', record: older },
    ]);
    expect(listed.slice(2).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))).toEqual([
      { kind: 'damaged', id: 'empty', reason: 'trial.json is missing' },
      { kind: 'damaged', id: 'future', reason: 'trial.json was written by a newer version' },
      { kind: 'damaged', id: 'moved', reason: 'trial.json belongs to trial b-older' },
      { kind: 'damaged', id: 'odd', reason: 'trial.json is not a trial record (status)' },
      { kind: 'damaged', id: 'torn', reason: 'trial.json is cut off or not JSON' },
    ]);
    await expect(trials.readRecord(project, 'torn')).rejects.toThrow(
      fault('trial-missing', 'the record of trial "torn" is damaged: trial.json is cut off or not JSON'),
    );
  });

  it('that are not there are a fault', async () => {
    const project = temporaryFolder('trials');
    await expect(trials.readRecord(project, 'gone')).rejects.toThrow(
      fault('trial-missing', 'there is no trial "gone"'),
    );
    await expect(trials.remove(project, 'gone')).rejects.toThrow(
      fault('trial-missing', 'there is no trial "gone"'),
    );
  });

  it.each(['..', '.', '', '../other', '/etc', 'a/b', 'A', 'a\\b', 'a\0b'])(
    'have no id like %j',
    async (id) => {
      const project = temporaryFolder('trials');
      await expect(trials.remove(project, id)).rejects.toThrow(fault('trial-missing'));
      await expect(trials.readRecord(project, id)).rejects.toThrow(fault('trial-missing'));
      await expect(trials.writeFile(project, id, 'report.html', 'x')).rejects.toThrow(fault('trial-missing'));
      expect(() => trials.replicaPath(project, id)).toThrow(fault('trial-missing'));
    },
  );
});

describe('removing a trial', () => {
  it('removes its folder and what is in it, and no more', async () => {
    const project = temporaryFolder('trials');
    const outside = temporaryFolder('outside');
    writeFileSync(join(outside, 'precious'), 'mine');
    for (const id of ['a', 'b']) await trials.create(project, record(id));
    symlinkSync(outside, join(project, 'trials/a/link'));
    await trials.remove(project, 'a');
    expect(readdirSync(join(project, 'trials'))).toEqual(['b']);
    expect(readdirSync(outside)).toEqual(['precious']);
  });

  it('follows no link, neither of the trial nor of the folder of all trials', async () => {
    const outside = temporaryFolder('outside');
    await trials.create(outside, record('a'));
    const linkedTrial = temporaryFolder('trials');
    mkdirSync(join(linkedTrial, 'trials'));
    symlinkSync(join(outside, 'trials/a'), join(linkedTrial, 'trials/a'));
    const linkedFolder = temporaryFolder('trials');
    symlinkSync(join(outside, 'trials'), join(linkedFolder, 'trials'));
    for (const project of [linkedTrial, linkedFolder]) {
      await expect(trials.remove(project, 'a')).rejects.toThrow(fault('input-invalid'));
    }
    expect(readdirSync(join(outside, 'trials/a'))).toEqual(['trial.json']);
  });
});

describe('files of a trial', () => {
  it('are written whole, and their size is told in bytes', async () => {
    const project = temporaryFolder('trials');
    await trials.create(project, record('a'));
    expect(await trials.writeFile(project, 'a', 'report.html', 'größer')).toBe(8);
    expect(await trials.writeFile(project, 'a', 'import/users-0001.json', '[]')).toBe(2);
    expect(readFileSync(join(project, 'trials/a/report.html'), 'utf8')).toBe('größer');
    expect(readdirSync(join(project, 'trials/a/import'))).toEqual(['users-0001.json']);
  });

  it.each(['../x', '/x', '.hidden', 'a/../../x', 'a/b/c', '', 'a\\..\\x'])(
    'are not called %j',
    async (name) => {
      const project = temporaryFolder('trials');
      await trials.create(project, record('a'));
      await expect(trials.writeFile(project, 'a', name, 'x')).rejects.toThrow(fault('input-invalid'));
      expect(readdirSync(join(project, 'trials/a'))).toEqual(['trial.json']);
    },
  );
});
