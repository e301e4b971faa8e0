import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

const ANATOMY = 'Custom Database Connections: anatomy and best practices of action scripts';

/** The text of a script as a whole, and the comments that silence findings. */
export const lintShapeCatalog = {
  'lint.anonymous-function': {
    severity: 'note',
    title: 'function without a name',
    meaning:
      'A function without a name works, but stack traces and logs cannot say which script they are about.',
    fix: 'Give it a name such as login, getUser, create, verify, changePassword, changeEmail or deleteUser.',
  },
  'lint.wrong-arity': {
    severity: 'error',
    title: 'wrong number of parameters',
    meaning:
      'The slot decides which arguments come, and the callback is the last of them. With another number of parameters each name stands for something else, and what should be the callback is not one.',
    fix: 'Write the parameters that the message lists, in that order.',
    reference: ANATOMY,
  },
  'lint.context-missing': {
    severity: 'warning',
    title: 'no parameter for the context',
    meaning:
      'The connection has the script context switched on, which cannot be undone. Scripts then get "context" just before the callback; one that does not expect it is likely to call the context instead of the callback.',
    fix: 'Add the parameter "context" before "callback".',
    reference: ANATOMY,
  },
  'lint.use-npm': {
    severity: 'error',
    title: '"use npm" does nothing any more',
    meaning: 'Old runtimes installed modules on demand with this directive. Node 22 runtimes do not know it.',
    fix: 'Remove it and require modules that the tenant offers.',
  },
  'lint.slot-not-used': {
    severity: 'note',
    title: 'script is never called',
    meaning:
      'With "Import Users to Auth0" on, a tenant uses login and get_user only; everything else happens in its own store.',
    fix: 'Remove the script, or keep it for a connection with import off.',
  },
  'lint.change-email-lost': {
    severity: 'note',
    title: 'the dashboard removes this script',
    meaning:
      'The dashboard does not show the change_email script, and saving any script of the connection there deletes it.',
    fix: 'Change scripts of this connection only through the deploy tool or the Management API.',
  },
  'lint.unknown-suppression': {
    severity: 'warning',
    title: 'comment silences an unknown code',
    meaning: 'A "userferry-ignore" comment names a code that does not exist, so it has no effect.',
    fix: 'Correct the code; "userferry explain --list lint" shows all of them.',
  },
  'lint.unused-suppression': {
    severity: 'warning',
    title: 'comment silences nothing',
    meaning:
      'The finding that a "userferry-ignore" comment names does not occur there. Left in place it would hide the next one.',
    fix: 'Remove the comment, or move it to the line of the finding or the line above.',
  },
  'lint.suppression-without-reason': {
    severity: 'note',
    title: 'comment gives no reason',
    meaning:
      'A finding was silenced without a word on why, so nobody can tell later whether that is still right.',
    fix: 'Write the reason after a colon: "userferry-ignore CODE: reason".',
  },
} as const satisfies Record<`lint.${string}`, CatalogEntry>;
