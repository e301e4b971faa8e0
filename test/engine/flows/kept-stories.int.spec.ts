import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replicaOpener } from '#replica/replica-opener.ts';
import { startEngine } from '#test/engine.ts';
import { inShort, type TestAccount, testAccount } from '#test/flow-project.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

const USERS = 300;
const engine = startEngine();

describe('a story in the user store of a trial', () => {
  let project = '';
  let trial = '';
  let person: TestAccount;

  beforeAll(async () => {
    project = join(temporaryFolder('kept'), 'acme');
    await sqliteSampleProject(project, { users: USERS });
    trial = (await engine.trial({ project, kind: 'bulk' })).trial.id;
    person = testAccount(USERS, 'sha1');
  });
  afterAll(async () => {
    await engine.close();
    removeFolder(project);
  });

  const run = async (name: 'login' | 'delete' | 'delete-and-return', more: object = {}) =>
    (await engine.client.flows.run({ project, name, identifier: person.email, trial, ...more })).steps.map(
      inShort,
    );
  const stored = () => {
    const replica = replicaOpener.openReadOnly(join(project, 'trials', trial, 'replica.db'));
    try {
      const logs = replica.tenantLogCounts().filter(({ log }) => log !== 'sui' && log !== 'sapi');
      return {
        state: replica.byEmail(person.email)?.state ?? null,
        deleted: replica.wasDeleted(person.id),
        logs,
      };
    } finally {
      replica.close();
    }
  };

  it('meets what the trial left, and writes nothing', async () => {
    expect(await run('login')).toEqual(['ok | no script | imported-hash-pending > migrated | s']);
    expect(await run('delete')).toEqual([
      'ok | no script | imported-hash-pending > deleted | sdu | state.returns-after-deletion',
    ]);
    expect(stored()).toEqual({ state: 'imported-hash-pending', deleted: false, logs: [] });
  });

  it('leaves what happened where it is told to', async () => {
    await run('login', { keep: true });
    expect(stored()).toEqual({ state: 'migrated', deleted: false, logs: [{ log: 's', count: 1 }] });
    await run('delete', { keep: true });
    expect(stored()).toMatchObject({ state: null, deleted: true });
  });

  it('knows that the user was deleted before, and takes the same id again', async () => {
    expect(await run('login', { keep: true })).toEqual([
      'ok | login | nobody > migrated | s | state.resurrected',
    ]);
    expect(stored()).toMatchObject({ state: 'migrated', deleted: false });
    // The credential that was kept is a true hash of the password that was typed.
    expect(await run('login')).toEqual(['ok | no script | migrated > migrated | s']);
    expect(await run('login', { password: 'not-it' })).toEqual([
      'state.wrong-password | no script | migrated > migrated | fp',
    ]);
  });

  it('is refused where there is nothing to keep it in, or the trial has not ended', async () => {
    const nothing = engine.client.flows.run({ project, name: 'login', identifier: person.email, keep: true });
    await expect(nothing).rejects.toMatchObject({ data: { kind: 'input-invalid' } });
    const unknown = run('login', { trial: 'no-such-trial' });
    await expect(unknown).rejects.toMatchObject({ data: { kind: 'trial-missing' } });
  });
});
