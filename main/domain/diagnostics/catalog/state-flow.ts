import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

/** About flows that cannot start. */
export const stateFlowCatalog = {
  'state.not-in-user-store': {
    severity: 'error',
    title: 'user store has no such user',
    meaning:
      'This flow works on a user of the user store, and at this point there is none with the identifier: nobody has logged in, signed up or been imported under it.',
    fix: 'Let the user log in first, or run a story that begins with a login.',
  },
  'state.no-mail-sent': {
    severity: 'error',
    title: 'no mail, so nothing to confirm',
    meaning: 'The request before this step was refused, so nobody got a link that could be followed.',
    fix: 'Look at the request first.',
  },
  'state.no-legacy-user': {
    severity: 'error',
    title: 'no such row in the legacy store',
    meaning: 'This step needs the row of the legacy user, and the users query gives none for the identifier.',
    fix: 'Check the spelling, and the columns mapped as email and username in userferry.json.',
  },
} as const satisfies Record<`state.${string}`, CatalogEntry>;
