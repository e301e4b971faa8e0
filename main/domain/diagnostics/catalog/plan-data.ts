import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

/** Why data cannot carry a forecast, and what makes one doubtful. */
export const planDataCatalog = {
  'plan.no-last-login': {
    severity: 'warning',
    title: 'no column with the last login',
    meaning: 'Without one, how many users come in a given time cannot be told from the legacy store.',
    fix: 'Map "fields.lastLogin" in userferry.json if there is such a column, or give an access log.',
  },
  'plan.too-few-logins': {
    severity: 'warning',
    title: 'too few users with a last login',
    meaning:
      'The forecast reads the ages of last logins; with so few of them its interval would span everything.',
    fix: 'Check that "fields.lastLogin" names the right column, or give an access log.',
  },
  'plan.last-logins-same-day': {
    severity: 'warning',
    title: 'last logins are the same date for most users',
    meaning:
      'Such a date comes from a migration or a default value, not from people logging in, and it hides when they really did.',
    fix: 'Find the column with the true date, or give an access log.',
  },
  'plan.last-logins-in-future': {
    severity: 'warning',
    title: 'last logins lie in the future',
    meaning:
      'A date that has not come yet is a placeholder or read in the wrong unit or time zone. More than one in a hundred of them makes the others doubtful.',
    fix: 'Check what the column holds, or map another one.',
  },
  'plan.last-logins-too-short': {
    severity: 'warning',
    title: 'last logins go back less far than the forecast goes on',
    meaning:
      'The column was filled only since a short time ago. Whoever has no date may have been there the day before.',
    fix: 'Ask for fewer days, or give an access log that goes back further.',
  },
  'plan.copy-is-older': {
    severity: 'note',
    title: 'the newest login is some time ago',
    meaning:
      'The legacy store looks like a copy. Ages of logins are counted from the newest one, and the curve is taken to begin with the start of the lazy phase all the same.',
    fix: 'Plan on a fresh copy shortly before the start.',
  },
  'plan.log-in-future': {
    severity: 'warning',
    title: 'lines of the access log lie in the future',
    meaning: 'Times in a wrong unit or time zone make the log unusable as a whole.',
    fix: 'Check the column with the time; numbers are read as seconds, milli-, micro- or nanoseconds since 1970.',
  },
  'plan.log-of-others': {
    severity: 'warning',
    title: 'the access log is about other people',
    meaning: 'Hardly any line names a user of the legacy store by id, e-mail address or username.',
    fix: 'Say which column names the user (--log-user), and check that the log belongs to this store.',
  },
  'plan.log-too-few-users': {
    severity: 'warning',
    title: 'too few users in the access log',
    meaning: 'With so few of them the interval of a forecast would span everything.',
    fix: 'Give a log of more users or of more days.',
  },
  'plan.log-too-short': {
    severity: 'warning',
    title: 'the access log is shorter than the forecast',
    meaning:
      'What happens within so many days cannot be read off fewer. The first and the last day of a log do not count: they may be cut off.',
    fix: 'Ask for fewer days, or give a longer log.',
  },
  'plan.log-with-gaps': {
    severity: 'warning',
    title: 'the access log has too many days without a login',
    meaning: 'Files seem to be missing. Whoever was there on those days counts as absent.',
    fix: 'Give all files of the time; --access-log takes several.',
  },
  'plan.log-with-empty-days': {
    severity: 'warning',
    title: 'days without any login in the access log',
    meaning: 'Either the application was down or a file is missing; forecasts come out a little low.',
    fix: 'Check whether a file is missing.',
  },
  'plan.log-with-strangers': {
    severity: 'warning',
    title: 'the access log names people who are not in the legacy store',
    meaning:
      'Deleted users, mistyped names or users of other applications. They are left out of the forecast.',
    fix: 'Nothing to mend where they are none of yours; otherwise check --log-user.',
  },
  'plan.log-without-times': {
    severity: 'note',
    title: 'the access log has dates without times',
    meaning: 'Nearly every line is at midnight, so that the busiest hour cannot be told.',
    fix: 'Give a log with the time of day.',
  },
  'plan.log-cut-at-four-years': {
    severity: 'note',
    title: 'only the last four years of the log were used',
    meaning: 'Older logins say little about the next months.',
    fix: 'Nothing to mend.',
  },
  'plan.no-back-test': {
    severity: 'warning',
    title: 'the forecast could not be tested',
    meaning:
      'Forecasts of the past need two windows before the held-out one. Without a test nothing shows how far this population can be foreseen.',
    fix: 'Give a longer log.',
  },
  'plan.back-test-missed': {
    severity: 'warning',
    title: 'most forecasts of the past were wrong',
    meaning:
      'The held-out months did not come out inside their intervals: logins of this population change more than the model can tell, by season or by growth.',
    fix: 'Take the forecast for a rough guide, and plan for its lower bound.',
  },
  'plan.forecasts-differ': {
    severity: 'warning',
    title: 'last logins and access log do not agree',
    meaning:
      'The two forecasts exclude each other. Usually the last-login column is not written by every way of logging in, or the log misses some.',
    fix: 'Find out which of them sees all logins before relying on either.',
  },
  'plan.sampled': {
    severity: 'note',
    title: 'the access log was read for a sample of users',
    meaning:
      'The store is so large that every few users only were followed; intervals take that into account.',
    fix: 'Nothing to mend.',
  },
} as const satisfies Record<`plan.${string}`, CatalogEntry>;
