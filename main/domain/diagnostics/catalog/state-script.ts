import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

/** Tenant flows that failed because a script gave no usable answer. */
export const stateScriptCatalog = {
  'state.script-missing': {
    severity: 'error',
    title: 'flow needs a script that is not there',
    meaning:
      'The tenant flow runs a database action script whose slot is empty; the tenant answers "Please implement the … script".',
    fix: 'Write the script, or do not offer the feature.',
    reference: 'Create custom database connections',
  },
  'state.script-error': {
    severity: 'error',
    title: 'script called back with an error',
    meaning:
      'The script reported a failure that is not about credentials. The tenant shows that something went wrong with the database.',
    fix: 'Look at the error of the samples; if it is about a wrong password, use WrongUsernameOrPasswordError.',
  },
  'state.script-unauthorized': {
    severity: 'error',
    title: 'script called back with UnauthorizedError',
    meaning: 'The script refused the user with a text for the login page.',
    fix: 'Nothing, if the refusal is meant. For wrong passwords use WrongUsernameOrPasswordError.',
  },
  'state.script-validation-error': {
    severity: 'error',
    title: 'script called back with ValidationError',
    meaning: 'The script refused the input with a code that the login page can translate.',
    fix: 'Nothing, if the refusal is meant.',
  },
  'state.credentials-error-elsewhere': {
    severity: 'error',
    title: 'wrong-credentials error outside login',
    meaning: 'WrongUsernameOrPasswordError has a meaning in login only; here it is a failure of the flow.',
    fix: 'Call back with nothing for a user that does not exist, and with Error for failures.',
  },
  'state.login-without-profile': {
    severity: 'error',
    title: 'login called back without a profile',
    meaning:
      'login called back with neither error nor profile; the login fails, and the tenant log does not say why.',
    fix: 'Call back with WrongUsernameOrPasswordError for wrong credentials, and with a profile otherwise.',
  },
  'state.created-user-not-found': {
    severity: 'error',
    title: 'created user cannot log in',
    meaning: 'After create the tenant runs login for the new user; it returned no profile.',
    fix: 'Make create finish its write before it calls back, and login find users by the same identifier.',
  },
} as const satisfies Record<`state.${string}`, CatalogEntry>;
