import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

/** What differs between a legacy user and the tenant user that belongs to it. */
export const auditDifferencesCatalog = {
  'audit.attributes-differ': {
    severity: 'note',
    title: 'attributes differ',
    meaning:
      'Both stores have the person, with different values. After its migration a user lives on in the tenant alone, so later changes of either side show up here.',
    fix: 'Where many users differ in one attribute, compare the scripts or the import mapping for it; single differences are ordinary life.',
  },
  'audit.email-differs': {
    severity: 'warning',
    title: 'e-mail address changed on one side',
    meaning:
      'The ids agree and the addresses do not. Whoever gets the old address can collide with this person, and the legacy application may still write to it.',
    fix: 'Find out which side is right. If legacy changes go on after migration, send them to the tenant as well.',
  },
  'audit.blocked-only-in-legacy': {
    severity: 'error',
    title: 'blocked in the legacy store, open in the tenant',
    meaning: 'The person was locked out of the legacy application and can log in through the tenant.',
    fix: 'Block the user in the tenant. Let the login script refuse blocked rows, so that nobody else gets across.',
  },
  'audit.blocked-only-in-tenant': {
    severity: 'note',
    title: 'blocked in the tenant only',
    meaning: 'The tenant blocks the person; the legacy store does not.',
    fix: 'Block the legacy row too while the legacy application is still in use.',
  },
  'audit.metadata-missing': {
    severity: 'warning',
    title: 'metadata did not get across',
    meaning:
      'The legacy row has metadata and the tenant user has none at all. An interrupted first login loses them, and so do scripts that do not return them.',
    fix: 'Write them with the Management API, or in an Action after the next login.',
    reference: 'Automatic migration from your database',
  },
  'audit.double-prefix': {
    severity: 'warning',
    title: 'id carries the prefix twice',
    meaning:
      'The id begins with "auth0|auth0|": it was imported with its prefix, and the tenant put its own before.',
    fix: 'Nothing needs to change for logins. Leave the prefix out of import files from now on.',
  },
  'audit.linked-identity': {
    severity: 'note',
    title: 'database identity is linked to another user',
    meaning: 'The person is a user of another connection, to which the database identity was linked.',
    fix: 'Nothing to mend. Deleting one user deletes both identities.',
  },
  'audit.needs-reset': {
    severity: 'warning',
    title: 'imported without a password',
    meaning: 'The account has a random password: the person must reset it before the first login.',
    fix: 'Plan a reset campaign for these users, or let them migrate at login instead.',
  },
  'audit.hash-unproven': {
    severity: 'note',
    title: 'imported hash not proven by a login yet',
    meaning: 'The account was imported with its hash, and no login has shown that the mapping is right.',
    fix: 'Prove the hash format with one known password (userferry hash).',
  },
  'audit.broken-line': {
    severity: 'warning',
    title: 'line of the export cannot be read',
    meaning:
      'A line is not the JSON object or the CSV record that it should be. Whoever stands there is missing from the audit.',
    fix: 'Look at the lines that are named. A download that was cut off ends in such a line: fetch it again.',
  },
} as const satisfies Record<`audit.${string}`, CatalogEntry>;
