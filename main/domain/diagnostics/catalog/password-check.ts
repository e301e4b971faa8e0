import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

const IMPORT_PAGE = 'Bulk User Import Schema and Examples';

/** What the verifier of the target refuses, and what the hash lab answers. */
export const passwordCheckCatalog = {
  'password.object-invalid': {
    severity: 'error',
    title: 'custom_password_hash breaks a rule of its algorithm',
    meaning:
      'A field is missing, has a value the algorithm does not take, or is given where it is not allowed. The schema alone does not catch this, so the record may be imported and never verify.',
    fix: 'Follow the message. md4 to sha512, hmac and scrypt need "encoding": "hex" or "base64"; argon2, bcrypt, ldap and pbkdf2 need utf8 or none; hmac needs digest and key; scrypt needs keylen.',
    reference: IMPORT_PAGE,
  },
  'password.salt-not-allowed': {
    severity: 'error',
    title: 'separate salt not allowed',
    meaning: 'argon2, ldap and pbkdf2 carry their salt inside hash.value; a "salt" beside it is refused.',
    fix: 'Put the salt into hash.value in the notation of the algorithm and drop "salt".',
    reference: IMPORT_PAGE,
  },
  'password.hmac-salt': {
    severity: 'error',
    title: 'salt beside an HMAC',
    meaning:
      'The documentation does not say whether a "salt" is used with hmac. The assumption "hmac-salt" decides whether such a record is refused, or its salt is joined to the password as with plain digests.',
    fix: 'If the salt is the key, move it to hash.key. If salt and key are both needed, migrate lazily, or test one such user in a real tenant.',
    reference: IMPORT_PAGE,
  },
  'password.hash-undecodable': {
    severity: 'error',
    title: 'value does not decode',
    meaning:
      'The hash, salt or key is not valid hex or base64, although its encoding says so, or the hash has the wrong length.',
    fix: 'Correct the encoding or the value. A hash that lost characters cannot be repaired: import the user without it.',
  },
  'password.digest-unavailable': {
    severity: 'error',
    title: 'digest cannot be computed here',
    meaning: 'MDC-2 is accepted by the import, but no maintained implementation exists to check it with.',
    fix: 'Test one such user in a real tenant.',
  },
  'password.lab-proven': {
    severity: 'note',
    title: 'exactly one mapping verifies',
    meaning:
      'One computation, and only one of all tried, gives the stored value from the known password, and the object passes the verifier.',
    fix: 'Use the mapping for all users of this format. A second known account makes it certain that the mapping is not an accident of one row.',
  },
  'password.lab-not-importable': {
    severity: 'warning',
    title: 'found, but the import cannot express it',
    meaning: 'The computation is known now, and no custom_password_hash stands for it.',
    fix: 'Migrate lazily with the given computation in the login script; users who do not return before the deadline need a reset.',
  },
  'password.lab-ambiguous': {
    severity: 'warning',
    title: 'several mappings fit',
    meaning:
      'The sample does not tell some computations apart, for instance text encodings of a password that is plain ASCII.',
    fix: 'Add a second sample as described with the result. Do not choose by feeling: a wrong choice locks out exactly the users whose passwords differ.',
  },
  'password.lab-not-found': {
    severity: 'warning',
    title: 'no mapping found',
    meaning:
      'None of the computations tried gives the stored value. Either the password is not the right one, or a secret or step of the legacy code is missing.',
    fix: 'Log in to the legacy application with the sample first. Then look for a pepper or key in its configuration and give it to the lab, or read the code that compares passwords.',
  },
} as const satisfies Record<`password.${string}`, CatalogEntry>;
