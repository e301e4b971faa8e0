import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

const PROFILE = 'Normalized user profiles and custom database scripts';

/** The profile as the text of a script shows it. */
export const lintProfileCatalog = {
  'lint.user-id-missing': {
    severity: 'error',
    title: 'profile without an id',
    meaning: 'A tenant recognises a user by "user_id" (or "id"). Without one the profile cannot be stored.',
    fix: 'Return user_id, made from a key that never changes, as a text.',
    reference: PROFILE,
  },
  'lint.unstable-user-id': {
    severity: 'error',
    title: 'id that is new each time',
    meaning:
      'The id is made from chance or from the clock, so each call describes another user: duplicates, lost metadata, resets that fail.',
    fix: 'Make it from the primary key of the row, and the same way in login and get_user.',
    reference: PROFILE,
  },
  'lint.user-id-prefix': {
    severity: 'warning',
    title: 'id begins with auth0|',
    meaning: 'The tenant puts "auth0|" before the id itself, so it would be there twice.',
    fix: 'Return the id without the prefix.',
    reference: PROFILE,
  },
  'lint.user-id-from-email': {
    severity: 'note',
    title: 'e-mail address used as id',
    meaning:
      'The id must never change, and addresses do. After a change the same person would be a new user.',
    fix: 'Use the primary key of the row.',
    reference: PROFILE,
  },
  'lint.email-verified-type': {
    severity: 'warning',
    title: 'email_verified is not true or false',
    meaning: 'Numbers and texts are not booleans; the text "false" even counts as true in many places.',
    fix: 'Return a real boolean, for example Number(row.verified) === 1.',
    reference: PROFILE,
  },
  'lint.secret-in-profile': {
    severity: 'warning',
    title: 'secret in the profile',
    meaning:
      'Everything that is returned is stored in the profile and shown to administrators of the tenant.',
    fix: 'Leave the property out.',
    reference: PROFILE,
  },
  'lint.row-returned': {
    severity: 'warning',
    title: 'whole row returned as the profile',
    meaning:
      'The query selects the password hash or all columns, and the row goes into the profile as it is.',
    fix: 'Build an object of the fields that belong into a profile.',
    reference: PROFILE,
  },
  'lint.metadata-name': {
    severity: 'note',
    title: 'metadata or app_metadata',
    meaning:
      'The documentation of Auth0 names both for scripts and contradicts itself. With both in one profile it is open which one counts.',
    fix: 'Use app_metadata alone, and try it in a test tenant.',
  },
  'lint.metadata-key': {
    severity: 'warning',
    title: 'key that metadata must not have',
    meaning:
      'Keys of metadata must not contain dots or dollar signs, and some names are reserved in app_metadata. Such a profile is refused or loses them.',
    fix: 'Rename the key.',
  },
  'lint.username-missing': {
    severity: 'warning',
    title: 'profile without a username',
    meaning: 'The connection requires usernames, and a profile without one cannot be stored in it.',
    fix: 'Return "username" in login and get_user.',
    reference: PROFILE,
  },
  'lint.username-not-looked-up': {
    severity: 'warning',
    title: 'usernames are not looked up',
    meaning:
      'With usernames on, people type either of the two into the same field. Whoever types the username is not found.',
    fix: 'Look for the identifier in both columns.',
  },
} as const satisfies Record<`lint.${string}`, CatalogEntry>;
