import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

const ERRORS = 'Custom Database Connections: error handling';

/** What a script answers: errors of each kind, and results taken for granted. */
export const lintAnswerCatalog = {
  'lint.error-is-text': {
    severity: 'warning',
    title: 'error is a text',
    meaning:
      'A text as the error counts as a failure without type or code, so logs and pages cannot tell it from others.',
    fix: 'Call back with new Error(…), or with WrongUsernameOrPasswordError or ValidationError where they apply.',
    reference: ERRORS,
  },
  'lint.error-is-object': {
    severity: 'warning',
    title: 'error is a plain object',
    meaning:
      'A plain object as the error counts as a failure without type; most of its properties are dropped.',
    fix: 'Call back with new Error(…), or with WrongUsernameOrPasswordError or ValidationError where they apply.',
    reference: ERRORS,
  },
  'lint.error-property-lost': {
    severity: 'note',
    title: 'property of the error is dropped',
    meaning:
      'Of an error only name, message, code, description, user_id, status_code and stack leave the script.',
    fix: 'Put what must be seen into the message or the code, without secrets.',
  },
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
  'lint.not-found-as-error': {
    severity: 'error',
    title: 'unknown user reported as an error',
    meaning:
      'Before each sign-up get_user is asked whether the user exists. An error instead of "no" stops the sign-up, so nobody new can register.',
    fix: 'Write callback(null) where the user is not found.',
    reference: ERRORS,
  },
  'lint.not-found-as-empty-object': {
    severity: 'error',
    title: 'empty value instead of "not found"',
    meaning:
      'Any value counts as a user. An empty object means that somebody exists, without an id: sign-ups are blocked and logins break.',
    fix: 'Write callback(null) in get_user; in login call back with WrongUsernameOrPasswordError.',
    reference: ERRORS,
  },
  'lint.outage-as-not-found': {
    severity: 'warning',
    title: 'breakdown reported as "not found"',
    meaning:
      'When the database fails, the script says that the user does not exist. A tenant then lets the same person sign up a second time, or tells them that they have no account.',
    fix: 'Call back with new Error(…) when the lookup itself failed.',
  },
  'lint.outage-as-wrong-password': {
    severity: 'warning',
    title: 'breakdown reported as a wrong password',
    meaning:
      'When the database fails, users are told that their password is wrong. They reset it needlessly, and brute-force protection locks them out.',
    fix: 'Call back with new Error(…) when the lookup itself failed.',
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
