import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

const COMPLETION = 'Custom Database Connections: how action scripts end';

/** Whether every path gets to the callback once. */
export const lintCallbackCatalog = {
  'lint.callback-unused': {
    severity: 'error',
    title: 'callback never called',
    meaning:
      'Only a call of the last parameter ends a script. Without one each call waits about 20 seconds and fails.',
    fix: 'Call the last parameter on every path: with an error, or with null and the result.',
    reference: COMPLETION,
  },
  'lint.callback-missed': {
    severity: 'error',
    title: 'path without callback',
    meaning:
      'There is a way through the script, or through a function it hands to a driver, on which nothing calls the callback. Whoever takes it waits about 20 seconds and then sees an error.',
    fix: 'Call the callback on this path too, with an error or with the answer that it stands for.',
    reference: COMPLETION,
  },
  'lint.callback-twice': {
    severity: 'error',
    title: 'callback called twice',
    meaning:
      'A path goes through two calls of the callback, most often because "return" is missing after the first. In a tenant the effect of the second call is not defined.',
    fix: 'Write "return callback(…)", or put the rest into "else".',
    reference: COMPLETION,
  },
  'lint.callback-maybe-twice': {
    severity: 'warning',
    title: 'callback may be called twice',
    meaning:
      'Depending on what happens around it, the callback is called again: in a later round of a loop, after an error that comes after the first call, or by a function that still waits for its turn.',
    fix: 'Let one place call back: leave the loop after the call, do nothing after it that can fail, and hand the callback to one side only.',
    reference: COMPLETION,
  },
  'lint.callback-per-event': {
    severity: 'warning',
    title: 'callback called for each event',
    meaning:
      'The event comes once for every row or piece of data, and its handler calls the callback each time. Without any row it never does.',
    fix: 'Collect what comes, and call back once in the handler of the end.',
    reference: COMPLETION,
  },
  'lint.error-event-and-callback': {
    severity: 'warning',
    title: 'error reported twice by the driver',
    meaning:
      'A failed statement reaches this handler and the callback of the request. If both call back, it happens twice.',
    fix: 'Only log in the handler of "errorMessage"; call back in the callback of the request.',
  },
  'lint.work-after-callback': {
    severity: 'warning',
    title: 'work after the callback',
    meaning:
      'A tenant may freeze or recycle the container as soon as the callback was called, so what comes after it may never be done, and its errors reach nobody.',
    fix: 'Do it before calling back, and call back last.',
    reference: COMPLETION,
  },
  'lint.close-after-callback': {
    severity: 'note',
    title: 'connection closed after the callback',
    meaning:
      'The container may stop before the connection is closed; the database then keeps it until it notices.',
    fix: 'Close the connection first and call back afterwards.',
  },
  'lint.async-without-catch': {
    severity: 'warning',
    title: 'awaited failure that nothing catches',
    meaning:
      'When the awaited call fails, the async function ends there. A tenant does not look at the promise, so nobody is called back and the user waits until the time is up.',
    fix: 'Put the body of the function into try, and call back with the error in catch.',
    reference: COMPLETION,
  },
  'lint.promise-without-catch': {
    severity: 'warning',
    title: 'promise without a handler for failure',
    meaning:
      'When the promise fails, nothing calls back, and the unhandled rejection can end the container for other users too.',
    fix: 'Add ".catch(…)" that calls back with an error, or give "then" a second function.',
    reference: COMPLETION,
  },
  'lint.throw-uncaught': {
    severity: 'error',
    title: 'thrown error that nobody catches',
    meaning:
      'The error leaves the script, or a function that a driver calls later. No callback is called; thrown from a driver, it can end the container for other users too.',
    fix: 'Write "return callback(new Error(…))" instead of throwing.',
    reference: COMPLETION,
  },
} as const satisfies Record<`lint.${string}`, CatalogEntry>;
