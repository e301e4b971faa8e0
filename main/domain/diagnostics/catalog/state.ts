import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';
import { stateCollisionCatalog } from '#domain/diagnostics/catalog/state-collision.ts';
import { stateFlowCatalog } from '#domain/diagnostics/catalog/state-flow.ts';
import { stateScriptCatalog } from '#domain/diagnostics/catalog/state-script.ts';

export const stateCatalog = {
  ...stateScriptCatalog,
  ...stateCollisionCatalog,
  ...stateFlowCatalog,
  'state.wrong-password': {
    severity: 'error',
    title: 'wrong password',
    meaning:
      'The password was refused: by the login script with the identifier in its error, or by the user store.',
    fix: 'Expected for wrong passwords. If the password was right, compare how the script and the legacy application compute the hash.',
  },
  'state.unknown-user': {
    severity: 'error',
    title: 'user not found',
    meaning:
      'The script said that nobody has this identifier: get_user returned no profile, or login raised wrong credentials without an id.',
    fix: 'If the user exists, check how the script looks users up: by e-mail and by username, in any case, and with the same filters.',
  },
  'state.random-password': {
    severity: 'error',
    title: 'imported without a password',
    meaning:
      'The user was imported without a hash and owns a random password, so no login can succeed before a reset.',
    fix: 'Send a password reset, or leave such users out of the import and let them migrate at login.',
    reference: 'Bulk user imports',
  },
  'state.imported-hash-mismatch': {
    severity: 'error',
    title: 'imported hash refuses the right password',
    meaning:
      'The legacy store accepts this password, the imported hash does not. The tenant shows a wrong password and logs "Password change required".',
    fix: 'The mapping of the hash is wrong: check algorithm, encoding, salt position and password encoding with the hash explorer.',
  },
  'state.imported-hash-unusable': {
    severity: 'error',
    title: 'imported hash can never verify',
    meaning:
      'The import took the hash, but its form is one that the verifier refuses, so no password matches.',
    fix: 'Correct the mapping and import the user again, or let the user migrate at login.',
  },
  'state.legacy-password-changed': {
    severity: 'error',
    title: 'legacy password changed after migration',
    meaning:
      'The user is in the user store with the password of the migrating login. A password changed in the legacy application afterwards is never seen.',
    fix: 'Switch password changes in the legacy application off when the lazy phase starts, or forward them to the API.',
    reference: 'Configure automatic migration from your database',
  },
  'state.blocked': {
    severity: 'error',
    title: 'user is blocked',
    meaning: 'The account is blocked by an administrator; the credentials were right.',
    fix: 'Unblock the user, or leave the block where it is intended.',
  },
  'state.import-switched-off': {
    severity: 'error',
    title: 'import was switched off after migration',
    meaning:
      'The user is in the user store, but with import off only the scripts count, and they do not accept the login.',
    fix: 'Leave "Import Users to Auth0" on for good. End a migration with scripts that call back (null, null).',
    reference: 'Configure automatic migration from your database',
  },
  'state.import-off-after-migration': {
    severity: 'warning',
    title: 'migrated user logs in through the script',
    meaning:
      'With import off the stored password is ignored; the login works only as long as the legacy store is there.',
    fix: 'Switch "Import Users to Auth0" on again.',
  },
  'state.resurrected': {
    severity: 'warning',
    title: 'deleted user came back',
    meaning:
      'The user was deleted from the user store and is still in the legacy store, so the login migrated them again.',
    fix: 'Mark deleted users in the legacy store, and have login and get_user honour the mark.',
    reference: 'Configure automatic migration from your database',
  },
  'state.returns-after-deletion': {
    severity: 'warning',
    title: 'deleted user will come back',
    meaning:
      'With import on a deletion does not reach the legacy store; the next login migrates the user again.',
    fix: 'Delete or mark the legacy row in a process of your own.',
  },
  'state.password-policy': {
    severity: 'error',
    title: 'password breaks the policy',
    meaning: 'The password policy of the connection refuses the password.',
    fix: 'Relax the policy during the migration, or expect resets for these users.',
    reference: 'Password options',
  },
  'state.password-too-long': {
    severity: 'error',
    title: 'password above 72 bytes',
    meaning: 'The trial assumes that passwords above 72 bytes are refused (password-over-72-bytes).',
    fix: 'Tell these users to reset their passwords, or check the behaviour in a test tenant and set the assumption.',
  },
  'state.password-truncated': {
    severity: 'warning',
    title: 'password above 72 bytes is cut',
    meaning: 'bcrypt looks at 72 bytes only; the rest of the password no longer matters.',
    fix: 'Nothing has to be done for logins; tell security reviewers.',
  },
  'state.sign-up-disabled': {
    severity: 'error',
    title: 'sign-up is switched off',
    meaning: 'The connection has disable_signup, so users cannot create themselves. Administrators can.',
    fix: 'Switch sign-up on if it is wanted.',
  },
  'state.password-not-updated': {
    severity: 'error',
    title: 'change_password did not report success',
    meaning:
      'The script called back without error but with false or nothing, which means that no password was changed.',
    fix: 'Call back with true when a row was updated; with MySQL look at affectedRows.',
    reference: 'Custom database action script templates: change password',
  },
  'state.not-verified': {
    severity: 'error',
    title: 'verify did not report success',
    meaning: 'The script called back with false or nothing, so the link counts as failed.',
    fix: 'Call back with true when the address is verified, also when it already was.',
  },
  'state.verified-at-next-login': {
    severity: 'note',
    title: 'verified flag follows with the next login',
    meaning:
      'With import off the profile shows the address as verified only when login or get_user returns email_verified.',
    fix: 'Return email_verified from login.',
  },
  'state.email-not-changed': {
    severity: 'error',
    title: 'change_email did not report success',
    meaning: 'The script called back with false or nothing, so the address stays.',
    fix: 'Call back with true when a row was updated.',
  },
  'state.legacy-email-differs': {
    severity: 'warning',
    title: 'address changed in the user store only',
    meaning:
      'With import on the legacy store keeps the old address. A login with it finds nobody in the user store, runs the script, and fails on the existing id.',
    fix: 'Change the address in the legacy store too, or tell the users to use the new one.',
  },
  'state.creation-interrupted': {
    severity: 'error',
    title: 'creation stopped half way',
    meaning:
      'A creation has two steps; a stop between them leaves an internal row that searches do not show.',
    fix: 'Delete the leftover with DELETE /api/v2/connections/{id}/users?email=… and let the user log in again.',
    reference: 'Configure automatic migration from your database',
  },
  'state.too-many-failures': {
    severity: 'error',
    title: 'blocked after failed logins',
    meaning:
      'After 10 failures for one user from one address the tenant blocks further logins and logs limit_wc.',
    fix: 'Release the user or wait for a password change. Expect such blocks when a script refuses right passwords.',
    reference: 'Brute-force protection',
  },
  'state.too-many-logins': {
    severity: 'error',
    title: 'too many logins of one user',
    meaning:
      'The tenant admits 20 logins of one user from one address at once and 10 a minute after that, and logs limit_sul.',
    fix: 'Slow scripted logins down.',
  },
} as const satisfies Record<`state.${string}`, CatalogEntry>;
