import { type AccountFacts, accountFacts } from '#domain/migration/account-facts.ts';
import type { AccountState } from '#domain/migration/account.ts';
import { decideImport } from '#domain/migration/decide-import.ts';
import { createFileIdentifiers, type FileIdentifiers } from '#domain/migration/file-identifiers.ts';
import { logged } from '#domain/migration/flow.ts';
import type { ImportFile } from '#domain/migration/import-batcher.ts';
import type { ImportRefusal } from '#domain/migration/import-errors.ts';
import type { ImportJob } from '#domain/migration/import-job.ts';
import { toMaskedJson } from '#domain/migration/import-json.ts';
import type { ImportRecord } from '#domain/migration/import-record.ts';
import type { UserFinding } from '#domain/migration/outcome.ts';
import { usesOfImport } from '#domain/projections/script-uses.ts';
import type { Evidence } from '#engine/ports/replica-coverage.ts';
import type { ReplicaBatch } from '#engine/ports/replica.ts';
import type { BulkEntry } from '#engine/trials/bulk-entries.ts';
import { bulkOutcome } from '#engine/trials/outcomes.ts';
import type { PhaseContext } from '#engine/trials/phase-context.ts';

interface Tally {
  inserted: number;
  updated: number;
  failed: number;
}

/** The users up to the end of one import file, and the file on its way to the disk. */
export interface OpenImport {
  readonly entries: readonly BulkEntry[];
  readonly file: ImportFile | null;
  readonly name: string;
  readonly checkpoint: { readonly done: number; readonly finished: boolean };
  /** Settles when the file is on the disk. */
  readonly written: Promise<unknown>;
}

/** Begins to write one import file; users are read meanwhile, for a disk takes longer than they do. */
export function beginImport(
  context: PhaseContext,
  entries: readonly BulkEntry[],
  file: ImportFile | null,
  number: number,
  checkpoint: OpenImport['checkpoint'],
): OpenImport {
  const { ports, project, trialId } = context;
  const name = `import/users-${String(number).padStart(5, '0')}.json`;
  const written =
    file === null
      ? Promise.resolve()
      : ports.trialFolders.writeFile(project.folder, trialId, name, file.text).then(() => undefined);
  // Whoever commits is told of a failure; until then it is not one that nobody handles.
  written.catch(() => undefined);
  return { entries, file, name, checkpoint, written };
}

/**
 * Imports files that are on the disk, each as one job: accounts, errors, outcomes, jobs and checkpoint in one
 * transaction. Entries that were kept out of a file get their outcome in the same transaction.
 */
export async function commitImports(context: PhaseContext, imports: readonly OpenImport[]): Promise<void> {
  const last = imports.at(-1);
  if (last === undefined) return;
  for (const { written } of imports) await written;
  const { replica } = context;
  const lastEntry = imports.findLast(({ entries }) => entries.length > 0)?.entries.at(-1);
  const after = lastEntry?.prepared.record.key ?? replica.checkpoint('bulk')?.after ?? null;
  replica.batch((batch) => {
    for (const one of imports) importFile(context, batch, one);
    batch.checkpoint({ phase: 'bulk', after, ...last.checkpoint });
  });
  context.committed({ ...replica.counts('bulk'), finished: last.checkpoint.finished });
}

function importFile(context: PhaseContext, batch: ReplicaBatch, { entries, file, name }: OpenImport): void {
  const jobId = file === null ? '' : `job_${context.ports.identity.checksum(file.text).slice(0, 16)}`;
  const tally: Tally = { inserted: 0, updated: 0, failed: 0 };
  const inFile = createFileIdentifiers();
  if (file !== null) {
    batch.job(jobOf(context, jobId, name, file, null));
    batch.apply(logged('sapi', null, 'Create import users job'), context.createdAtMs, null);
  }
  let index = 0;
  for (const entry of entries) {
    if (entry.json === null || entry.record === null) {
      batch.outcome(keptOut(entry), evidenceOf(entry.prepared, 'kept-out'));
    } else importOne(context, batch, entry, entry.record, { jobId, index: index++, inFile, tally });
  }
  if (file !== null) {
    batch.job(jobOf(context, jobId, name, file, tally));
    // A job with refused records succeeds all the same.
    batch.apply(logged('sui', null), context.createdAtMs, null);
  }
}

function keptOut({ prepared, findings, refusal }: BulkEntry) {
  const code = refusal ?? 'profile.id-missing';
  const detail = findings.find((one) => one.code === code)?.detail ?? '';
  return bulkOutcome(prepared, { status: 'failed', code, detail }, findings, 'legacy-only');
}

function importOne(
  context: PhaseContext,
  batch: ReplicaBatch,
  { prepared, findings }: BulkEntry,
  record: ImportRecord,
  job: {
    readonly jobId: string;
    readonly index: number;
    readonly inFile: FileIdentifiers;
    readonly tally: Tally;
  },
): void {
  const existing = accountFacts(batch, {
    userId: record.user_id ?? null,
    email: record.email ?? null,
    username: record.username ?? null,
    phoneNumber: record.phone_number ?? null,
  });
  const twice = job.inFile.claim(record);
  const decided =
    twice === null
      ? decideImport(record, existing, importOptions(context, prepared.position), context.assumptions)
      : { events: [], result: 'failed' as const, refusals: [twice], findings: [] };
  for (const event of decided.events) batch.apply(event, context.createdAtMs, prepared.position);
  job.tally[decided.result] += 1;
  const all = [...findings, ...decided.findings];
  if (decided.result === 'failed') {
    const errors = decided.refusals.map(({ error }) => error);
    batch.jobError(job.jobId, {
      index: job.index,
      position: prepared.position,
      user: toMaskedJson(record),
      errors,
    });
    batch.outcome(
      refused(context, prepared, decided.refusals, existing, all),
      evidenceOf(prepared, 'refused'),
    );
    return;
  }
  batch.outcome(
    bulkOutcome(prepared, null, all, stateAfter(record, existing, decided.result)),
    evidenceOf(prepared, decided.result),
  );
}

function evidenceOf(
  { traits, mark }: BulkEntry['prepared'],
  outcome: Parameters<typeof usesOfImport>[0],
): Evidence {
  return { uses: usesOfImport(outcome), traits, mark };
}

function refused(
  context: PhaseContext,
  prepared: BulkEntry['prepared'],
  refusals: readonly ImportRefusal[],
  existing: AccountFacts,
  findings: readonly UserFinding[],
) {
  const first = refusals[0];
  if (first === undefined) throw new Error('our bug: an import failed without a reason');
  const other = existing.byEmail ?? existing.byUserId ?? existing.byUsername ?? existing.byPhone;
  const clashes = context.afterOtherPhase && other !== null && other.origin !== 'bulk-import';
  const clash: UserFinding = { code: 'trial.clash-with-first-phase', detail: first.error.code };
  const own = other !== null && other.userId === prepared.user?.id;
  return bulkOutcome(
    prepared,
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

function importOptions(context: PhaseContext, position: number) {
  return { upsert: context.options.upsert, generatedUserId: `position-${position}` };
}

function jobOf(
  context: PhaseContext,
  id: string,
  name: string,
  file: ImportFile,
  tally: Tally | null,
): ImportJob {
  return {
    id,
    type: 'users_import',
    status: tally === null ? 'pending' : 'completed',
    connection: context.project.settings.connection,
    upsert: context.options.upsert,
    externalId: name,
    file: name,
    bytes: file.bytes,
    summary: tally === null ? null : { total: file.records, ...tally },
    statusDetails: null,
  };
}
