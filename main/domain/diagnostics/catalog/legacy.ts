import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

export const legacyCatalog = {
  'legacy.unreadable-row': {
    severity: 'error',
    title: 'legacy row cannot be read',
    meaning:
      'The database, or the file, gives no usable values for this one row: a conversion in the query or view fails for it, its bytes are damaged, or the line of the dump is malformed. All other rows were read; this user cannot migrate as things are.',
    fix: 'Look at the named column or line. Correct the value, or make the query tolerate it, for example by selecting the column as text.',
  },
  'legacy.dump-not-utf8': {
    severity: 'warning',
    title: 'dump is not UTF-8',
    meaning:
      'The file holds bytes that UTF-8 does not allow, so it was read as Windows-1252 (Latin-1). Names with accents come out right if that guess is right, and as wrong letters if it is not.',
    fix: 'Look at some names with accents. If they are wrong, export the file again as UTF-8.',
  },
  'legacy.dump-column-renamed': {
    severity: 'note',
    title: 'column of the dump renamed',
    meaning:
      'Two columns of the file differ only in upper and lower case or not at all, or a column has no name. Each needs a name of its own, so a number was added.',
    fix: 'Use the new name in the field mapping, or give the columns different names in the file.',
  },
  'legacy.not-read-only': {
    severity: 'warning',
    title: 'session is not read-only by force',
    meaning:
      'The database engine cannot be told to refuse writes for our session. Userferry itself only reads; a users query that calls a function with side effects could still write.',
    fix: 'Connect with a login that may only read.',
  },
  'legacy.key-weak': {
    severity: 'warning',
    title: 'pagination key is not unique by constraint',
    meaning:
      'The database does not promise that the key columns are unique and never empty. They are now, but rows written during a trial could repeat a key and be read twice or not at all.',
    fix: 'Use the primary key or the columns of a unique index as "key".',
  },
  'legacy.active-flag': {
    severity: 'warning',
    title: 'column says active, not blocked',
    meaning:
      'The table marks users as active. The mapping knows only "blocked", its opposite, so users who may not log in today would be migrated as users who may.',
    fix: 'Leave inactive users out with "where", or give a "query" instead of a table that turns the column around: SELECT users.*, NOT is_active AS blocked FROM users.',
  },
  'legacy.mapping-uncertain': {
    severity: 'warning',
    title: 'proposed mapping is a guess',
    meaning:
      'A column was proposed for this attribute from its name or from sampled values, but neither is strong evidence.',
    fix: 'Compare the proposal with some rows, and correct it in "fields" of the project.',
  },
} as const satisfies Record<`legacy.${string}`, CatalogEntry>;
