import type { AssumptionRule } from '#domain/assumption-tables/assumption-rule.ts';

/** Open points of login and of automatic migration. */
export const LOGIN_ASSUMPTIONS = {
  'get-user-at-login': {
    question: 'Does the login of a user the tenant does not know run get_user before login?',
    options: {
      no: 'Only login runs.',
      yes: 'get_user runs first, and a user that it does not find cannot log in.',
    },
    default: 'no',
    source: 'The newest get_user page lists log in among its triggers; older pages do not.',
  },
  'identifier-case': {
    question: 'Does the tenant change the case of what was typed before a script sees it?',
    options: {
      'as-typed': 'Scripts see capitals as they were typed.',
      'lower-cased': 'Scripts never see capitals, which hides case-sensitive lookups.',
    },
    default: 'as-typed',
    source: 'Not stated; the official samples lower-case the identifier themselves.',
  },
  'migrated-wrong-password': {
    question: 'Is the legacy store asked when the password of a migrated user does not match?',
    options: {
      refused: 'The login fails; legacy passwords changed after migration do not work.',
      'asks-legacy': 'login runs again, and a legacy password changed after migration still works.',
    },
    default: 'refused',
    source: 'Documented only as: the user store first, the legacy store if the user does not exist there.',
  },
  'late-import-conflict': {
    question: 'With import switched on late, what if the data differ from the profile of an earlier login?',
    options: {
      refused: 'The login fails until the old profile is removed or the data agree.',
      migrated: 'The login migrates the user and overwrites the old profile.',
    },
    default: 'refused',
    source: 'A support article on the existing user data conflict shows the refusal for a phone number.',
  },
  'partial-user-login': {
    question: 'What does a login do that meets the partial user of an interrupted creation?',
    options: {
      refused: 'The login fails until the leftover is deleted.',
      completed: 'The login finishes the creation.',
    },
    default: 'refused',
    source: 'Documented as "The user already exists", with deletion of the leftover as the remedy.',
  },
  'missing-user-id': {
    question: 'What happens when a script returns a profile without user_id?',
    options: {
      refused: 'The login fails.',
      generated: 'The user is stored under a made-up id that is new with every login.',
    },
    default: 'refused',
    source: 'The id is documented as mandatory; the behaviour without it is not.',
  },
  'numeric-user-id': {
    question: 'What happens when a script returns a number as user_id?',
    options: {
      'as-text': 'Its digits become the id.',
      refused: 'It counts as missing.',
    },
    default: 'as-text',
    source: 'Some official templates return raw numbers; no type check is documented.',
  },
  'metadata-property': {
    question: 'Under which name does a script return app_metadata?',
    options: {
      both: 'Either name is read; app_metadata wins where both are returned.',
      app_metadata: 'metadata is passed through as an ordinary attribute.',
      metadata: 'app_metadata is passed through and lost at the next write.',
    },
    default: 'both',
    source: 'Current pages contradict each other: app_metadata on the script pages, metadata on another.',
  },
  'email-verified-not-boolean': {
    question: 'How is an email_verified read that is not a boolean?',
    options: {
      'as-truthy': "Every value but 0, null and the empty text counts as verified, the text 'false' too.",
      'as-false': 'It counts as not verified.',
    },
    default: 'as-truthy',
    source: 'Documented as boolean only.',
  },
  'default-name': {
    question: 'Which name does a database user get whose profile has none?',
    options: {
      email: 'The e-mail address becomes the name.',
      nickname: 'The nickname becomes the name.',
    },
    default: 'email',
    source: 'A name is always generated; from what is not stated for database users.',
  },
  'name-length': {
    question: 'How long may name be?',
    options: {
      '300': 'Names above 300 characters are reported.',
      '150': 'Names above 150 characters are reported.',
    },
    default: '300',
    source: 'The API says 300, the profile page 150.',
  },
  'nickname-length': {
    question: 'How long may nickname be?',
    options: {
      '300': 'Nicknames above 300 characters are reported.',
      '350': 'Nicknames above 350 characters are reported.',
    },
    default: '300',
    source: 'The API says 300, the profile page 350.',
  },
  'oversized-profile': {
    question: 'What does a login do with a profile above 10 KB?',
    options: {
      warned: 'The user migrates and the tenant logs a warning.',
      refused: 'The user cannot migrate.',
    },
    default: 'warned',
    source: 'Accepted with warnings, inside an allowance of unknown size, until the limit is enforced.',
  },
  'error-log-type': {
    question: 'Which tenant log type follows a plain Error from login?',
    options: {
      f: 'The tenant log of the trial counts it as f.',
      fp: 'The tenant log of the trial counts it as fp.',
      fu: 'The tenant log of the trial counts it as fu.',
    },
    default: 'f',
    source: 'Not stated.',
  },
  'no-profile-log-type': {
    question: 'Which tenant log type follows a login script that calls back without error and profile?',
    options: {
      fu: 'The tenant log of the trial counts it as fu.',
      f: 'The tenant log of the trial counts it as f.',
      fp: 'The tenant log of the trial counts it as fp.',
    },
    default: 'fu',
    source: 'Not stated.',
  },
} as const satisfies Record<string, AssumptionRule>;
