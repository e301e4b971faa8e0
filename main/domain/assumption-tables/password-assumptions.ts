import type { AssumptionRule } from '#domain/assumption-tables/assumption-rule.ts';

/** Open points of passwords being set and of the scripts that import mode leaves idle. */
export const PASSWORD_ASSUMPTIONS = {
  'policy-at-migration': {
    question: 'Is the password policy applied to the password of a migrating login?',
    options: {
      no: 'Weak legacy passwords migrate.',
      yes: 'Users with weak legacy passwords cannot migrate by logging in.',
    },
    default: 'no',
    source: 'The policy applies to passwords being set; migrating logins are not mentioned.',
  },
  'password-over-72-bytes': {
    question: 'What happens to a password of more than 72 bytes?',
    options: {
      truncated: 'It is cut silently; the first 72 bytes are enough to log in.',
      refused: 'It cannot be set, and its user cannot migrate by logging in.',
      unlimited: 'It is taken whole.',
    },
    default: 'truncated',
    source: 'Three pages: silently truncated, truncated or refused by option, and no maximum.',
  },
  'reset-creates-user': {
    question: 'When does a password reset of a user not yet migrated create the user?',
    options: {
      'at-next-login': 'A hidden partial user holds the new password until the first login with it.',
      'at-confirmation': 'The user is complete as soon as the new password is confirmed.',
    },
    default: 'at-next-login',
    source: 'The wording changed over the years; a support article describes the hidden user.',
  },
  'reset-runs-change-password': {
    question: 'Does a password reset run change_password while import is on?',
    options: {
      no: 'The legacy password stays as it is.',
      yes: 'change_password must exist and succeed, and the legacy password changes too.',
    },
    default: 'no',
    source: 'The script page calls it legacy only; a support article on resets requires it.',
  },
  'idle-scripts-with-import': {
    question: 'Do verify, change_email and delete run while import is on?',
    options: {
      'not-run': 'Only the user store changes.',
      run: 'The script must succeed before the user store changes.',
    },
    default: 'not-run',
    source: 'Documented as not used with import on, without detail.',
  },
} as const satisfies Record<string, AssumptionRule>;
