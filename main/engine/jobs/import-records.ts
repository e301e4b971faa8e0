import type { Assumptions } from '#domain/assumptions.ts';
import { accountFacts } from '#domain/migration/account-facts.ts';
import { decideImport } from '#domain/migration/decide-import.ts';
import { createFileIdentifiers, type FileIdentifiers } from '#domain/migration/file-identifiers.ts';
import type { ImportDecision } from '#domain/migration/import-decision.ts';
import type { JobFinding } from '#domain/migration/import-job.ts';
import { maskRawRecord } from '#domain/migration/import-json.ts';
import { importRecordFromJson } from '#domain/migration/import-record-from-json.ts';
import { type ImportRules, validateImportRecord } from '#domain/migration/validate-import-record.ts';
import type { Json, JsonObject } from '#domain/json.ts';
import { maskSecrets } from '#domain/profile/secret-like.ts';
import type { ReplicaBatch } from '#engine/ports/replica.ts';

export interface ImportRun {
  readonly jobId: string;
  readonly upsert: boolean;
  readonly atMs: number;
  readonly rules: ImportRules;
  readonly assumptions: Assumptions;
  /** Id for the record with this place in the file, if it brings none. */
  generatedUserId(index: number): string;
}

export interface ImportTally {
  readonly summary: { inserted: number; updated: number; failed: number };
  readonly findings: readonly JobFinding[];
}

/** Takes the records of one file in order: schema, duplicates within the file, collisions with the store. */
export function importRecords(batch: ReplicaBatch, records: readonly Json[], run: ImportRun): ImportTally {
  const summary = { inserted: 0, updated: 0, failed: 0 };
  const findings = new Map<string, { users: number; index: number; detail: string }>();
  const inFile = createFileIdentifiers();
  const note = (code: string, index: number, detail: string): void => {
    const known = findings.get(code);
    if (known === undefined) findings.set(code, { users: 1, index, detail });
    else known.users += 1;
  };
  for (const [index, record] of records.entries()) {
    const decided = decideRecord(batch, record, index, inFile, run);
    for (const event of decided.events) batch.apply(event, run.atMs, null);
    summary[decided.result] += 1;
    const codes = new Map<string, string>(decided.findings.map(({ code, detail }) => [code, detail]));
    for (const { cause, error } of decided.refusals) codes.set(cause, error.path ?? error.code);
    for (const [code, detail] of codes) note(code, index, detail);
    if (decided.result !== 'failed') continue;
    const errors = decided.refusals.map(({ error }) => error);
    batch.jobError(run.jobId, { index, position: -1, user: masked(record), errors });
  }
  return { summary, findings: [...findings].map(([code, rest]) => ({ code, ...rest })) };
}

/** Hashes, keys and factors, and whatever else is named like a secret: unknown properties may hold anything. */
function masked(record: Json): JsonObject {
  const { custom_password_hash: hash, ...rest } = maskRawRecord(record);
  return { ...maskSecrets(rest).value, ...(hash === undefined ? {} : { custom_password_hash: hash }) };
}

function decideRecord(
  batch: ReplicaBatch,
  raw: Json,
  index: number,
  inFile: FileIdentifiers,
  run: ImportRun,
): ImportDecision {
  const refusals = validateImportRecord(raw, run.rules);
  if (refusals.length > 0) return { events: [], result: 'failed', refusals, findings: [] };
  const record = importRecordFromJson(raw as JsonObject);
  const twice = inFile.claim(record);
  if (twice !== null) return { events: [], result: 'failed', refusals: [twice], findings: [] };
  const existing = accountFacts(batch, {
    userId: record.user_id ?? null,
    email: record.email ?? null,
    username: record.username ?? null,
    phoneNumber: record.phone_number ?? null,
  });
  const options = { upsert: run.upsert, generatedUserId: run.generatedUserId(index) };
  return decideImport(record, existing, options, run.assumptions);
}
