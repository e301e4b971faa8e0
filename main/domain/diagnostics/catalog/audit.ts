import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';
import { auditDifferencesCatalog } from '#domain/diagnostics/catalog/audit-differences.ts';

/** Where a person stands, and why it is not simply "migrated". */
export const auditCatalog = {
  ...auditDifferencesCatalog,
  'audit.not-migrated': {
    severity: 'note',
    title: 'not in the tenant yet',
    meaning: 'No user of the tenant has this id, e-mail address or username.',
    fix: 'Nothing to mend: such users migrate at their next login, or belong into the next import file.',
  },
  'audit.deleted-in-tenant': {
    severity: 'warning',
    title: 'deleted from the tenant, still in the legacy store',
    meaning:
      'The account was there and was deleted, while the legacy row is still found by the scripts. The next login brings the person back.',
    fix: 'Mark or remove the legacy row before deleting a user in the tenant, and let login and get_user respect the mark.',
  },
  'audit.import-off': {
    severity: 'warning',
    title: 'profile without a password: import is off',
    meaning:
      'The connection runs with "Import Users to Auth0" off. The tenant keeps a profile of everybody who logged in, but no password: the person still depends on the legacy database.',
    fix: 'Switch import on; the next login migrates the person. Say --import-since with a date if it is on in the tenant already.',
    reference: 'Automatic migration from your database',
  },
  'audit.shadow-profile': {
    severity: 'warning',
    title: 'profile without a password',
    meaning: 'The trial left a profile from a login with import off. It holds no password.',
    fix: 'Switch import on, and rehearse the login of such users again: changed data can make the migration fail.',
  },
  'audit.no-marker': {
    severity: 'warning',
    title: 'in the tenant, but nothing shows that the password is too',
    meaning:
      'A login with import off leaves the same profile as a migration. Without a marker in app_metadata the two cannot be told apart.',
    fix: 'Let the login script set a marker (userferry audit marker), or say since when the connection imports users with --import-since.',
    reference: 'Is there a way to know if a user has migrated',
  },
  'audit.no-app-metadata': {
    severity: 'warning',
    title: 'in the tenant, but the export has no app_metadata',
    meaning:
      'Whether the user was migrated shows in a marker in app_metadata, and the export was made without that field.',
    fix: 'Export again with the field app_metadata (NDJSON), or with the marker as a field of its own (CSV).',
    reference: 'Bulk user exports',
  },
  'audit.created-before-import': {
    severity: 'warning',
    title: 'profile is older than the import switch',
    meaning:
      'The profile was created before import was switched on, and has no marker. It became a migrated user only if the person logged in since.',
    fix: 'Have a marker set by the login script: it is written when the person logs in and is migrated.',
  },
  'audit.no-created-date': {
    severity: 'warning',
    title: 'the export has no creation date',
    meaning: 'Whether the profile is older than the import switch cannot be told without created_at.',
    fix: 'Export again with the field created_at.',
  },
  'audit.incomplete-profile': {
    severity: 'error',
    title: 'incomplete profile',
    meaning:
      'The user has neither an e-mail address nor a username nor a telephone number. Interrupted migrations leave such rows, and they collide with the next attempt (DUPLICATED_USER).',
    fix: 'Delete the user by id, then by e-mail address from the connection, and let the person log in again.',
    reference: 'Automatic migration from your database',
  },
  'audit.partial-account': {
    severity: 'error',
    title: 'half-created account',
    meaning:
      'The trial left the internal row of an interrupted creation. Searches and exports of a tenant do not show such rows; a creation collides with them.',
    fix: 'Delete the user by id, then by e-mail address from the connection, and let the person log in again.',
  },
  'audit.id-differs': {
    severity: 'error',
    title: 'same e-mail address, other id',
    meaning:
      'A tenant user has the address of this legacy user under another id. Logins go to that user; an import of the legacy row is refused as a duplicate.',
    fix: 'Find out who made the other user: scripts whose user_id differs between login and get_user, an import with other ids, or a sign-up. Then delete one of the two or import with the id the tenant has.',
  },
  'audit.id-differs-by-username': {
    severity: 'error',
    title: 'same username, other id',
    meaning:
      'A tenant user has the username of this legacy user under another id and another e-mail address. It may be somebody else.',
    fix: 'Compare the two people before anything is deleted; give one of them another username where they are two.',
  },
  'audit.duplicate-user': {
    severity: 'error',
    title: 'several tenant users for one legacy user',
    meaning:
      'More than one user of the tenant belongs to this legacy user, by id, e-mail address or username. Which one a login finds depends on what is typed.',
    fix: 'Keep the one with the legacy id, move what the others have gained, and delete them by id.',
  },
  'audit.duplicate-email': {
    severity: 'error',
    title: 'e-mail address shared by several tenant users',
    meaning:
      'Two users of the tenant have the same address, upper and lower case set aside. A login finds one of them only.',
    fix: 'Settle who owns the address and change or delete the other user.',
  },
  'audit.legacy-id-repeated': {
    severity: 'error',
    title: 'legacy id used by several rows',
    meaning: 'An earlier legacy row has the same id, so that no tenant user can be told to be this one.',
    fix: 'Map a column to "fields.id" that is unique, or clean up the legacy rows.',
  },
  'audit.stranger': {
    severity: 'note',
    title: 'in the tenant, not in the legacy store',
    meaning:
      'No legacy user has this id, e-mail address or username: a sign-up after the cutover, a test user, or a legacy row that was deleted since.',
    fix: 'Say --cutover with a date to tell sign-ups from the rest, and look at what remains.',
  },
  'audit.sign-up': {
    severity: 'note',
    title: 'signed up after the cutover',
    meaning: 'The tenant user has no legacy user and was created after the date given as the cutover.',
    fix: 'Nothing to mend.',
  },
} as const satisfies Record<`audit.${string}`, CatalogEntry>;
