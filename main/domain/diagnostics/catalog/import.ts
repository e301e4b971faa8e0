import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

export const importCatalog = {
  'import.email-missing': {
    severity: 'error',
    title: 'record without e-mail address',
    meaning:
      'The import schema requires an e-mail address; the record fails with OBJECT_MISSING_REQUIRED_PROPERTY.',
    fix: 'Map the address. Users without one can only migrate at login or be created through the API.',
    reference: 'Bulk user import database schema',
  },
  'import.email-invalid': {
    severity: 'error',
    title: 'record with an invalid e-mail address',
    meaning:
      "The address does not pass the import's check for format email; the record fails with INVALID_FORMAT.",
    fix: 'Correct the address in the legacy store and run the import again for these users.',
  },
  'import.phone-invalid': {
    severity: 'error',
    title: 'record with an invalid phone number',
    meaning: 'Phone numbers are a plus sign and up to 15 digits; the record fails with PATTERN.',
    fix: 'Convert the number to E.164 in the users query, or leave it unmapped.',
  },
  'import.invalid-type': {
    severity: 'error',
    title: 'record with a value of the wrong type',
    meaning:
      'A property has another JSON type than the import schema says; the record fails with INVALID_TYPE.',
    fix: 'Correct what writes the file: flags are true or false, ids and names are texts, metadata are objects.',
  },
  'import.unknown-property': {
    severity: 'error',
    title: 'record with a property the schema does not know',
    meaning: 'The import schema is closed; one unknown property makes the whole record fail.',
    fix: 'Move the value into user_metadata or app_metadata, or leave it out.',
    reference: 'Bulk user import database schema',
  },
  'import.too-long': {
    severity: 'error',
    title: 'record with a value that is too long',
    meaning:
      'The trial assumes that imports check the lengths of the create-user API; the record fails with MAX_LENGTH.',
    fix: 'Shorten the value in the users query, or set the assumption import-length-limits to not-checked.',
  },
  'import.username-refused': {
    severity: 'error',
    title: 'record with a username the connection does not allow',
    meaning: 'The trial assumes that imports apply the username rules of the connection; the record fails.',
    fix: "Adjust the connection's username settings or map usernames to allowed ones.",
    reference: 'Require username',
  },
  'import.password-hash-invalid': {
    severity: 'error',
    title: 'password_hash is not bcrypt with cost 10',
    meaning:
      'password_hash takes bcrypt with the prefixes $2a$ and $2b$ and cost 10 only; the record fails with PATTERN.',
    fix: 'Put other bcrypt hashes into custom_password_hash with algorithm bcrypt.',
    reference: 'Bulk user import database schema',
  },
  'import.custom-hash-invalid': {
    severity: 'error',
    title: 'custom_password_hash breaks its schema',
    meaning: 'The object has a wrong algorithm, encoding, salt or form for its algorithm; the record fails.',
    fix: 'Compare with the table of algorithms on the schema page; the error names the member.',
    reference: 'Bulk user import database schema',
  },
  'import.two-hashes': {
    severity: 'error',
    title: 'record with two password hashes',
    meaning: 'password_hash and custom_password_hash exclude each other; the record fails.',
    fix: 'Keep the one that verifies.',
  },
  'import.app-metadata-forbidden': {
    severity: 'error',
    title: 'app_metadata of a record has a forbidden key',
    meaning: 'Keys of root attributes, such as email or user_id, are refused inside app_metadata.',
    fix: 'Rename the key in the users query.',
    reference: 'Metadata fields and data',
  },
  'import.metadata-key-illegal': {
    severity: 'error',
    title: 'metadata of a record has a key with a dot or dollar sign',
    meaning: 'Metadata keys may have neither . nor $; the trial assumes that the import refuses them.',
    fix: 'Rename the key in the users query.',
  },
  'import.mfa-factors': {
    severity: 'error',
    title: 'factors of a record cannot be imported',
    meaning:
      'mfa_factors break their schema or cannot be enrolled. With upsert the rest of the update has happened.',
    fix: 'Correct the factors; importing the record again is safe.',
  },
  'import.profile-too-large': {
    severity: 'error',
    title: 'record with a profile above 10 KB',
    meaning: 'The import refuses profiles above 10 KB with PROFILE_SIZE_EXCEEDED.',
    fix: 'Leave out metadata that logins do not need.',
  },
  'import.record-too-large': {
    severity: 'error',
    title: 'record larger than an import file',
    meaning: 'The record alone exceeds 500 KB, the size of a whole import file, so it cannot be sent.',
    fix: 'Leave out the large metadata; a profile may have 10 KB anyway.',
    reference: 'Bulk user imports',
  },
  'import.duplicate-in-file': {
    severity: 'error',
    title: 'record repeats an earlier one of its file',
    meaning:
      'An earlier record of the same file has the same e-mail, username or id, capitals aside. Only the first is imported; this one fails with DUPLICATED_USER.',
    fix: 'Decide which of the legacy users keeps the identifier, and merge or rename the other.',
  },
  'import.conflict': {
    severity: 'error',
    title: 'record collides with an existing user',
    meaning:
      'A user of the connection has the same e-mail, username, phone number or id. Without upsert nothing of the record is applied.',
    fix: 'Import before the lazy phase starts, leave migrated users out of the file, or use upsert to update attributes.',
    reference: 'Bulk user imports',
  },
  'import.collides-with-shadow': {
    severity: 'error',
    title: 'record collides with a passwordless profile',
    meaning:
      'The user logged in while import mode was off, so the tenant has a profile without a password. Imports of such users fail with DUPLICATED_USER.',
    fix: 'Delete these profiles before the import, or let the users migrate at login with import mode on.',
  },
  'import.collides-with-partial': {
    severity: 'error',
    title: 'record collides with a partial user',
    meaning:
      'An interrupted creation left an internal row that searches do not show. The import fails with DUPLICATED_USER.',
    fix: 'Delete the leftover with DELETE /api/v2/connections/{id}/users?email=…, then import again.',
  },
  'import.duplicates-shadow': {
    severity: 'error',
    title: 'import creates a second user',
    meaning:
      'The record has no user_id and its e-mail belongs to a passwordless profile; the import makes a second user with the same address.',
    fix: 'Give the record the user_id of the legacy user, and delete the passwordless profile first.',
  },
  'import.hash-already-set': {
    severity: 'error',
    title: 'user already has a password',
    meaning:
      'An upsert may replace a custom hash only until the user has logged in with it. Users imported without a hash own a random one, which counts.',
    fix: 'Leave custom_password_hash out of the update, or delete and import the user again.',
    reference: 'Bulk user import database schema',
  },
  'import.not-applied-on-upsert': {
    severity: 'warning',
    title: 'attributes not applied by upsert',
    meaning:
      'An upsert changes only names, picture, metadata and email_verified of an existing user; the rest of the record is ignored.',
    fix: 'Change the other attributes through the API after the import.',
    reference: 'Bulk user import database schema',
  },
  'import.metadata-replaced': {
    severity: 'warning',
    title: 'upsert replaces metadata',
    meaning:
      'Unlike an API update, an upsert replaces user_metadata and app_metadata as a whole; keys that are not in the record are lost.',
    fix: 'Put every key that must survive into the record.',
  },
  'import.mfa-on-upsert-open': {
    severity: 'warning',
    title: 'factors in an upsert',
    meaning: 'Official pages contradict each other on whether an upsert applies mfa_factors.',
    fix: 'Try one user in a test tenant, and set the assumption upsert-mfa-factors to what it shows.',
  },
  'import.user-id-double-prefix': {
    severity: 'error',
    title: 'user_id will be prefixed twice',
    meaning:
      'The import puts auth0| in front of every user_id. An id exported from a tenant already has it and becomes auth0|auth0|….',
    fix: 'Strip the prefix from the file.',
    reference: 'Bulk user imports',
  },
  'import.email-verified-lost': {
    severity: 'warning',
    title: 'upsert resets email_verified',
    meaning: 'The record leaves email_verified out; the trial assumes that an upsert then sets it to false.',
    fix: 'Put email_verified into the record.',
  },
  'import.sends-verification-mail': {
    severity: 'warning',
    title: 'import may send a verification mail',
    meaning: 'The user is not verified; the trial assumes that the import sends a verification mail.',
    fix: 'Set email_verified where the legacy store has verified the address, or switch the mail off for the import.',
  },
  'import.without-password': {
    severity: 'warning',
    title: 'imported without a usable password',
    meaning:
      'The record has no hash, so the tenant makes up a random password; the user must reset it to log in.',
    fix: 'Let these users migrate at login, or plan the reset mails.',
  },
} as const satisfies Record<`import.${string}`, CatalogEntry>;
