import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

/** What exported import files do. */
export const exportImportEntries = {
  'export.trial-not-good-enough': {
    severity: 'error',
    title: 'trial does not allow its import files to be exported',
    meaning:
      'The trial is not finished, or more of its users failed than were allowed. Its files are those of a rehearsal that did not pass.',
    fix: 'Resume or repeat the trial. Where the failures are understood, say with --allow how many are accepted; they are listed as left out.',
  },
  'export.random-passwords': {
    severity: 'error',
    title: 'users without a password hash',
    meaning:
      'A record without a hash is imported with a random password that nobody knows: the user has to reset it. The first import is also the only chance: a hash cannot be added to that user later.',
    fix: 'Let these users migrate lazily and leave them out of the import, or accept the resets with --accept-random-passwords.',
    reference: 'Bulk user import without password hashes (Auth0 support)',
  },
  'export.hashes-once': {
    severity: 'warning',
    title: 'hashes are taken once only',
    meaning:
      'A hash counts at the first import of a user. Importing again, even with upsert, does not replace it once the user has a password of the tenant.',
    fix: 'Try the files on a test tenant with a few users whose passwords are known before the real import.',
  },
  'export.contains-hashes': {
    severity: 'warning',
    title: 'files hold password hashes',
    meaning:
      'Import files are the one export that cannot do without secrets. They are readable by their owner only, and nothing else in the export repeats what they hold.',
    fix: 'Keep the folder out of version control and shared drives, and delete it when the import is done.',
  },
  'export.import-file-changed': {
    severity: 'error',
    title: 'import file is not the one of the trial',
    meaning:
      "The file in the trial's folder has another text, or another number of records, than the job that the trial recorded for it.",
    fix: 'Put the file back from a backup, or run the trial again.',
  },
  'export.import-file-invalid': {
    severity: 'error',
    title: 'import file would be refused',
    meaning:
      "The file is no JSON array, is larger than the tenant takes, or holds a record that the import schema refuses under the project's present settings.",
    fix: 'Run the bulk trial again with the present settings and export that trial.',
  },
  'export.users-incomplete': {
    severity: 'warning',
    title: 'users who are imported with something missing',
    meaning:
      'The import takes these users, but not all that the legacy store has of them: a password that cannot be imported, metadata that cannot be read. The trial counts them as failed. failed-users.ndjson names each of them by key, with the cause.',
    fix: 'Mend the cause in the mapping or the legacy data and repeat the trial, or complete these users after the import.',
  },
  'export.users-left-out': {
    severity: 'warning',
    title: 'users who are not imported',
    meaning:
      'These users were kept out of the import files, or their records are in a file and will be refused. failed-users.ndjson names each of them by key, with the cause.',
    fix: 'Group the list by cause; "userferry explain" has the remedy for each.',
  },
} as const satisfies Record<string, CatalogEntry>;
