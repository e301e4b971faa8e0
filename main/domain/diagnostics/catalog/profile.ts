import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

export const profileCatalog = {
  'profile.id-missing': {
    severity: 'error',
    title: 'row without id',
    meaning:
      'The column mapped to the id is empty. Without an id a user cannot be told from others or migrated.',
    fix: 'Map the id to a column that is never null, or leave such rows out with a condition in the users query.',
  },
  'profile.id-imprecise': {
    severity: 'error',
    title: 'id has lost digits',
    meaning:
      'The id came as a number beyond 2^53, so its last digits may be wrong, and two users may share one id.',
    fix: 'Make the query or the script give the id as text, for example with a cast to VARCHAR.',
  },
  'profile.text-trimmed': {
    severity: 'note',
    title: 'white space around a value',
    meaning:
      'The value has blanks at its ends, from a fixed-length column or from input. Userferry compares and imports it without them; scripts see it as it is stored.',
    fix: 'Trim the value in the script too, or clean the column, so that lookups and profiles agree.',
  },
  'profile.salt-with-blanks': {
    severity: 'warning',
    title: 'salt begins or ends with blanks',
    meaning:
      'The blanks may be part of the salt or padding of a fixed-length column; they are taken as part of it.',
    fix: 'If the column pads its values, trim it in the users query; imported hashes fail otherwise.',
  },
  'profile.binary-as-hex': {
    severity: 'warning',
    title: 'binary value read as hexadecimal',
    meaning:
      'The column holds bytes that are not text. They are read as hexadecimal digits, or base64 for some salts.',
    fix: 'If scripts turn the bytes into another text, such as a dashed UUID, select the same form in the users query.',
  },
  'profile.text-unreadable': {
    severity: 'error',
    title: 'value cannot become text',
    meaning: 'The column holds a list, an object or a number that is not finite where a text is needed.',
    fix: 'Map another column, or select one member of the value in the users query.',
  },
  'profile.boolean-unreadable': {
    severity: 'warning',
    title: 'value is neither yes nor no',
    meaning:
      'The column is mapped to a flag, but the value is none of the usual spellings of yes and no and not a date. It counts as no.',
    fix: 'Turn the value into 0 and 1 in the users query, for example with CASE.',
  },
  'profile.date-unreadable': {
    severity: 'warning',
    title: 'value is not a date',
    meaning:
      'The text has none of the date formats that can be read without guessing. The user counts as without this date.',
    fix: 'Select the column in ISO 8601, such as 2024-05-31T08:00:00Z.',
  },
  'profile.metadata-unreadable': {
    severity: 'error',
    title: 'metadata column is not a JSON object',
    meaning:
      'The column mapped to metadata holds broken JSON or something other than an object. It is left out.',
    fix: 'Repair the value, or map a list of plain columns instead of one JSON column.',
  },
  'profile.not-an-object': {
    severity: 'error',
    title: 'script returned no profile object',
    meaning: 'The script called back with a value that is not an object, so there is no profile to store.',
    fix: 'Call back with an object that has user_id and email, or with nothing for a user that does not exist.',
  },
  'profile.user-id-missing': {
    severity: 'error',
    title: 'profile without user_id',
    meaning: 'The profile has neither user_id nor id. The tenant cannot tell the user from others.',
    fix: 'Return the primary key of the user as text in user_id, the same from login and from get_user.',
    reference: 'Custom database action script templates: login',
  },
  'profile.user-id-invalid': {
    severity: 'warning',
    title: 'user_id has a form the API refuses',
    meaning: 'The id is longer than 255 characters or has white space, which the user API does not accept.',
    fix: 'Return a short id without blanks; derive it from a key that never changes.',
  },
  'profile.user-id-prefixed': {
    severity: 'error',
    title: 'user_id already carries auth0|',
    meaning: 'The tenant puts auth0| in front of every id, so this user ends up as auth0|auth0|….',
    fix: 'Return the id without the prefix.',
    reference: 'Identify users',
  },
  'profile.user-id-not-text': {
    severity: 'warning',
    title: 'user_id is not text',
    meaning:
      'The script returned the id as a number or another type. Whether a tenant accepts that is not documented.',
    fix: 'Return String(id).',
  },
  'profile.user-id-differs': {
    severity: 'error',
    title: 'user_id differs between sources',
    meaning:
      'Two sources give different ids for the same person. In a tenant that makes duplicates: a second user at the first login after a password reset.',
    fix: 'Derive user_id in login and get_user from the same column, and never from random values or the time.',
    reference: 'Custom database action script best practices',
  },
  'profile.attribute-not-text': {
    severity: 'warning',
    title: 'attribute is not text',
    meaning:
      'The script returned a number, a flag or an object for an attribute that is a text in the tenant.',
    fix: 'Convert the value with String() in the script, or leave the attribute out.',
  },
  'profile.attribute-too-long': {
    severity: 'warning',
    title: 'attribute is longer than the API allows',
    meaning:
      'The value is longer than the create-user API accepts. Custom database input is not checked the same way, but later updates of the user can fail.',
    fix: 'Shorten the value in the script or in the users query.',
    reference: 'User profile structure',
  },
  'profile.attributes-differ': {
    severity: 'warning',
    title: 'profile differs between sources',
    meaning:
      'The same person has different attributes depending on where the profile comes from, so what a user ends up with depends on the way of migration.',
    fix: 'Build the profile in one place, or make login, get_user and the field mapping use the same columns.',
  },
  'profile.differs-in-case': {
    severity: 'note',
    title: 'profile differs in upper and lower case',
    meaning: 'The sources agree but for capitals. With import on the tenant stores lower case either way.',
    fix: 'Nothing with import on. With import off, return the address in lower case from every script.',
  },
  'profile.email-missing': {
    severity: 'error',
    title: 'user without e-mail address',
    meaning:
      'There is no e-mail address. The bulk import requires one, automatic migration checks for one, and password resets need one.',
    fix: 'Return or map the address. If the company has none for these users, plan usernames or phone numbers as identifiers.',
    reference: 'Bulk user import database schema',
  },
  'profile.email-invalid': {
    severity: 'error',
    title: 'e-mail address is not valid',
    meaning:
      'The address breaks the syntax that the user store accepts: one @ outside quotes, no blanks, no leading, trailing or doubled dot, a domain with a top level, at most 64 bytes before the @ and 254 characters in all.',
    fix: 'Correct the address in the legacy store before the migration, or leave the user out and contact them.',
  },
  'profile.email-unverified': {
    severity: 'note',
    title: 'e-mail address is not verified',
    meaning:
      'The user is created as not verified; the tenant may send a verification mail at the first login.',
    fix: 'If the legacy store has verified the address, return email_verified: true. Otherwise expect the mails.',
  },
  'profile.email-verified-missing': {
    severity: 'warning',
    title: 'email_verified is not returned',
    meaning:
      'The tenant takes a missing email_verified for false, and may send a verification mail at each migration.',
    fix: 'Return email_verified as a boolean from login and get_user.',
  },
  'profile.verified-not-boolean': {
    severity: 'warning',
    title: 'verified flag is not a boolean',
    meaning: "The flag is 0, 1 or a text. The text 'false' counts as true in JavaScript.",
    fix: 'Convert it explicitly, for example row.email_verified === 1.',
  },
  'profile.username-missing': {
    severity: 'error',
    title: 'username required but missing',
    meaning: 'The connection requires usernames, and this profile has none.',
    fix: 'Return username from login and get_user, or switch "Requires Username" off.',
    reference: 'Require username',
  },
  'profile.username-unused': {
    severity: 'note',
    title: 'username on a connection without usernames',
    meaning: 'The connection does not require usernames, so nobody can log in with this one.',
    fix: 'Switch "Requires Username" on, or do not return or map the username.',
  },
  'profile.username-invalid': {
    severity: 'warning',
    title: 'username breaks the rules of the connection',
    meaning:
      "Usernames are ASCII letters, digits and @ ^ $ . ! - # + ' ~ _ and the grave accent, within the lengths of the connection, and never an e-mail address. What scripts return is not checked, but the user cannot change or set such a name later.",
    fix: 'Raise the maximum length of the connection (up to 128), or map such usernames to allowed ones.',
    reference: 'Require username',
  },
  'profile.phone-invalid': {
    severity: 'error',
    title: 'phone number is not E.164',
    meaning:
      'Phone numbers are a plus sign and up to 15 digits. Anything else is refused by import and automatic migration.',
    fix: 'Convert the number to E.164 in the script and the users query, or leave it out.',
  },
  'profile.metadata-not-an-object': {
    severity: 'error',
    title: 'metadata is not an object',
    meaning: 'The script returned metadata as text, list or number. It cannot be stored.',
    fix: 'Return an object; parse JSON text first.',
  },
  'profile.both-metadata-names': {
    severity: 'warning',
    title: 'metadata and app_metadata both returned',
    meaning: 'Official pages contradict each other on the name; with both returned, one of them is lost.',
    fix: 'Return one name only, and check the result in a test tenant.',
  },
  'profile.metadata-name-open': {
    severity: 'note',
    title: 'app_metadata returned as metadata',
    meaning:
      'Older pages call the property metadata in these scripts, current ones app_metadata. Which one a tenant reads is an assumption of the trial (metadata-property).',
    fix: 'Prefer app_metadata, and check one migrated user in a test tenant.',
  },
  'profile.app-metadata-forbidden': {
    severity: 'error',
    title: 'app_metadata has a forbidden key',
    meaning: 'app_metadata is merged over the root of the user, so keys of root attributes are refused.',
    fix: 'Rename the key, for example with a prefix.',
    reference: 'Metadata fields and data',
  },
  'profile.metadata-key-illegal': {
    severity: 'error',
    title: 'metadata key with a dot or dollar sign',
    meaning: 'Metadata keys may have neither . nor $; writing such a key is refused.',
    fix: 'Rename the key.',
    reference: 'Metadata fields and data',
  },
  'profile.too-large': {
    severity: 'warning',
    title: 'profile above 10 KB',
    meaning:
      'A whole profile may have 10 KB. Larger ones are written with warnings for a transition period and refused after it; the import refuses them with PROFILE_SIZE_EXCEEDED.',
    fix: 'Keep only what logins need in metadata, and move the rest to a store of your own.',
  },
  'profile.mfa-factors-invalid': {
    severity: 'error',
    title: 'mfa_factors do not match their schema',
    meaning:
      'Factors are a list of 1 to 10 objects with exactly one of totp, phone or email. With a bad list the login fails and the tenant logs "Unable to import MFA factors."',
    fix: 'Return unpadded Base32 secrets, E.164 numbers and valid addresses, or leave mfa_factors out.',
  },
  'profile.secret-returned': {
    severity: 'error',
    title: 'profile returns a secret',
    meaning:
      'The profile has an attribute whose name says that it is a password, hash, salt or token. Everything returned is kept in the profile, visible to administrators and to pipelines.',
    fix: 'Choose columns by name in the script instead of returning the whole row.',
    reference: 'Custom database action script templates: login',
  },
} as const satisfies Record<`profile.${string}`, CatalogEntry>;
