import type { AssumptionRule } from '#domain/assumption-tables/assumption-rule.ts';

/** Open points of what runs after the scripts: Actions, Rules and Hooks. */
export const PIPELINE_ASSUMPTIONS = {
  'registration-triggers-at-migration': {
    question: 'Do the registration Actions and Hooks run for a user whom a first login migrates?',
    options: {
      'not-fired': 'Only post-login runs.',
      fired: 'pre-user-registration runs before the user is created and can refuse it; post follows.',
    },
    default: 'not-fired',
    source:
      'They are documented for users who "attempt to register", which leaves migrations out by the letter.',
  },
  'registration-triggers-at-import': {
    question: 'Do the registration Actions and Hooks run for the records of an import job?',
    options: {
      'not-fired': 'An import job runs none of them.',
      fired: 'Both run for every record, and pre-user-registration can refuse it.',
    },
    default: 'not-fired',
    source: 'Not documented either way.',
  },
  'registration-triggers-at-reset': {
    question: 'Do the registration Actions and Hooks run for a user whom a password reset creates?',
    options: {
      'not-fired': 'Only post-change-password runs.',
      fired: 'pre-user-registration runs before the user is created and can refuse it; post follows.',
    },
    default: 'not-fired',
    source: 'Not documented either way.',
  },
  'logins-count-at-first-login': {
    question: 'What is stats.logins_count in the Actions of the very first login?',
    options: {
      '1': 'The login that is going on counts.',
      '0': 'The login counts only when it is over.',
    },
    default: '1',
    source: 'Not stated; samples test for 1.',
  },
  'action-user-other-attributes': {
    question: 'Does event.user of an Action have attributes of a script that the tenant does not know?',
    options: {
      hidden: 'Only the documented attributes and those of app_metadata are there.',
      shown: 'With import off they are there, as they are for Rules; after a migration they are gone.',
    },
    default: 'hidden',
    source: 'The reference of event.user lists its attributes and no others.',
  },
  'action-argument-invalid': {
    question: 'What does a method of api do with an argument of a wrong kind?',
    options: {
      ignored: 'The call does nothing and the Action goes on.',
      throws: 'The call throws, and unless the Action catches it the login fails.',
    },
    default: 'ignored',
    source: 'Types are documented, their check is not.',
  },
  'rule-claims': {
    question: 'Which names of claims may a Rule set?',
    options: {
      'as-actions': 'The same as an Action.',
      'namespaced-only': 'Only names that are addresses; all others are left out.',
    },
    default: 'as-actions',
    source: 'Rules had to use a namespace; custom claims without one were allowed for both later.',
  },
  'rule-denial-error': {
    question: 'Which error does an application get when a Rule calls back an UnauthorizedError?',
    options: {
      unauthorized: 'error=unauthorized',
      access_denied: 'error=access_denied, as for an Action.',
    },
    default: 'unauthorized',
    source: 'Two pages of the documentation differ.',
  },
} as const satisfies Record<string, AssumptionRule>;
