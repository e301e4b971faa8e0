import { DEFAULT_ASSUMPTIONS } from '#domain/assumptions.ts';
import type { TrialRecord } from '#contract/trial-record.ts';
import type { UserOutcome } from '#domain/migration/outcome.ts';
import { createTrialFolders } from '#project/trial-folders.ts';
import { replicaOpener } from '#replica/replica-opener.ts';

const BATCH = 2_000;
const ID = '20261101-080000-f00d';
const CAUSES = [
  'script.called-back-error',
  'script.never-called-back',
  'profile.email-invalid',
  'profile.phone-invalid',
  'profile.email-missing',
];
const FORMATS = ['bcrypt-2b', 'md5', 'sha1-salted', 'none'];
const LOGINS = ['under-30-days', '30-90-days', '90-365-days', 'over-1-year', 'never'];

export interface PlantedTrial {
  readonly id: string;
  readonly users: number;
  readonly failed: number;
}

/**
 * A finished trial in a project's folder, whose replica holds as many users as wanted: every second one failed, by
 * one of a few causes. `causes` are codes of the catalog.
 */
export async function plantTrial(
  project: string,
  users: number,
  causes: readonly string[] = CAUSES,
): Promise<PlantedTrial> {
  const folders = createTrialFolders();
  const failed = Math.floor(users / 2);
  await folders.create(project, recordOf(users, failed));
  const replica = replicaOpener.open(folders.replicaPath(project, ID));
  try {
    for (let from = 0; from < users; from += BATCH) {
      const to = Math.min(users, from + BATCH);
      replica.batch((batch) => {
        for (let n = from; n < to; n++) {
          const outcome = outcomeOf(n, causes);
          const uses = [
            { script: 'get_user', scenario: 'existing-user', outcome: n % 2 === 0 ? 'profile' : 'error' },
          ] as const;
          const { hashFormat, lastLogin, emailDomain } = outcome.cohorts;
          const traits = Object.entries({ hashFormat, lastLogin, emailDomain }).map(([attribute, value]) => ({
            attribute,
            value,
          }));
          batch.outcome(outcome, { uses, traits, mark: null });
        }
        batch.checkpoint({ phase: 'lazy', after: [to], done: to, finished: to === users });
      });
    }
  } finally {
    replica.close();
  }
  return { id: ID, users, failed };
}

function outcomeOf(n: number, causes: readonly string[]): UserOutcome {
  const cause = n % 2 === 0 ? null : (causes[(n >> 1) % causes.length] ?? null);
  return {
    position: n,
    key: [n + 1],
    legacyId: `${n + 1}`,
    phase: 'lazy',
    status: cause === null ? 'ok' : 'failed',
    cause,
    state: cause === null ? 'migrated' : 'legacy-only',
    findings: cause === null ? [] : [{ code: cause, detail: `seen for row ${n + 1}` }],
    cohorts: {
      hashFormat: FORMATS[n % FORMATS.length] ?? 'none',
      lastLogin: LOGINS[(n >> 2) % LOGINS.length] ?? 'never',
      emailDomain: n % 3 === 0 ? `company-${n % 400}.example` : 'mail.example',
    },
    ms: n % 17,
  };
}

function recordOf(users: number, failed: number): TrialRecord {
  const at = '2026-11-01T08:00:00.000Z';
  const sum = '0'.repeat(64);
  return {
    version: 1,
    id: ID,
    project: 'acme',
    status: 'finished',
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
    createdAt: at,
    updatedAt: at,
    inputs: {
      settings: sum,
      scripts: { get_user: sum },
      legacyEngine: 'sqlite',
      legacyVersion: 'SQLite 3.54.1',
      legacyReadOnly: 'file opened read-only',
      legacyRows: users,
    },
    versions: { userferry: '0.1.0', node: 'v26.10.0', scriptRuntime: '22.23.3' },
    assumptions: { ...DEFAULT_ASSUMPTIONS },
    phases: [
      {
        phase: 'lazy',
        expected: users,
        done: users,
        ok: users - failed,
        failed,
        skipped: 0,
        finished: true,
        seconds: 60,
      },
    ],
    fault: null,
  };
}
