import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '#contract/report.ts';
import type { UserOutcome } from '#domain/migration/outcome.ts';
import { replicaOpener } from '#replica/replica-opener.ts';
import type { GroundTruth } from '#sample/ground-truth.ts';
import { startEngine } from '#test/engine.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

const USERS = 1_000;

/** What the sample's words for its Actions are called in a report. */
const CODES = {
  'pipeline-denies': ['pipeline.denied-in-both'],
  'claim-lost': ['pipeline.claim-changed', 'pipeline.claim-lost', 'pipeline.user-differs'],
} as const;

describe('the faults that the sample plants for its Actions', () => {
  const engine = startEngine();
  const folder = join(temporaryFolder('planted-pipeline'), 'acme');
  let report: Report;
  let outcomes: readonly UserOutcome[];
  let truth: GroundTruth;

  beforeAll(async () => {
    await sqliteSampleProject(folder, { users: USERS });
    truth = JSON.parse(readFileSync(join(folder, '.userferry/ground-truth.json'), 'utf8')) as GroundTruth;
    report = await engine.trial({ project: folder, kind: 'lazy', pipeline: 'actions', timeLimitMs: 4_000 });
    const replica = replicaOpener.openReadOnly(join(folder, 'trials', report.trial.id, 'replica.db'));
    outcomes = replica.outcomes({ phase: 'lazy' }, -1, USERS + 1);
    replica.close();
  }, 240_000);
  afterAll(async () => {
    await engine.close();
    removeFolder(folder);
  });

  it('are found by the trial, and on nobody else', () => {
    const planted = new Map(
      truth.faults.flatMap(({ ids, expect: { pipeline = [] } }) =>
        ids.map((id) => [String(id), pipeline.flatMap((word) => CODES[word as keyof typeof CODES])] as const),
      ),
    );
    const found = outcomes.map(({ legacyId, findings }) => [
      legacyId,
      findings
        .map(({ code }) => code)
        .filter((code) => code.startsWith('pipeline.'))
        .toSorted(),
    ]);
    // Whose login could not be rehearsed at all does not get as far as an Action.
    const expected = outcomes.map(({ legacyId, status }) => [
      legacyId,
      status === 'skipped' ? [] : (planted.get(legacyId!) ?? []),
    ]);
    expect(found).toEqual(expected);
    expect(found.filter(([, codes]) => codes!.length > 0).length).toBeGreaterThan(4);
  });

  it('fail whoever loses a claim, and leave alone who was denied before', () => {
    const by = (code: string) => outcomes.filter(({ findings }) => findings.some((one) => one.code === code));
    expect([...new Set(by('pipeline.claim-lost').map(({ status, cause }) => `${status} ${cause}`))]).toEqual([
      'failed pipeline.claim-lost',
    ]);
    expect([...new Set(by('pipeline.denied-in-both').map(({ status }) => status))]).toEqual(['ok']);
  });

  it('are groups of their own in the report, with names of claims and steps and no values', () => {
    const causes = report.causes.filter(({ code }) => code.startsWith('pipeline.'));
    expect(causes.map(({ code, status }) => [code, status])).toEqual([['pipeline.claim-lost', 'failed']]);
    expect(causes[0]!.samples[0]!.detail).toBe('https://acme-retail.example/partner');
    const denied = report.findings.find(({ code }) => code === 'pipeline.denied-in-both')!;
    expect(denied.samples[0]!.detail).toBe('deny-accounts-on-hold');
  });
});
