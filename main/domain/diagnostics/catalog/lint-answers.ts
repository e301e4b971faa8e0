import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

const ERRORS = 'Custom Database Connections: error handling';

/** What a script answers: errors of each kind, and results taken for granted. */
export const lintAnswerCatalog = {
  'lint.error-message-leaks': {
    severity: 'warning',
    title: 'error message tells too much',
    meaning:
      'Messages of errors go into the tenant log, onto pages and into the address of redirects. What a driver says can contain statements, hosts and values.',
    fix: 'Log the details with console.error, and call back with a sentence that anybody may read.',
    reference: ERRORS,
  },
  'lint.password-in-error': {
    severity: 'error',
    title: 'password in an error',
    meaning:
      'The password of the user becomes part of the error, which is written to the tenant log and can be shown on pages.',
    fix: 'Leave it out. The first argument of WrongUsernameOrPasswordError is the identifier of the user.',
  },
  'lint.wrong-password-as-error': {
    severity: 'warning',
    title: 'bad credentials reported as a breakdown',
    meaning:
      'A plain Error means that the database cannot be reached: the user gets a general failure instead of "wrong password", and brute-force protection counts nothing.',
    fix: 'Call back with new WrongUsernameOrPasswordError(identifier, message); with null as identifier for an unknown user.',
    reference: ERRORS,
  },
  'lint.wrong-password-arguments': {
    severity: 'warning',
    title: 'arguments of WrongUsernameOrPasswordError mixed up',
    meaning:
      'The first argument is the identifier of a user who exists; it decides between "wrong password" and "unknown user" in the tenant log. The message is the second.',
    fix: 'Write new WrongUsernameOrPasswordError(identifier, message) for a wrong password, and null as the first argument for an unknown user.',
    reference: ERRORS,
  },
  'lint.duplicate-as-plain-error': {
    severity: 'warning',
    title: 'existing user reported with a plain Error',
    meaning:
      'A tenant recognises a sign-up for an existing user by the code user_exists only; everything else is a general failure.',
    fix: "Call back with new ValidationError('user_exists', message).",
    reference: ERRORS,
  },
  'lint.validation-error-code': {
    severity: 'warning',
    title: 'code of ValidationError is not known',
    meaning:
      'The first argument of ValidationError is a code. For a user who exists already it has to be user_exists.',
    fix: "Write new ValidationError('user_exists', message), or a short code that your pages translate.",
    reference: ERRORS,
  },
  'lint.response-not-checked': {
    severity: 'error',
    title: 'response of a failed request may be missing',
    meaning:
      'After a network error or a timeout the error has no response. Reading its status throws inside the handler, and nobody is called back.',
    fix: 'Ask first: if (error.response && error.response.status === 404) …',
  },
  'lint.status-ignored': {
    severity: 'warning',
    title: 'status of the answer ignored',
    meaning:
      'The request reports an error only if no answer came. An answer such as 404 or 500 is taken for a success.',
    fix: 'Look at the status before using the body, and call back with an error for what is not a success.',
  },
  'lint.row-not-checked': {
    severity: 'warning',
    title: 'first row used without asking',
    meaning:
      'For an unknown user the query gives no row. Reading a column of nothing throws, and in a driver callback nobody is called back.',
    fix: 'Ask whether there is a row, and answer "not found" if there is none.',
  },
} as const satisfies Record<`lint.${string}`, CatalogEntry>;
