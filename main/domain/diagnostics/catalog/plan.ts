import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';
import { planDataCatalog } from '#domain/diagnostics/catalog/plan-data.ts';

/** What a plan has to say about trials, dates, limits, and what each order breaks. */
export const planCatalog = {
  ...planDataCatalog,
  'plan.no-bulk-trial': {
    severity: 'warning',
    title: 'no finished bulk trial',
    meaning:
      'Files, sizes and refusals are worked out from the mapped rows alone. What the import refuses because of other users (duplicate addresses, names, ids) is not among them.',
    fix: 'Run userferry trial bulk, then plan again.',
  },
  'plan.no-lazy-trial': {
    severity: 'warning',
    title: 'no finished lazy trial',
    meaning:
      'Whether logins through the scripts work is not known. Every hash that a script could check is taken for one that it does check.',
    fix: 'Run userferry trial lazy at depth assumed or proven, then plan again.',
  },
  'plan.logins-not-rehearsed': {
    severity: 'warning',
    title: 'the lazy trial looked at no passwords',
    meaning:
      'At depth profiles or formats only get_user runs: failures are known, successes of the login script are not.',
    fix: 'Run userferry trial lazy --depth assumed, then plan again.',
  },
  'plan.no-mixed-trial': {
    severity: 'note',
    title: 'no finished mixed trial of this order',
    meaning:
      'Clashes between the two ways (a record of somebody who logged in already, an account in the way of a login) have not been counted.',
    fix: 'Run userferry trial mixed with --order lazy-first and with --order bulk-first, then plan again.',
  },
  'plan.trial-outdated': {
    severity: 'warning',
    title: 'the trial was made with other settings or scripts',
    meaning: 'Its figures are used, but they belong to another mapping, connection or script text.',
    fix: 'Repeat the trial, then plan again.',
  },
  'plan.trial-of-a-part': {
    severity: 'warning',
    title: 'the trial does not cover the users of today',
    meaning:
      'It was made with a selection, or the legacy store has more or fewer rows since. Users it does not know are judged by their rows alone.',
    fix: 'Repeat the trial over all users, then plan again.',
  },
  'plan.import-off': {
    severity: 'error',
    title: '"Import Users to Auth0" is off',
    meaning:
      'With import_mode false nobody is migrated by logging in, and the connection takes no import jobs. Every login leaves a profile without a password that collides with a later import.',
    fix: 'Set "import_mode": true in database.json before anything is deployed.',
    reference: 'Automatic migration from your database',
  },
  'plan.cutover-before-import-ends': {
    severity: 'error',
    title: 'the cutover comes before the import is over',
    meaning:
      'The rest is imported after the lazy phase. Whoever is not imported when the scripts become no-ops is turned away.',
    fix: 'Move the cutover, or end the lazy phase earlier.',
  },
  'plan.rate-unknown': {
    severity: 'note',
    title: 'no import rate is known for this kind of tenant',
    meaning:
      'The documentation gives none, and reports exist for the free and the enterprise tier only. The duration is left out rather than guessed.',
    fix: 'Import a few files into a test tenant of the same kind and take the time.',
  },
  'plan.job-results-expire': {
    severity: 'note',
    title: 'the import takes longer than results are kept',
    meaning:
      'Status and errors of a job are deleted 24 hours after its end, so that those of the first jobs are gone before the last one ends.',
    fix: 'Fetch and keep status and errors of each job as soon as it has ended.',
    reference: 'Bulk user imports',
  },
  'plan.jobs-over-two-hours': {
    severity: 'error',
    title: 'import jobs would be stopped after two hours',
    meaning:
      'At the rate of this tier a job with so many records runs into the limit, and the rest of its file is not imported.',
    fix: 'Make smaller files: split them further before uploading.',
    reference: 'Bulk user imports',
  },
  'plan.peak-over-limit': {
    severity: 'error',
    title: 'the busiest hour needs more scripts at once than the tenant allows',
    meaning:
      'On the first day nearly every login runs the login script. More at once than the limit are refused, and people cannot log in.',
    fix: 'Make the scripts faster (connection pooling in global, an index on the lookup column), start at a quiet time, or import most users before.',
    reference: 'Rate limit policy',
  },
  'plan.peak-near-limit': {
    severity: 'warning',
    title: 'the busiest hour comes near the limit of scripts at once',
    meaning:
      'The limit is shared by Actions, Rules, Hooks and the scripts of all connections, and a slow database multiplies what runs at once.',
    fix: 'Watch the script duration from the first day on, and start at a quiet time.',
    reference: 'Rate limit policy',
  },
  'plan.durations-without-checks': {
    severity: 'note',
    title: 'script durations leave password checks out',
    meaning:
      'The trial answered the password comparisons itself, or ran get_user only: in the tenant each login computes the hash as well, a bcrypt of cost 10 in a tenth of a second or so.',
    fix: 'Prove some accounts at depth proven, or compare with the time that the limit leaves.',
  },
  'plan.fails-until-import': {
    severity: 'warning',
    title: 'cannot log in before the import',
    meaning:
      'The login through the scripts fails in the rehearsal, while the import takes the user with the password.',
    fix: 'Mend what the lazy trial names, or import these users before the lazy phase begins.',
  },
  'plan.reset-unless-login': {
    severity: 'warning',
    title: 'has to reset the password unless a login comes in time',
    meaning:
      'The import cannot take the stored hash, the login script can check it. Whoever logs in before the import keeps the password; the import gives everybody else a random one.',
    fix: 'Tell these people to log in once before the import, extend the lazy phase, or find a mapping for the hash with userferry hash.',
  },
  'plan.reset-anyway': {
    severity: 'warning',
    title: 'has to reset the password in any case',
    meaning: 'The import cannot take the stored hash, and a login does not work either.',
    fix: 'Send a reset mail after the import; check the address first.',
  },
  'plan.left-unless-login': {
    severity: 'error',
    title: 'is left behind unless a login comes in time',
    meaning: 'The import refuses the record; only a login before the cutover moves the account.',
    fix: 'Mend the row by the cause that the plan or the bulk trial names, so that the import takes it.',
  },
  'plan.left-behind': {
    severity: 'error',
    title: 'is left behind',
    meaning:
      'The import refuses the record and the login fails: after the cutover nothing is known of this user.',
    fix: 'Mend the row or the script by the causes that the trials name, or say goodbye on purpose (--allow).',
  },
  'plan.loses-lazy-login': {
    severity: 'error',
    title: 'loses a password that a login would have saved',
    meaning:
      'Imported without a hash, the account is in the user store, and the login script that could check the old password is not called any more.',
    fix: 'Leave users without an importable hash out of the first import, or let lazy logins come first.',
  },
  'plan.across-already': {
    severity: 'note',
    title: 'logged in before the import, and would be refused by it',
    meaning:
      'The mixed trial imports everybody in the end. Records of users who are across already fail as duplicates; the users themselves are in no need.',
    fix: 'Leave them out of the import files: an audit against a user export of the tenant tells who they are.',
  },
  'plan.clashes': {
    severity: 'error',
    title: 'clashes with what the other way made',
    meaning:
      'The mixed trial of this order met accounts that the first phase had made, for the same user or for another with the same address, name or id.',
    fix: 'Make the import files after the lazy phase without those who are across (userferry audit tells them), and settle who owns a shared address.',
  },
} as const satisfies Record<`plan.${string}`, CatalogEntry>;
