import { type ImportRecord, importRecord } from '#domain/migration/import-record.ts';
import { toImportFileJson } from '#domain/migration/import-json.ts';
import type { UserFinding } from '#domain/migration/outcome.ts';
import { type ImportRules, validateImportRecord } from '#domain/migration/validate-import-record.ts';
import type { PreparedUser } from '#engine/trials/prepare-user.ts';
import type { PhaseContext } from '#engine/trials/phase-context.ts';

/** One legacy user on the way into an import file, or the code of what keeps it out. */
export interface BulkEntry {
  readonly prepared: PreparedUser;
  readonly findings: readonly UserFinding[];
  readonly record: ImportRecord | null;
  /** JSON text for the file; null where the record is held back. */
  readonly json: string | null;
  readonly refusal: string | null;
}

/** Maps and validates before anything is uploaded: a record that the schema refuses never reaches a file. */
export function toBulkEntry(context: PhaseContext, prepared: PreparedUser): BulkEntry {
  const { user, recognised } = prepared;
  if (user === null || recognised === null) {
    return {
      prepared,
      findings: prepared.findings,
      record: null,
      json: null,
      refusal: prepared.findings[0]?.code ?? 'profile.id-missing',
    };
  }
  const { record, findings } = importRecord(user, recognised);
  const refusals = validateImportRecord(record, importRules(context));
  const all = [
    ...withoutRepeats([...prepared.findings, ...findings]),
    ...refusals.map(({ cause, error }) => ({ code: cause, detail: error.path ?? error.code })),
  ];
  const refusal = refusals[0]?.cause ?? null;
  return {
    prepared,
    findings: all,
    record,
    json: refusal === null ? toImportFileJson(record) : null,
    refusal,
  };
}

function importRules({ project, assumptions }: PhaseContext): ImportRules {
  const { requiresUsername, usernameLength } = project.connection;
  return { requiresUsername, usernameLength, assumptions };
}

function withoutRepeats(findings: readonly UserFinding[]): UserFinding[] {
  const seen = new Set<string>();
  return findings.filter(({ code }) => !seen.has(code) && seen.add(code) !== undefined);
}
