import { type AccountFacts, accountFacts } from '#domain/migration/account-facts.ts';
import type { AccountState } from '#domain/migration/account.ts';
import { decideImport } from '#domain/migration/decide-import.ts';
import type { FileIdentifiers } from '#domain/migration/file-identifiers.ts';
import type { ImportRefusal } from '#domain/migration/import-errors.ts';
import { toMaskedJson } from '#domain/migration/import-json.ts';
import { importRecordFromJson } from '#domain/migration/import-record-from-json.ts';
import type { ImportRecord } from '#domain/migration/import-record.ts';
import type { JsonObject } from '#domain/json.ts';
import type { UserFinding, UserOutcome } from '#domain/migration/outcome.ts';
import { usesOfImport } from '#domain/projections/script-uses.ts';
import type { BulkImportRules } from '#engine/ports/bulk-import.ts';
import type { Evidence } from '#engine/ports/replica-coverage.ts';
import type { ReplicaBatch } from '#engine/ports/replica.ts';
import type { PartUser } from '#engine/trials/import-parts.ts';
import { bulkOutcome, type OutcomeSubject } from '#engine/trials/outcomes.ts';

export interface Tally {
  inserted: number;
  updated: number;
  failed: number;
}

/** The job that a record belongs to. */
export interface OpenJob {
  readonly id: string;
  readonly inFile: FileIdentifiers;
  readonly tally: Tally;
}

/** The outcome of a user who never reached a file. */
export function keepOut(batch: ReplicaBatch, user: PartUser): void {
  const code = user.refusal ?? 'profile.id-missing';
  const detail = user.findings.find((one) => one.code === code)?.detail ?? '';
  const cause = { status: 'failed', code, detail } as const;
  batch.outcome(
    bulkOutcome(subjectOf(user), cause, user.findings, 'legacy-only'),
    evidenceOf(user, 'kept-out'),
  );
}

/** What the job does with the record at `index` of its file: account, error of the job, outcome. */
export function importUser(
  batch: ReplicaBatch,
  user: PartUser,
  json: string,
  index: number,
  job: OpenJob,
  rules: BulkImportRules,
): void {
  const record = importRecordFromJson(JSON.parse(json) as JsonObject);
  const existing = accountFacts(batch, {
    userId: record.user_id ?? null,
    email: record.email ?? null,
    username: record.username ?? null,
    phoneNumber: record.phone_number ?? null,
  });
  const twice = job.inFile.claim(record);
  const options = { upsert: rules.upsert, generatedUserId: `position-${user.position}` };
  const decided =
    twice === null
      ? decideImport(record, existing, options, rules.assumptions)
      : { events: [], result: 'failed' as const, refusals: [twice], findings: [] };
  for (const event of decided.events) batch.apply(event, rules.createdAtMs, user.position);
  job.tally[decided.result] += 1;
  const findings = decided.findings.length === 0 ? user.findings : [...user.findings, ...decided.findings];
  if (decided.result !== 'failed') {
    const state = stateAfter(record, existing, decided.result);
    batch.outcome(bulkOutcome(subjectOf(user), null, findings, state), evidenceOf(user, decided.result));
    return;
  }
  const errors = decided.refusals.map(({ error }) => error);
  batch.jobError(job.id, { index, position: user.position, user: toMaskedJson(record), errors });
  batch.outcome(refused(rules, user, decided.refusals, existing, findings), evidenceOf(user, 'refused'));
}

/** The first three traits of every user are the cohorts. */
function subjectOf({ position, key, legacyId, traits }: PartUser): OutcomeSubject {
  const [hashFormat, lastLogin, emailDomain] = traits;
  return {
    position,
    key,
    legacyId,
    cohorts: {
      hashFormat: hashFormat!.value,
      lastLogin: lastLogin!.value,
      emailDomain: emailDomain!.value,
    },
  };
}

function evidenceOf({ traits, mark }: PartUser, outcome: Parameters<typeof usesOfImport>[0]): Evidence {
  return { uses: usesOfImport(outcome), traits, mark };
}

function refused(
  rules: BulkImportRules,
  user: PartUser,
  refusals: readonly ImportRefusal[],
  existing: AccountFacts,
  findings: readonly UserFinding[],
): UserOutcome {
  const first = refusals[0];
  if (first === undefined) throw new Error('our bug: an import failed without a reason');
  const other = existing.byEmail ?? existing.byUserId ?? existing.byUsername ?? existing.byPhone;
  const clashes = rules.afterOtherPhase && other !== null && other.origin !== 'bulk-import';
  const clash: UserFinding = { code: 'trial.clash-with-first-phase', detail: first.error.code };
  const own = other !== null && other.userId === user.legacyId;
  return bulkOutcome(
    subjectOf(user),
    { status: 'failed', code: first.cause, detail: first.error.code },
    clashes ? [...findings, clash] : findings,
    own ? other.state : 'legacy-only',
  );
}

function stateAfter(
  record: ImportRecord,
  existing: AccountFacts,
  result: 'inserted' | 'updated',
): AccountState {
  if (result === 'updated') return existing.byEmail?.state ?? 'migrated';
  const hashed = record.password_hash !== undefined || record.custom_password_hash !== undefined;
  return hashed ? 'imported-hash-pending' : 'imported-random-password';
}
