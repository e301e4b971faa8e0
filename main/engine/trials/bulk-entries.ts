import { importRecord } from '#domain/migration/import-record.ts';
import { toImportFileJson } from '#domain/migration/import-json.ts';
import type { UserFinding } from '#domain/migration/outcome.ts';
import { type ImportRules, validateImportRecord } from '#domain/migration/validate-import-record.ts';
import type { PreparedUser } from '#engine/trials/prepare-user.ts';
import type { PhaseContext } from '#engine/trials/phase-context.ts';

/** One legacy user on the way into an import file, or the code of what keeps it out. */
export interface BulkEntry {
  readonly prepared: PreparedUser;
  readonly findings: readonly UserFinding[];
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
      json: null,
      refusal: prepared.findings[0]?.code ?? 'profile.id-missing',
    };
  }
  const { record, findings } = importRecord(user, recognised);
  const json = toImportFileJson(record);
  // An UTF-16 unit takes three bytes at most.
  const refusals = validateImportRecord(record, importRules(context), 3 * json.length);
  const all = [
    ...withoutRepeats([...prepared.findings, ...findings]),
    ...refusals.map(({ cause, error }) => ({ code: cause, detail: error.path ?? error.code })),
  ];
  const refusal = refusals[0]?.cause ?? null;
  return {
    prepared,
    findings: all,
    json: refusal === null ? json : null,
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

/** The same user where the record alone is larger than a file may be. */
export function tooLarge(entry: BulkEntry, bytes: number): BulkEntry {
  const code = 'import.record-too-large';
  return {
    ...entry,
    json: null,
    refusal: code,
    findings: [...entry.findings, { code, detail: `${bytes} bytes` }],
  };
}
