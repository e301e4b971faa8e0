import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';
import { traceLoginCatalog } from '#domain/diagnostics/catalog/trace-login.ts';

/** What keeps the trace of one person from being told in full. */
export const traceCatalog = {
  ...traceLoginCatalog,
  'trace.unknown-user': {
    severity: 'error',
    title: 'nobody is known under this name',
    meaning:
      'Neither the legacy store nor the user store of the trial has anybody with this e-mail address, username, id or key.',
    fix: 'Check the spelling. Keys are written as reports name users: key:4711, or a JSON list for keys of several columns.',
  },
  'trace.several-users': {
    severity: 'warning',
    title: 'more than one legacy user fits',
    meaning:
      'Several rows have this e-mail address, username or id. Only one of them can own the address in the user store; the trial says which of them got it.',
    fix: 'Name one of them by its key. Then settle who owns the address before migrating.',
  },
  'trace.not-in-trial': {
    severity: 'warning',
    title: 'this user took no part in the trial',
    meaning:
      'The legacy row is there, but the trial has no outcome for it: a filter or a limit left it out, the trial has not come that far, or the row is newer than the trial.',
    fix: 'Choose a trial that has this user, or run one for this user alone (--only).',
  },
  'trace.row-gone': {
    severity: 'warning',
    title: 'the legacy row is gone since the trial',
    meaning:
      'The trial knows this user, and the legacy store does not have the row any more. What the trial recorded is told; a login that needs the scripts would fail now.',
    fix: 'Check whether the row was deleted on purpose. If so, remove the user from the tenant as well.',
  },
  'trace.row-changed': {
    severity: 'warning',
    title: 'the legacy row has changed since the trial',
    meaning:
      'Attributes of the row are others than those that the trial read. Its outcome is about the older ones.',
    fix: 'Run a trial for this user again before drawing conclusions.',
  },
  'trace.password-changed': {
    severity: 'warning',
    title: 'the stored password has changed since the trial',
    meaning:
      'The account was imported with another hash than the row has now: the person has set a new password meanwhile, which an import would not bring along.',
    fix: 'Import late, or let lazy migration take the users who are active while the import runs.',
  },
  'trace.mark-missing': {
    severity: 'note',
    title: 'cannot tell whether the row has changed',
    meaning: 'The trial was recorded before marks of rows were kept, or it could not read this row.',
    fix: 'Nothing to mend. A new trial keeps them.',
  },
  'trace.legacy-not-read': {
    severity: 'warning',
    title: 'the legacy store cannot be read now',
    meaning: 'What the trial recorded is told; what the row is like now is not known.',
    fix: 'Make the legacy store reachable (userferry check says what is in the way) and ask again.',
  },
  'trace.scripts-changed': {
    severity: 'warning',
    title: 'scripts or settings have changed since the trial',
    meaning:
      'The trial ran other texts of these scripts, or under other settings. What they do when they run again may differ from what was recorded.',
    fix: 'Run the trial again, and compare the two.',
  },
} as const satisfies Record<`trace.${string}`, CatalogEntry>;
