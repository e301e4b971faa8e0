import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

/** About import files and jobs as a whole; findings about single records are in the import catalog. */
export const importJobCatalog = {
  'import.file-too-large': {
    severity: 'error',
    title: 'import file is too large',
    meaning:
      'The tenant refuses an upload of more than 512,000 bytes with status 413, and what the upload puts around the file counts too.',
    fix: 'Split the file; 500,000 bytes of records leave room for any client. A bulk trial writes files of that size.',
    reference: 'Bulk user imports',
  },
  'import.file-near-limit': {
    severity: 'warning',
    title: 'import file just fits',
    meaning:
      'The file is larger than the documented 500 KB and still below the 512,000 bytes that are enforced. A client that writes longer part headers may be refused.',
    fix: 'Keep files at or below 500,000 bytes.',
  },
  'import.file-empty': {
    severity: 'error',
    title: 'import file is empty',
    meaning: 'The tenant refuses an upload whose file has no content.',
    fix: 'Check what wrote the file.',
  },
  'import.file-not-json': {
    severity: 'error',
    title: 'import file is not JSON',
    meaning:
      'The upload is accepted, and the job breaks on the file: it ends as failed, without a summary, and no user is imported. A byte order mark at the start has the same effect.',
    fix: 'Write UTF-8 without a byte order mark, and check that the file was not cut off.',
  },
  'import.file-not-array': {
    severity: 'error',
    title: 'import file is no array',
    meaning:
      'The file is JSON, but not one array of user objects, so the job breaks on it. Lines of objects (NDJSON) and a single object are the usual mistakes.',
    fix: 'Put the user objects into one JSON array.',
  },
  'import.needs-import-mode': {
    severity: 'error',
    title: 'connection does not take imports',
    meaning:
      'A connection with scripts of its own takes bulk imports only while "Import Users to Auth0" is on; otherwise the API answers 400.',
    fix: 'Set "import_mode": true in database.json before importing.',
  },
  'import.too-many-jobs': {
    severity: 'error',
    title: 'two import jobs are running already',
    meaning: 'A tenant runs at most two import jobs at once and answers 429 to a third.',
    fix: 'Wait for one to end before sending the next file. Without --at-once a rehearsal does the same.',
    reference: 'Bulk user imports',
  },
  'import.job-timed-out': {
    severity: 'error',
    title: 'import job takes more than two hours',
    meaning:
      'The tenant stops a job after two hours and marks it as failed, without summary and errors. The users imported until then stay.',
    fix: 'Split the file into smaller ones, or check the assumed rate (import-rate).',
  },
  'import.sends-completion-mail': {
    severity: 'note',
    title: 'job mails the owners of the tenant',
    meaning: 'Unless the request says otherwise, every owner of the tenant gets a mail for every job.',
    fix: 'Send "send_completion_email": false with each request.',
  },
} as const satisfies Record<`import.${string}`, CatalogEntry>;
