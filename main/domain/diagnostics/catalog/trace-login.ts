import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

/** What the next login of one person meets. */
export const traceLoginCatalog = {
  'trace.login-own-hash': {
    severity: 'note',
    title: 'the user store decides with its own hash',
    meaning:
      'The account has the bcrypt hash that the user store made at the migration. Neither script runs; a password changed in the legacy application since is not accepted.',
    fix: 'Nothing to mend. Stop password changes in the legacy application, or pass them on.',
  },
  'trace.login-imported-hash': {
    severity: 'note',
    title: 'the user store decides with the imported hash',
    meaning:
      'No script runs. The first right password proves the imported hash and replaces it with the own one; until then nobody knows whether the hash was mapped right.',
    fix: 'Prove each hash format with a test account at depth "proven" before the import.',
  },
  'trace.login-needs-reset': {
    severity: 'warning',
    title: 'nobody can log in before a password reset',
    meaning:
      'The account was imported without a usable hash. The user store gave it a random password, and the scripts are not asked any more.',
    fix: 'Send a password reset, or leave such users out of the import so that their login migrates them.',
  },
  'trace.login-migrates': {
    severity: 'note',
    title: 'the login migrates this person',
    meaning:
      'The user store has no password for the identifier, so that the scripts are asked. In the trial they answered as they should.',
    fix: 'Nothing to mend.',
  },
  'trace.login-fails': {
    severity: 'error',
    title: 'the login fails as it did in the trial',
    meaning:
      'The user store has no password for the identifier, so that the scripts are asked. In the trial that ended in a failure for this person.',
    fix: 'Mend the cause that the trial names, then run a trial for this user again.',
  },
  'trace.login-not-rehearsed': {
    severity: 'warning',
    title: 'the scripts decide, and the trial did not ask them',
    meaning:
      'The user store has no password for the identifier. The trial did not run login for this person: it had no lazy phase, its depth left logins out, or the user was skipped.',
    fix: 'Run a lazy trial at depth "assumed", or ask with --run-scripts.',
  },
  'trace.login-other-account': {
    severity: 'error',
    title: 'the identifier belongs to another account',
    meaning:
      'What this person types into the login form finds an account of somebody else, and the password is checked against that one. The own row is never looked at.',
    fix: 'Give every row an e-mail address of its own before migrating, or let these people log in by username.',
  },
  'trace.login-blocked': {
    severity: 'warning',
    title: 'the account is blocked',
    meaning: 'The right password is not enough: the user store refuses logins of blocked accounts.',
    fix: 'Unblock the account if that is not meant.',
  },
  'trace.login-import-off': {
    severity: 'note',
    title: 'only the login script decides',
    meaning:
      'Import mode is off: the tenant asks the login script at every login and keeps a profile without a password.',
    fix: 'Switch "Import Users to Auth0" on to migrate.',
  },
  'trace.login-no-identifier': {
    severity: 'error',
    title: 'there is nothing to log in with',
    meaning: 'The legacy row has neither an e-mail address nor a username.',
    fix: 'Give the person an address, or leave the row out.',
  },
} as const satisfies Record<`trace.${string}`, CatalogEntry>;
