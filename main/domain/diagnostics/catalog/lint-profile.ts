import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

const PROFILE = 'Normalized user profiles and custom database scripts';

/** The profile as the text of a script shows it. */
export const lintProfileCatalog = {
  'lint.user-id-from-email': {
    severity: 'note',
    title: 'e-mail address used as id',
    meaning:
      'The id must never change, and addresses do. After a change the same person would be a new user.',
    fix: 'Use the primary key of the row.',
    reference: PROFILE,
  },
  'lint.username-not-looked-up': {
    severity: 'warning',
    title: 'usernames are not looked up',
    meaning:
      'With usernames on, people type either of the two into the same field. Whoever types the username is not found.',
    fix: 'Look for the identifier in both columns.',
  },
} as const satisfies Record<`lint.${string}`, CatalogEntry>;
