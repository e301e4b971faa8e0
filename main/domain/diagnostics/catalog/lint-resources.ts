import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

const EXECUTION = 'Custom Database Connections: execution and environment of action scripts';

/** Time, connections, and what calls share. */
export const lintResourceCatalog = {
  'lint.no-timeout': {
    severity: 'warning',
    title: 'waiting without an end',
    meaning:
      'Nothing limits how long the call waits. When the other side hangs, each login holds one of the few executions that a tenant may have at a time, until the container is ended.',
    fix: 'Set a timeout well below 20 seconds and call back with an error when it passes. The note names the option.',
    reference: EXECUTION,
  },
  'lint.timeout-too-long': {
    severity: 'warning',
    title: 'timeout longer than the script may run',
    meaning:
      'The script is ended after about 20 seconds, before this timeout passes, so the error that it should give never comes.',
    fix: 'Choose a timeout of 10 seconds or less.',
    reference: EXECUTION,
  },
  'lint.global-without-guard': {
    severity: 'warning',
    title: 'global made anew by each call',
    meaning:
      'What is kept on "global" is replaced by each call, without asking whether it is there. Nothing is shared, and replaced pools stay open.',
    fix: 'Write if (!global.name) global.name = …',
    reference: EXECUTION,
  },
  'lint.global-assumed': {
    severity: 'warning',
    title: 'global that somebody else should have made',
    meaning:
      'A container can be new at any moment, and calls do not always come to the same one. What another call has put on "global" may not be there.',
    fix: 'Create it here if it is missing.',
    reference: EXECUTION,
  },
  'lint.configuration-undefined': {
    severity: 'error',
    title: 'configuration is not defined',
    meaning: 'The connection defines no value of this name, so the script reads undefined.',
    fix: 'Add the name to "configuration" in database.json, or correct the spelling.',
  },
  'lint.configuration-unused': {
    severity: 'warning',
    title: 'configuration that no script reads',
    meaning:
      'The connection defines a value that none of its scripts uses. Secrets should not lie where nobody needs them.',
    fix: 'Remove it from the connection, or use it.',
  },
  'lint.configuration-boolean': {
    severity: 'error',
    title: 'configuration compared with something that is no text',
    meaning: 'All values of the configuration are texts. A text never equals true, false or a number.',
    fix: "Compare with a text: configuration.NAME === 'true'.",
  },
  'lint.configuration-truthy': {
    severity: 'warning',
    title: 'configuration used as yes or no',
    meaning:
      'All values of the configuration are texts, and every text that is not empty counts as true, the text "false" as well.',
    fix: "Compare with a text: configuration.NAME === 'true'.",
  },
  'lint.configuration-written': {
    severity: 'warning',
    title: 'configuration is changed',
    meaning:
      'The configuration is meant to be read only. A change has no effect, or reaches other calls in the same container.',
    fix: 'Copy the value into a variable and change that.',
  },
  'lint.configuration-logged': {
    severity: 'error',
    title: 'configuration in the log',
    meaning:
      'The configuration holds passwords and keys. Whoever may read the logs of the tenant can read them.',
    fix: 'Remove it from the output.',
  },
  'lint.password-logged': {
    severity: 'error',
    title: 'password in the log',
    meaning: 'The password of the user is written to the log in clear text.',
    fix: 'Remove it from the output, and print no whole parameter objects.',
  },
  'lint.identity-logged': {
    severity: 'note',
    title: 'personal data in the log',
    meaning:
      'Identifiers, rows or profiles are written to the log, where they are kept and shown to everybody with access.',
    fix: 'Log what happened, not to whom; remove it before production.',
  },
} as const satisfies Record<`lint.${string}`, CatalogEntry>;
