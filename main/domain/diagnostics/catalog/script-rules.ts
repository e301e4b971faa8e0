import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

const ERRORS = 'Custom Database Connections: error handling';
const SECURITY = 'Custom Database Connections: connection security';

/** Rules that the text of a script can break visibly, and that a run shows for certain. */
export const scriptRuleCatalog = {
  'script.sync-hashing': {
    severity: 'warning',
    title: 'hashing that blocks the container',
    meaning:
      'Synchronous hashing keeps the one thread of the container busy for a good part of a second; other logins in it wait meanwhile.',
    fix: 'Use the asynchronous form and call back when it is done.',
  },
  'script.sql-built': {
    severity: 'error',
    title: 'SQL put together from what users type',
    meaning:
      'Auth0 hands on what was typed as it is. Put into the text of a statement it lets anybody read or change the database, and an apostrophe in an address is enough to break it.',
    fix: 'Use placeholders (?, $1, @name) and hand the values over separately.',
    reference: SECURITY,
  },
  'script.not-found-as-error': {
    severity: 'error',
    title: 'unknown user reported as an error',
    meaning:
      'Before each sign-up get_user is asked whether the user exists. An error instead of "no" stops the sign-up, so nobody new can register.',
    fix: 'Write callback(null) where the user is not found.',
    reference: ERRORS,
  },
  'script.not-found-as-empty-object': {
    severity: 'error',
    title: 'empty value instead of "not found"',
    meaning:
      'Any value counts as a user. An empty object means that somebody exists, without an id: sign-ups are blocked and logins break.',
    fix: 'Write callback(null) in get_user; in login call back with WrongUsernameOrPasswordError.',
    reference: ERRORS,
  },
  'script.outage-as-not-found': {
    severity: 'warning',
    title: 'breakdown reported as "not found"',
    meaning:
      'When the database fails, the script says that the user does not exist. A tenant then lets the same person sign up a second time, or tells them that they have no account.',
    fix: 'Call back with new Error(…) when the lookup itself failed.',
  },
  'script.outage-as-wrong-password': {
    severity: 'warning',
    title: 'breakdown reported as a wrong password',
    meaning:
      'When the database fails, users are told that their password is wrong. They reset it needlessly, and brute-force protection locks them out.',
    fix: 'Call back with new Error(…) when the lookup itself failed.',
  },
} as const satisfies Record<`script.${string}`, CatalogEntry>;
