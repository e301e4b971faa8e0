import { diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import { FILE_BYTES } from '#domain/migration/import-batcher.ts';
import type { Upload } from '#engine/exports/import-files.ts';
import type { FailedUsers } from '#engine/exports/failed-users.ts';
import type { FileKeys } from '#engine/exports/keys-of-files.ts';

/** Import jobs that a tenant runs at a time. */
const JOBS_AT_A_TIME = 2;

export interface ManifestFacts {
  readonly connection: string;
  readonly trial: string;
  readonly uploads: readonly Upload[];
  /** Of the uploads, in their order. */
  readonly keys: readonly FileKeys[];
  readonly failed: FailedUsers;
}

/** manifest.json: what to upload, in which order, and what has to come out of it. */
export function importManifest({ connection, trial, uploads, keys, failed }: ManifestFacts): string {
  const sum = (of: (upload: Upload) => number): number => uploads.reduce((total, one) => total + of(one), 0);
  const manifest = {
    version: 1,
    connection,
    trial,
    jobsAtATime: JOBS_AT_A_TIME,
    rule: 'Start the uploads in their order, and the next one whenever fewer jobs than jobsAtATime are pending.',
    request: {
      method: 'POST',
      path: '/api/v2/jobs/users-imports',
      parts: ['users', 'connection_id', 'upsert', 'external_id', 'send_completion_email'],
      sendCompletionEmail: false,
    },
    mostBytes: FILE_BYTES,
    totals: {
      files: uploads.length,
      records: sum(({ records }) => records),
      bytes: sum(({ facts }) => facts.bytes),
      withoutPassword: sum(({ withoutPassword }) => withoutPassword),
      /** Not among the records, among them but refused, imported without something: see failed-users.ndjson. */
      keptOut: failed.fates['kept-out'],
      refused: failed.fates.refused,
      incomplete: failed.fates.incomplete,
    },
    uploads: uploads.map(({ order, facts, records, upsert, withoutPassword }, index) => ({
      order,
      file: facts.path,
      externalId: `${trial}-${String(order).padStart(5, '0')}`,
      upsert,
      bytes: facts.bytes,
      records,
      /** Of the legacy store, so that a file is found from a user and the other way round. */
      firstKey: keys[index]!.first,
      lastKey: keys[index]!.last,
      withoutPassword,
      sha256: facts.sha256,
    })),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

export function importDiagnostics(
  { uploads, failed }: ManifestFacts,
  acceptRandomPasswords: boolean,
): Diagnostic[] {
  const records = uploads.reduce((sum, one) => sum + one.records, 0);
  const without = uploads.reduce((sum, one) => sum + one.withoutPassword, 0);
  const found: Diagnostic[] = [];
  if (without > 0) {
    const message = `${without} of ${records} records have no password hash.`;
    const random = diagnostic('export.random-passwords', message);
    found.push(acceptRandomPasswords ? { ...random, severity: 'warning' } : random);
  }
  if (without < records) {
    found.push(
      diagnostic(
        'export.contains-hashes',
        `The files hold the password hashes of ${records - without} users.`,
      ),
      diagnostic('export.hashes-once', 'The first import decides about the passwords of its users.'),
    );
  }
  const { refused, incomplete, 'kept-out': keptOut } = failed.fates;
  if (keptOut + refused > 0) {
    const message = `${keptOut} users are in no file, and ${refused} records in the files will be refused.`;
    found.push(diagnostic('export.users-left-out', message));
  }
  if (incomplete > 0) {
    const message = `${incomplete} users are imported without something that the legacy store has.`;
    found.push(diagnostic('export.users-incomplete', message));
  }
  return found;
}
