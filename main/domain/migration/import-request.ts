import type { Assumptions } from '#domain/assumptions.ts';
import type { DiagnosticCode } from '#domain/diagnostics/catalog.ts';
import { FILE_BYTES, REQUEST_BYTES } from '#domain/migration/import-batcher.ts';
import { JOBS_AT_ONCE } from '#domain/migration/job-clock.ts';
import { utf8Length } from '#domain/utf8.ts';

/** A request for an import job, as far as it decides whether the tenant takes it. */
export interface ImportRequest {
  readonly fileName: string;
  readonly fileBytes: number;
  readonly upsert: boolean;
  readonly externalId: string | null;
  readonly sendCompletionEmail: boolean;
  readonly importMode: boolean;
  /** Jobs that are still running. */
  readonly activeJobs: number;
}

/** What the API answers instead of a job. */
export interface RequestRefusal {
  readonly cause: DiagnosticCode;
  readonly statusCode: 400 | 413 | 429;
  readonly error: string;
  readonly message: string;
}

/** Boundaries of common HTTP clients have about so many characters. */
const BOUNDARY = 40;
const CONNECTION_ID = 'con_'.length + 16;

/** Bytes of the whole multipart body: the file, and what a common client puts around its parts. */
export function payloadBytes(request: ImportRequest): number {
  const fields: (readonly [name: string, length: number])[] = [
    ['connection_id', CONNECTION_ID],
    ['upsert', String(request.upsert).length],
    ['send_completion_email', String(request.sendCompletionEmail).length],
  ];
  if (request.externalId !== null) fields.push(['external_id', utf8Length(request.externalId)]);
  const opening = `--\r\nContent-Disposition: form-data; name=""\r\n\r\n\r\n`.length + BOUNDARY;
  const file = `; filename=""\r\nContent-Type: application/json`.length + utf8Length(request.fileName);
  const closing = `----\r\n`.length + BOUNDARY;
  const texts = fields.reduce((sum, [name, length]) => sum + opening + name.length + length, 0);
  return texts + opening + 'users'.length + file + request.fileBytes + closing;
}

/** Why the tenant does not even make a job of the request, or null. */
export function requestRefusal(request: ImportRequest, assumptions: Assumptions): RequestRefusal | null {
  const counted =
    assumptions['import-size-counts-framing'] === 'yes' ? payloadBytes(request) : request.fileBytes;
  if (counted > REQUEST_BYTES) {
    const message = `Payload content length greater than maximum allowed: ${REQUEST_BYTES}.`;
    return refusal('import.file-too-large', 413, 'Request Entity Too Large', message);
  }
  if (request.fileBytes === 0) {
    return refusal('import.file-empty', 400, 'Bad Request', 'Users file must not be empty.');
  }
  if (!request.importMode) {
    const message = 'Custom Database Connections without import mode are not allowed.';
    return refusal('import.needs-import-mode', 400, 'Bad Request', message);
  }
  if (request.activeJobs >= JOBS_AT_ONCE) {
    const message = `There are ${request.activeJobs} active import users jobs, please wait until some of them are finished and try again`;
    return refusal('import.too-many-jobs', 429, 'Too Many Requests', message);
  }
  return null;
}

/** Whether a file passes, but only just: another client's framing may be longer than the one counted here. */
export function isNearLimit(fileBytes: number): boolean {
  return fileBytes > FILE_BYTES && fileBytes <= REQUEST_BYTES;
}

function refusal(
  cause: DiagnosticCode,
  statusCode: RequestRefusal['statusCode'],
  error: string,
  message: string,
): RequestRefusal {
  return { cause, statusCode, error, message };
}
