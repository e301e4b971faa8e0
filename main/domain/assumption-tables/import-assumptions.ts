import type { AssumptionRule } from '#domain/assumption-tables/assumption-rule.ts';

/** Open points of the bulk import. */
export const IMPORT_ASSUMPTIONS = {
  'import-requires-email': {
    question: 'Does the import insist on an e-mail address even where the connection uses other identifiers?',
    options: {
      yes: 'A record without an e-mail address is refused.',
      no: 'A record without an e-mail address is imported.',
    },
    default: 'yes',
    source: 'The published import schema requires email; nothing is said about connections without it.',
  },
  'import-accepts-phone': {
    question: 'May an import record hold phone_number and phone_verified?',
    options: {
      yes: 'Phone numbers are imported.',
      no: 'A record with a phone number is refused for having an additional property.',
    },
    default: 'yes',
    source: 'The import schema page lists both; the profile structure page calls them not importable.',
  },
  'import-length-limits': {
    question: 'Does the import check the lengths that the create-user API checks?',
    options: {
      'not-checked': 'Over-long names, usernames and ids are imported and reported as a warning.',
      'as-create-api': 'Over-long names, usernames and ids make the record fail with MAX_LENGTH.',
    },
    default: 'not-checked',
    source: 'The published import schema has no length limits; the create-user API has.',
  },
  'import-username-rules': {
    question: 'Does the import apply the username rules of the connection?',
    options: {
      'not-checked': 'A username that the connection would not allow is imported and reported as a warning.',
      'connection-rules': 'A username that the connection would not allow makes the record fail.',
    },
    default: 'not-checked',
    source: 'Not documented for imports; the create-user API refuses a username without requires_username.',
  },
  'import-conflict-code': {
    question: 'Which code does a record get that collides with an existing user?',
    options: {
      conflict: 'CONFLICT, CONFLICT_EMAIL or CONFLICT_USERNAME in the errors of the job.',
      'duplicated-user': 'DUPLICATED_USER in the errors of the job.',
    },
    default: 'conflict',
    source: 'The documented code list has the CONFLICT codes; live samples show only DUPLICATED_USER.',
  },
  'import-matches-on-user-id': {
    question: 'Is the tenant flag import_user_match_user_profile_on_user_id set?',
    options: {
      no: 'Users known from logins with import off make a record fail with DUPLICATED_USER.',
      yes: 'Users known from logins with import off make a record fail with CONFLICT_USERNAME.',
    },
    default: 'no',
    source: 'A hidden tenant flag named in a support answer; it is not among the documented flags.',
  },
  'import-shadow-without-id': {
    question: 'What happens to a record without user_id whose e-mail belongs to a passwordless profile?',
    options: {
      duplicated: 'The import makes a second user with the same e-mail address.',
      refused: 'The record fails.',
    },
    default: 'duplicated',
    source: 'A support answer reproduces the duplicate; the import page does not mention the case.',
  },
  'import-oversized-profile': {
    question: 'What does the import do with a profile above 10 KB?',
    options: {
      refused: 'The record fails with PROFILE_SIZE_EXCEEDED.',
      accepted: 'The record is imported and reported as a warning.',
    },
    default: 'refused',
    source: 'The code PROFILE_SIZE_EXCEEDED was announced and later dropped from the page.',
  },
  'import-metadata-key-rules': {
    question: 'Does the import refuse metadata keys with a dot or a dollar sign?',
    options: {
      refused: 'A record with such a key fails.',
      accepted: 'A record with such a key is imported and reported as a warning.',
    },
    default: 'refused',
    source: 'The key rule is documented for metadata; the import schema does not repeat it.',
  },
  'import-verification-mail': {
    question: 'Does a bulk import send verification mails to users that are not verified?',
    options: {
      no: 'No mail is counted.',
      yes: 'Every inserted user that is not verified is reported as getting a mail.',
    },
    default: 'no',
    source: 'Documented for the create-user API, not for imports.',
  },
  'hash-encoding-missing': {
    question: 'What does the import do with a digest that does not say whether it is hex or base64?',
    options: {
      refused: 'The record fails.',
      utf8: 'The record passes, and no password will ever match it.',
    },
    default: 'refused',
    source: 'The schema gives no default for hash.encoding.',
  },
  'hmac-salt': {
    question: 'What does the import do with a salt next to an hmac hash?',
    options: {
      honoured: 'The salt is used as with plain digests.',
      refused: 'The record fails.',
    },
    default: 'honoured',
    source: 'The table of algorithms says nothing about a salt for hmac.',
  },
  'upsert-mfa-factors': {
    question: 'Does an upsert apply mfa_factors to an existing user?',
    options: {
      applied: 'Factors of an existing user are replaced.',
      ignored: 'Factors of an existing user stay, and the attribute is reported as not applied.',
    },
    default: 'applied',
    source: 'The schema page says not upsertable; the page on importing factors says to use upsert.',
  },
  'upsert-resets-email-verified': {
    question: 'Does an upsert without email_verified set the existing flag to false?',
    options: {
      no: 'The flag of an existing user stays.',
      yes: 'A verified user becomes unverified by a record that leaves the flag out.',
    },
    default: 'no',
    source: 'The API says so whenever the address is added or updated; by the schema page it never is.',
  },
  'import-rate': {
    question: 'How many users a second do two import jobs take in together?',
    options: {
      enterprise: 'About 111 users a second: 400,000 an hour.',
      'free-tier': 'About 11 users a second, ten times slower.',
    },
    default: 'enterprise',
    source:
      'Reported for the enterprise tier with two jobs at once; the free tier is called ten times slower.',
  },
  'import-size-counts-framing': {
    question: 'Does the limit of 512,000 bytes include what the upload puts around the file?',
    options: {
      yes: 'A file that fits only without the multipart framing is refused with 413.',
      no: 'Only the bytes of the file count.',
    },
    default: 'yes',
    source: 'The refusal names the content length of the payload, which is more than the file.',
  },
} as const satisfies Record<string, AssumptionRule>;
