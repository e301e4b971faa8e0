import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEngine } from '#test/engine.ts';
import { keyPair } from '#test/key-pair.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const engine = startEngine();
const { client } = engine;
const root = temporaryFolder('exports');
const project = join(root, 'acme');
const notes = join(project, '.userferry/exports.json');

beforeAll(() => sqliteSampleProject(project, { users: 300 }));
afterAll(() => engine.close());

it('lists what was exported where, newest first, each folder once, and what is gone', async () => {
  const make = (name: string, more: object = {}) =>
    client.exports.create({
      project,
      format: 'deploy-directory',
      out: join(root, name),
      allowUnvalidated: true,
      ...more,
    });
  const { trial } = await engine.trial({ project, kind: 'lazy', filter: { limit: 5 } });
  await make('one');
  await make('two', { trials: [trial.id], allow: 300, sign: keyPair(root, 'release').privateKey });
  await make('one', { force: true, format: 'terraform' });
  const refused = await make('three', { allowUnvalidated: false });
  rmSync(join(root, 'two'), { recursive: true });
  const { exports } = await client.exports.list({ project });
  expect({ refused: refused.written, exports, mode: statSync(notes).mode & 0o777 }).toEqual({
    refused: false,
    exports: [
      {
        folder: join(root, 'one'),
        format: 'terraform',
        madeAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        validated: false,
        signed: false,
        trials: [],
        there: true,
      },
      {
        folder: join(root, 'two'),
        format: 'deploy-directory',
        madeAt: expect.any(String),
        validated: true,
        signed: true,
        trials: [trial.id],
        there: false,
      },
    ],
    mode: 0o600,
  });
});

it('exports all the same where the note cannot be written, and lists nothing of damaged notes', async () => {
  rmSync(notes);
  mkdirSync(notes);
  const out = join(root, 'four');
  const { written } = await client.exports.create({
    project,
    format: 'deploy-yaml',
    out,
    allowUnvalidated: true,
  });
  rmSync(notes, { recursive: true });
  writeFileSync(notes, '{"exports": 7}');
  expect([written, await client.exports.list({ project })]).toEqual([true, { exports: [] }]);
});
