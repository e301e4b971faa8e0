import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

/** Tenant flows that failed because another account, or an earlier state of the own one, is in the way. */
export const stateCollisionCatalog = {
  'state.email-taken': {
    severity: 'error',
    title: 'e-mail address belongs to another account',
    meaning:
      'Another account of the connection has this address under another id. One address can be used once per connection.',
    fix: 'Find legacy users with the same address, capitals aside, and merge or rename them. If it is one person, make user_id stable.',
  },
  'state.username-taken': {
    severity: 'error',
    title: 'username belongs to another account',
    meaning: 'Another account of the connection has this username, capitals aside.',
    fix: 'Rename one of the two legacy users before the migration.',
  },
  'state.phone-taken': {
    severity: 'error',
    title: 'phone number belongs to another account',
    meaning: 'With import on phone numbers have to be unique; another account has this one.',
    fix: 'Leave phone_number out of the profile for shared numbers.',
  },
  'state.user-id-taken': {
    severity: 'error',
    title: 'user_id belongs to another account',
    meaning:
      'An account with this id exists with another address: the address was changed after the migration, or two legacy users share the id.',
    fix: 'Change addresses in both stores at once. Make user_id unique, for example with a prefix per source.',
    reference: 'Identify users',
  },
  'state.user-id-unstable': {
    severity: 'error',
    title: 'user_id changes between calls',
    meaning:
      'The account of this person has another id than the script returned now, so the tenant makes a duplicate or refuses.',
    fix: 'Derive user_id from a key that never changes, in login and in get_user.',
    reference: 'Custom database action script best practices',
  },
  'state.identifier-not-stored': {
    severity: 'error',
    title: 'migrated user logs in with an unknown identifier',
    meaning:
      'The user is migrated, but the store does not know what was typed, such as a username that was never returned. The script runs again and the creation fails.',
    fix: 'Return username from login and switch "Requires Username" on, or accept only the e-mail address in login.',
  },
  'state.shadow-data-conflict': {
    severity: 'error',
    title: 'data differ from the profile of an earlier login',
    meaning:
      'The user logged in while import was off, and the legacy data have changed since. With import on the write is refused as an existing user data conflict.',
    fix: 'Delete the passwordless profiles before import is switched on, or let scripts return the old values until then.',
  },
  'state.partial-user': {
    severity: 'error',
    title: 'leftover of an interrupted creation',
    meaning:
      'The internal store has half of this user; searches do not show it, and every creation fails with "The user already exists".',
    fix: 'Delete the leftover with DELETE /api/v2/connections/{id}/users?email=… and let the user log in again.',
    reference: 'Configure automatic migration from your database',
  },
  'state.shadowed-by-other-user': {
    severity: 'error',
    title: 'another user has taken the identifier',
    meaning:
      'Two legacy users have the same e-mail address or username but for capitals. The first to migrate owns it; the second is checked against the password of the first and can never log in.',
    fix: 'Find such pairs before the migration and give one of them another address.',
  },
  'state.user-exists': {
    severity: 'error',
    title: 'user already exists',
    meaning: 'The user store already has an account with this address.',
    fix: 'Nothing; the user can log in or reset the password.',
  },
  'state.legacy-user-exists': {
    severity: 'error',
    title: 'identifier belongs to a legacy user',
    meaning:
      'get_user returned a profile for this address, or create said that it exists, so no new user can have it.',
    fix: 'Nothing for people who sign up twice. If get_user returns a profile for unknown addresses, make it call back with nothing.',
  },
} as const satisfies Record<`state.${string}`, CatalogEntry>;
