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
  'state.script-never-called-back': {
    severity: 'error',
    title: 'script ended without calling back',
    meaning:
      'Nothing was left to do and the callback had not been called; the tenant waits until its time limit and fails.',
    fix: 'Make every path end in callback, error branches and catch blocks too.',
    reference: 'Custom database action script execution',
  },
  'state.script-timed-out': {
    severity: 'error',
    title: 'script took too long',
    meaning: 'The script had not called back within the time limit of about 20 seconds.',
    fix: 'Set timeouts on every query and request, and look for missing indexes.',
    reference: 'Custom database action script execution',
  },
  'state.script-broken': {
    severity: 'error',
    title: 'script broke down',
    meaning:
      'The script threw, rejected, blocked the event loop, ran out of memory, or could not be loaded. The detail says which.',
    fix: 'Try the user in the script workbench; it shows the line.',
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
