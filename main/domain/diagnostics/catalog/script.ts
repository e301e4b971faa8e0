import { scriptEndingCatalog } from '#domain/diagnostics/catalog/script-endings.ts';
import { scriptRuleCatalog } from '#domain/diagnostics/catalog/script-rules.ts';
import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

const ANATOMY = 'Custom Database Connections: anatomy and best practices of action scripts';

/**
 * What runs of scripts show besides how they end, and with `scriptEndingCatalog` how they end. A rule that the linter
 * can see in the text as well has one entry and one code for both: `SCRIPT_RULES` says who checks what.
 */
export const scriptCatalog = {
  ...scriptEndingCatalog,
  ...scriptRuleCatalog,
  'script.called-twice': {
    severity: 'error',
    title: 'callback called more than once',
    meaning:
      'The callback is called again after it was already called: a "return" is missing after the first call, a loop goes on, or two functions were given the task. The first call counts here. In a tenant the effect of a second call is not defined, so a login may work one day and fail the next.',
    fix: 'Write "return callback(…)" wherever the callback is called, or put the rest into "else".',
    reference: ANATOMY,
  },
  'script.called-back-late': {
    severity: 'warning',
    title: 'callback called after the attempt had ended',
    meaning:
      'The script threw an error or ran out of time first, and called back afterwards. Nobody was listening any more.',
    fix: 'Find out what ended the attempt first; the message names it. Then the call comes in time.',
  },
  'script.threw-after-callback': {
    severity: 'error',
    title: 'error after the callback',
    meaning:
      'After it had called back, the script threw an error or left a rejected promise without a handler. In a tenant this can take down the container together with other logins that run in it.',
    fix: 'Do nothing after the callback. If something must be done, do it before and handle its errors.',
    reference: ANATOMY,
  },
  'script.work-after-callback': {
    severity: 'warning',
    title: 'work goes on after the callback',
    meaning:
      'Statements, connections, calls or console output come after the callback. A tenant may freeze or recycle the container at that moment, so this work can be cut off half-way, and errors in it reach nobody.',
    fix: 'Call back last. Wait for every statement whose effect matters before calling back.',
    reference: ANATOMY,
  },
  'script.connection-left-open': {
    severity: 'warning',
    title: 'connection left open',
    meaning:
      'A connection stays open after the callback and the script keeps no pool on "global", so nothing can use or close it. Every login leaks one until the database refuses new ones.',
    fix: 'Close the connection before calling back, on the error paths too; or keep one pool on "global" and take connections from it.',
  },
  'script.tls-not-verified': {
    severity: 'warning',
    title: 'server certificate not checked',
    meaning:
      'The connection is encrypted, but the script accepts any certificate ("rejectUnauthorized: false" or the like). Whoever stands between the tenant and the database can read the passwords.',
    fix: 'Give the driver the certificate of the authority that signed the server certificate ("ssl: { ca: … }") and leave verification on.',
  },
  'script.user-data-in-global': {
    severity: 'error',
    title: 'data of a user kept on global',
    meaning:
      'Something on "global" holds data of the user who has just logged in. Containers are shared: the next login, of another user, can see it or be answered with it.',
    fix: 'Keep only what is the same for all users on "global", such as a pool or an access token of the script itself.',
    reference: ANATOMY,
  },
  'script.result-loses-data': {
    severity: 'warning',
    title: 'result loses data on its way',
    meaning:
      'The result leaves the script as JSON. Values that JSON does not know arrive changed or not at all: dates as text, buffers as lists of numbers, maps empty. The message lists where.',
    fix: 'Turn such values into text, numbers, booleans, lists or plain objects before calling back.',
  },
  'script.result-drops-undefined': {
    severity: 'note',
    title: 'properties that are undefined are left out',
    meaning:
      'The result leaves the script as JSON, which has no undefined: such properties are missing on the other side. Usually that is meant; where the store should forget a value, null says so.',
    fix: 'Nothing to mend if the attribute may be missing.',
  },
  'script.result-not-json': {
    severity: 'error',
    title: 'result cannot be written as JSON',
    meaning:
      'The second argument of the callback holds a BigInt or refers to itself, so it cannot leave the script at all.',
    fix: 'Build a plain object of the fields you need. Turn BigInt ids into text.',
  },
  'script.error-loses-data': {
    severity: 'note',
    title: 'error loses properties on its way',
    meaning:
      'Of an error only name, message, code, description, user_id and the stack leave the script. Other properties are dropped.',
    fix: 'Put what must be seen outside into the message, without secrets.',
  },
  'script.error-is-no-error': {
    severity: 'warning',
    title: 'callback got something that is not an Error',
    meaning:
      'The first argument of the callback is text or a plain object. It counts as a failure, but without a type that a tenant can tell from others.',
    fix: 'Call back with new Error(…), or with WrongUsernameOrPasswordError or ValidationError where they apply.',
  },
  'script.promise-value-ignored': {
    severity: 'error',
    title: 'returned value ignored',
    meaning:
      'The script is an async function that returned a value without calling back. A returned value means nothing; the login waits until it times out.',
    fix: 'Call callback(null, profile) instead of returning the profile.',
    reference: ANATOMY,
  },
  'script.exited': {
    severity: 'error',
    title: 'script called process.exit',
    meaning:
      'process.exit would end the container with every other login in it. The sandbox ends the attempt only.',
    fix: 'Remove the call and call back with an error.',
  },
  'script.missing-module': {
    severity: 'error',
    title: 'module not available',
    meaning:
      'The script requires a module or a version of it that is not in the sandbox, so it fails here at this line. If it is not in the tenant either, every login fails there too.',
    fix: 'Check the module and its version against the list of your tenant, and require a version that both have; "userferry modules" shows what is here.',
  },
  'script.refused-feature': {
    severity: 'error',
    title: 'feature not available to scripts',
    meaning:
      'The script uses something that scripts have no right to here: files, other processes, threads, listening or Unix sockets. On Node 22 a tenant lets nobody write files either.',
    fix: 'Read files into the configuration instead, keep what calls share on "global", and connect over TCP.',
  },
  'script.node-warning': {
    severity: 'note',
    title: 'warning of the runtime',
    meaning: 'Node or a driver printed a warning while the script ran, for example about a deprecated call.',
    fix: 'Read the message; drivers usually name what to use instead.',
  },
  'script.console-cut': {
    severity: 'note',
    title: 'console output cut',
    meaning: 'The script printed more than is kept for one attempt; the rest was dropped.',
    fix: 'Print less, and never whole rows: they hold hashes and personal data.',
  },
  'script.lost-with-worker': {
    severity: 'warning',
    title: 'attempt lost with its worker',
    meaning:
      'The process that ran this attempt ended because of another attempt that it shared the process with, or was ended from outside. This says nothing about the script or the user.',
    fix: 'Run the user again. If it happens often, look for attempts that ended as blocked or out of memory at the same time.',
  },
} as const satisfies Record<`script.${string}`, CatalogEntry>;
