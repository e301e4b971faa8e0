import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '#contract/report.ts';
import { replicaOpener } from '#replica/replica-opener.ts';
import { startEngine } from '#test/engine.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

const USERS = 300;
const engine = startEngine();
let project = '';

beforeAll(async () => {
  project = join(temporaryFolder('upsert'), 'acme');
  await sqliteSampleProject(project, { users: USERS });
});
afterAll(async () => {
  await engine.close();
  removeFolder(project);
});

const count = (groups: Report['causes'] | Report['findings'], phase: string, code: string) =>
  groups.find((one) => one.phase === phase && one.code === code)?.users ?? 0;

describe('a mixed trial whose import comes second', () => {
  const mixed = (upsert: boolean) =>
    engine.trial({
      project,
      kind: 'mixed',
      order: 'lazy-first',
      depth: 'profiles',
      lazyDays: 5_000,
      upsert,
      timeLimitMs: 2_000,
    });
  let without: Report;
  let withUpsert: Report;

  beforeAll(async () => {
    without = await mixed(false);
    withUpsert = await mixed(true);
  }, 120_000);

  it('without upsert: whoever has migrated is refused as a conflict', () => {
    const migrated = without.counts[0]!.ok;
    expect(migrated).toBeGreaterThan(USERS / 2);
    expect(without.jobs).toMatchObject({ updated: 0 });
    expect(count(without.causes, 'bulk', 'import.conflict')).toBeGreaterThanOrEqual(migrated);
    expect(count(withUpsert.causes, 'bulk', 'import.conflict')).toBe(0);
  });

  it('with upsert: those without a custom hash are updated, the others refused for it, and findings say what is lost', () => {
    const { updated, failed } = withUpsert.jobs!;
    const hashes = count(withUpsert.causes, 'bulk', 'import.hash-already-set');
    expect(updated).toBeGreaterThan(0);
    expect(hashes).toBeGreaterThan(0);
    expect(failed).toBeGreaterThanOrEqual(hashes);
    expect(count(withUpsert.findings, 'bulk', 'import.not-applied-on-upsert')).toBeGreaterThanOrEqual(
      updated,
    );
  });

  it('with upsert: the accounts that were updated keep the password of the login', () => {
    const replica = replicaOpener.openReadOnly(join(project, 'trials', withUpsert.trial.id, 'replica.db'));
    try {
      const updated = replica
        .outcomes({ phase: 'bulk', status: 'ok' }, -1, USERS + 1)
        .filter(({ findings }) => findings.some(({ code }) => code === 'import.not-applied-on-upsert'));
      const accounts = updated.map(({ legacyId }) => replica.byUserId(legacyId!));
      expect(new Set(accounts.map((account) => `${account?.state} ${account?.credential.kind}`))).toEqual(
        new Set(['migrated tenant-bcrypt']),
      );
    } finally {
      replica.close();
    }
  });

  it('every job is logged as the tenant logs it', () => {
    const { jobs } = withUpsert.jobs!;
    const logged = (type: string) => withUpsert.tenantLog.find(({ log }) => log === type)?.count;
    expect([logged('sapi'), logged('sui')]).toEqual([jobs, jobs]);
  });
});
