import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

/** Database drivers called in ways that their present versions do not know. */
export const lintDriverCatalog = {
  'lint.pg-connect': {
    severity: 'error',
    title: 'pg.connect does not exist',
    meaning: 'Since version 7 the module pg has no function "connect". The call throws a TypeError.',
    fix: 'Make a pool with new Pool(…), keep it on "global", and call its query method.',
  },
  'lint.mysql-as-function': {
    severity: 'error',
    title: 'mysql called as a function',
    meaning: 'The old global "mysql" was a function; the module is an object. The call throws a TypeError.',
    fix: 'Write mysql.createConnection(…) or, better, mysql.createPool(…).',
  },
  'lint.mongodb-callback': {
    severity: 'error',
    title: 'callback given to a driver that takes none',
    meaning:
      'Since version 5 the MongoDB driver works with promises only and ignores a callback, so it is never called.',
    fix: 'Await the call, or require mongodb@4, which takes callbacks.',
  },
  'lint.mongodb-removed-method': {
    severity: 'error',
    title: 'method of the collection was removed',
    meaning:
      'Version 5 of the MongoDB driver took away insert, update, remove, save and their like. The call throws a TypeError.',
    fix: 'Use insertOne, updateOne, deleteOne or replaceOne.',
  },
  'lint.mongo-result-as-number': {
    severity: 'warning',
    title: 'result object compared with a number',
    meaning:
      'The driver gives an object that counts in a property. Comparing the object itself with a number is always false.',
    fix: 'Compare modifiedCount, matchedCount or deletedCount of the result.',
  },
  'lint.mongo-id-as-text': {
    severity: 'warning',
    title: '_id compared with a text',
    meaning:
      'Unless you store it otherwise, "_id" is an ObjectId. A text never equals it, so nothing is found or deleted, without an error.',
    fix: 'Write { _id: new ObjectId(id) }.',
  },
  'lint.tedious-old-configuration': {
    severity: 'error',
    title: 'credentials where tedious does not look',
    meaning:
      'Newer versions of tedious read user and password from "authentication" only. Given beside "server" they are ignored and the login at the database fails.',
    fix: "Write authentication: { type: 'default', options: { userName, password } }.",
  },
  'lint.tedious-no-connect': {
    severity: 'error',
    title: 'connection is never opened',
    meaning:
      'Newer versions of tedious do not connect by themselves. Without a call of "connect" the event never comes and the script waits until its time is up.',
    fix: 'Call connection.connect(), with a callback or beside the handler of the event.',
  },
  'lint.tedious-port-text': {
    severity: 'error',
    title: 'port is a text',
    meaning:
      'Values of the configuration are texts, and tedious throws a TypeError for a port that is not a number.',
    fix: 'Write Number(configuration.NAME).',
  },
  'lint.tedious-rows-empty': {
    severity: 'error',
    title: 'rows are not collected',
    meaning:
      'Without the option rowCollectionOnRequestCompletion the callback of a request gets no rows, whatever the query finds.',
    fix: 'Set options.rowCollectionOnRequestCompletion to true, or collect rows in a handler of "row".',
  },
  'lint.tedious-column-names': {
    severity: 'error',
    title: 'columns read by name',
    meaning:
      'Without the option useColumnNames a row is a list of columns. Reading a column by name gives undefined, and its value throws.',
    fix: 'Set options.useColumnNames to true, or read columns by position.',
  },
  'lint.sql-dialect': {
    severity: 'error',
    title: 'SQL that SQL Server does not know',
    meaning: 'The statement is written for another database. SQL Server refuses it as a syntax error.',
    fix: 'Use INSERT … (columns) VALUES (…), 1 and 0 for bit columns, and SELECT TOP (n).',
  },
  'lint.update-result-length': {
    severity: 'error',
    title: 'result of a change has no length',
    meaning:
      'UPDATE, INSERT and DELETE give a count, not rows. Asking for the length gives undefined or 0, so the script reports failure after a success.',
    fix: 'Read affectedRows (mysql, mysql2) or rowCount (pg).',
  },
} as const satisfies Record<`lint.${string}`, CatalogEntry>;
