import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

/** Findings about the legacy database as the settings describe it: query, key, mapped columns. */
export const mappingEntries = {
  'project.legacy-unavailable': {
    severity: 'error',
    title: 'legacy database cannot be opened',
    meaning:
      'No connection could be made with the settings under "legacy", so nothing further could be checked.',
    fix: 'Check host, port, database, user, password and TLS with a client of that database, from this machine.',
  },
  'project.users-query-failed': {
    severity: 'error',
    title: 'users query fails',
    meaning: 'The database refused the query built from "users", or the rights to run it.',
    fix: 'Run the query in a client of that database with the same account, and correct "users".',
  },
  'project.users-empty': {
    severity: 'warning',
    title: 'users query gives no rows',
    meaning: 'There is nobody to rehearse with. Often a schema or a condition is the reason.',
    fix: 'Check "users.table", "users.where" and the database that "legacy" names.',
  },
  'project.key-column-missing': {
    severity: 'error',
    title: 'key column does not exist',
    meaning:
      '"users.key" names a column that the users query does not give. Rows cannot be read in pages without it.',
    fix: 'Name columns of the users query that together identify a row, best the primary key.',
  },
  'project.key-null': {
    severity: 'error',
    title: 'key column holds nulls',
    meaning: 'Rows without a key have no place in the order and would be skipped in silence.',
    fix: 'Choose a key without nulls, or exclude such rows with "users.where".',
  },
  'project.key-duplicate': {
    severity: 'error',
    title: 'key is not unique',
    meaning:
      'Several rows share a key. Reading goes on after a key, so the others of a group could be skipped.',
    fix: 'Add a column to "users.key" until it is unique, best by using the primary key.',
  },
  'project.key-unproven': {
    severity: 'note',
    title: 'key is not declared unique',
    meaning:
      'Neither a primary key nor a unique index says that "users.key" is unique and not null. The rows that were looked at are.',
    fix: 'Use the primary key if the table has one; otherwise make sure that the key is unique.',
  },
  'project.column-missing': {
    severity: 'error',
    title: 'mapped column does not exist',
    meaning: '"fields" names a column that the users query does not give.',
    fix: 'Correct the name. Upper and lower case count.',
  },
  'project.column-suspicious': {
    severity: 'warning',
    title: 'mapped column holds something else',
    meaning:
      'Few of the values looked at have the form that the attribute needs. The mapping may point at the wrong column.',
    fix: 'Look at some rows and correct "fields", or leave it if the data really are that bad.',
  },
  'project.id-not-unique': {
    severity: 'error',
    title: 'user id is not unique',
    meaning:
      'Rows share the value that becomes user_id. In the tenant they would be one user, or refuse each other.',
    fix: 'Map "fields.id" to a column that is unique and never changes.',
  },
} as const satisfies Record<`project.${string}`, CatalogEntry>;
