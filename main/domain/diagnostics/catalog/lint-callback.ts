import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

const COMPLETION = 'Custom Database Connections: how action scripts end';

/** Whether every path gets to the callback once. */
export const lintCallbackCatalog = {
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
  'lint.close-after-callback': {
    severity: 'note',
    title: 'connection closed after the callback',
    meaning:
      'The container may stop before the connection is closed; the database then keeps it until it notices.',
    fix: 'Close the connection first and call back afterwards.',
  },
} as const satisfies Record<`lint.${string}`, CatalogEntry>;
