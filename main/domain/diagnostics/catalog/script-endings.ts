import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

const COMPLETION = 'Custom Database Connections: how action scripts end';

/** One entry for each way a run of a script can fail. */
export const scriptEndingCatalog = {
  'script.called-back-error': {
    severity: 'error',
    title: 'script called back with an error',
    meaning:
      'The callback got an error as its first argument, so the tenant refuses what was asked: a login fails, a sign-up is stopped. For wrong passwords and known users that is how it should be.',
    fix: 'Look at the error. If it comes from the database, fix the statement or the connection; if it stands for a wrong password, use WrongUsernameOrPasswordError.',
    reference: COMPLETION,
  },
  'script.never-called-back': {
    severity: 'error',
    title: 'script never called back',
    meaning:
      'There is a way through the script, or through a function that it hands to a driver, on which nothing calls the callback, and nothing is left that could still do so. Only a call of the last parameter ends a script: in a tenant the user waits about 20 seconds and then sees an error.',
    fix: 'Follow every path to its end, above all "no rows" and error paths, and make each of them call back once. In async functions wrap everything in try and catch.',
    reference: COMPLETION,
  },
  'script.threw': {
    severity: 'error',
    title: 'script threw an error',
    meaning:
      'An error leaves the script, or a function the script has handed to a driver, without being caught. No callback is called; thrown from a driver, it can end the container for other users too.',
    fix: 'Catch the error where it arises and call back with it. The message and the line say where that is.',
    reference: COMPLETION,
  },
  'script.rejected': {
    severity: 'error',
    title: 'promise rejected without a handler',
    meaning:
      'An async script, or a promise in it, fails and nothing handles that. A tenant looks at the callback only, so the user waits until the time is up.',
    fix: 'Put the body of the async function into try and catch, and call back with the error in catch. Await or catch every promise.',
    reference: COMPLETION,
  },
  'script.timed-out': {
    severity: 'error',
    title: 'script ran out of time',
    meaning:
      'The time limit was reached while the script was still waiting for a statement, a request, a hash or a timer.',
    fix: 'Look at what was waited for: a missing index, a lock, a host that does not answer. Set timeouts in the driver that are shorter than the limit.',
    reference: COMPLETION,
  },
  'script.blocked': {
    severity: 'error',
    title: 'script blocked its thread',
    meaning:
      'The script kept the processor busy without a pause until its time was up: an endless loop, a regular expression that backtracks without end, or far too much work.',
    fix: 'Find the loop or expression. Use the asynchronous forms of hashing functions, and put limits on what is looped over.',
  },
  'script.out-of-memory': {
    severity: 'error',
    title: 'script used too much memory',
    meaning: 'The script needed more memory than one script may have and was ended.',
    fix: 'Select only the rows and columns that are needed, and do not collect rows of earlier logins on "global".',
  },
  'script.crashed': {
    severity: 'error',
    title: 'the process running the script ended',
    meaning:
      'The script, another one beside it or something outside ended the worker process, so this attempt has no result.',
    fix: 'Run it again. If it happens each time, the script ends its process: look for process.exit, and for values of extreme size.',
  },
  'script.does-not-compile': {
    severity: 'error',
    title: 'script does not compile',
    meaning:
      'The text is not one JavaScript function. A tenant puts the text into parentheses and calls what it gives, so a second function, a top-level statement, an export, a generator or a semicolon after the function is an error too.',
    fix: 'Keep exactly one function in the script and put everything else inside it. The message names the first line that cannot be read.',
    reference: COMPLETION,
  },
  'script.too-large': {
    severity: 'error',
    title: 'script or result too large',
    meaning:
      'The script has more than the 100 KB that a tenant takes, or what it called back with is too large to be handed on.',
    fix: 'Move data out of the script, and call back with the fields of a profile only.',
    reference: COMPLETION,
  },
} as const satisfies Record<`script.${string}`, CatalogEntry>;
