import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

export const trialCatalog = {
  'trial.outside-lazy-window': {
    severity: 'note',
    title: 'not expected to log in during the lazy phase',
    meaning:
      'In a mixed trial only users whose last login is recent enough are taken to log in while the lazy phase lasts. This user was left to the other phase.',
    fix: 'Nothing to mend. A longer lazy phase (--lazy-days) takes in more users.',
  },
  'trial.password-unknown': {
    severity: 'note',
    title: 'no known password for a proven check',
    meaning:
      'At depth "proven" a login counts only with a true password check, and the credentials file has no password for this user.',
    fix: 'Add test accounts to the credentials file, or rehearse everybody at depth "assumed".',
  },
  'trial.check-not-assumable': {
    severity: 'warning',
    title: 'password check could not be answered by the rehearsal',
    meaning:
      'At depth "assumed" the rehearsal answers password comparisons itself. For this user the login script compared in a way that could not be answered, for example with a home-made or repeated digest, so its refusal says nothing about the script.',
    fix: 'Prove this hash scheme with test accounts at depth "proven", and use the hash lab for its mapping.',
  },
  'trial.accepts-wrong-password': {
    severity: 'error',
    title: 'login script accepts a wrong password',
    meaning:
      'The login script called back with a profile although the password was wrong. In production this person would be migrated with whatever an attacker typed.',
    fix: 'Follow the path of the script for this user: every branch that calls back a profile must come after a comparison that succeeded.',
  },
  'trial.refuses-right-password': {
    severity: 'error',
    title: 'login script refuses the right password',
    meaning:
      'The password is known to be right (proven) or every comparison was answered "right" (assumed), and the script still refused it. This person could not log in after the cutover.',
    fix: 'Try this user with the console open and compare what the script computes with the stored hash; the hash lab finds the computation from one known password.',
  },
  'trial.clash-with-first-phase': {
    severity: 'warning',
    title: 'clashes with what the first phase made',
    meaning:
      'The second phase met an account that the first phase had made, for this user or for another one with the same address, name or id. In a tenant this ends as DUPLICATED_USER or as a login against the other account.',
    fix: 'Leave users that are already migrated out of the import files (export the finished lazy users first), or import with upsert on purpose. Where two different people clash, settle who owns the address before migrating.',
  },
  'trial.get-user-finds-nobody': {
    severity: 'error',
    title: 'get_user does not find an existing legacy user',
    meaning:
      'The row is there, but get_user called back without a profile for its e-mail address or username. The tenant would take the person for unknown: a password reset does nothing and a sign-up makes a second account.',
    fix: 'Compare how get_user looks people up (case, spaces, username, filters on status columns) with this row, then try this user.',
  },
  'trial.wrong-password-other-error': {
    severity: 'warning',
    title: 'a wrong password ends in another error',
    meaning:
      'For a wrong password the login script called back with something else than WrongUsernameOrPasswordError. The login page then shows a technical failure, and the tenant log hides attacks among faults.',
    fix: 'Call back new WrongUsernameOrPasswordError(identifier, message) when the comparison fails, and Error only for infrastructure.',
  },
  'trial.other-user-returned': {
    severity: 'error',
    title: 'scripts answer with another person',
    meaning:
      'For the e-mail address or username of this row the scripts returned a profile whose user_id belongs to somebody else. Shared and duplicate addresses are the usual reason: whoever comes first owns the login, and the other person cannot log in to the own account any more.',
    fix: 'Give every row an address of its own before migrating, or let these people log in with a username that is unique. If nearly everybody is listed here, "fields.id" in userferry.json names another column than the one the scripts return as user_id.',
  },
  'trial.no-identifier': {
    severity: 'error',
    title: 'neither e-mail address nor username',
    meaning:
      'The legacy row has nothing that this person could type into a login form, so no script can be run for it.',
    fix: 'Check the mapping of e-mail and username. Rows without either cannot be migrated lazily; give them an address or leave them out.',
  },
} as const satisfies Record<`trial.${string}`, CatalogEntry>;
