import { passwordCheckCatalog } from '#domain/diagnostics/catalog/password-check.ts';
import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

const IMPORT_PAGE = 'Bulk User Import Schema and Examples';

const routeCatalog = {
  'password.none': {
    severity: 'warning',
    title: 'no password stored',
    meaning:
      'The row has no hash, or a placeholder such as NULL, "x" or "-". Imported without a hash, the user gets a random password nobody knows.',
    fix: 'Import the user without a hash and send a password reset, or check whether these users sign in through another provider and belong to another connection.',
    reference: IMPORT_PAGE,
  },
  'password.locked': {
    severity: 'warning',
    title: 'password locked or unusable',
    meaning:
      'The stored value marks an account that may not log in with a password ("!", "*LK*", Django\'s unusable password).',
    fix: 'Decide per group: leave these users out, import them with "blocked": true, or import them without a hash and let them reset.',
  },
  'password.plain-text': {
    severity: 'error',
    title: 'password seems to be stored in plain text',
    meaning:
      'The value is short and looks typed rather than computed. Plain text cannot be imported as a hash, and every copy of this table is a leak.',
    fix: 'Hash each value with bcrypt at cost 10 while exporting and import it as password_hash, or compare it in the login script and let lazy migration replace it. Keep the table out of backups, tickets and test systems, and plan its deletion.',
  },
  'password.encrypted': {
    severity: 'warning',
    title: 'password is encrypted, not hashed',
    meaning:
      'The value can be decrypted with a key the legacy application holds. The import takes hashes only.',
    fix: 'Decrypt where the key lives, hash each password with bcrypt at cost 10 in the same process and import the results; or let the login script ask the legacy application.',
  },
  'password.unknown-format': {
    severity: 'warning',
    title: 'hash format not recognised',
    meaning: 'Neither a prefix, nor the length, nor the alphabet says how this value was computed.',
    fix: 'Give the hash lab one account whose password you know. Map the salt and scheme columns if there are any. Until then only the legacy login code can check these users.',
  },
  'password.damaged': {
    severity: 'warning',
    title: 'hash is damaged',
    meaning:
      'The value starts like a known format, but its length or its numbers cannot be right. Often a column was too short and cut it off.',
    fix: 'Compare the column width with the length the format needs. Users whose hash is cut cannot log in anywhere: import them without a hash and plan a reset.',
  },
  'password.bcrypt-cost-impossible': {
    severity: 'warning',
    title: 'bcrypt cost out of range',
    meaning: 'bcrypt knows costs from 4 to 31. No implementation verifies this value.',
    fix: 'Check how these rows were written; plan a reset for the users if no legacy login works either.',
  },
  'password.bcrypt-prefix-unsupported': {
    severity: 'warning',
    title: 'bcrypt variant the import does not take',
    meaning:
      'The prefixes $2$ and $2x$ stand for early, faulty versions of bcrypt. The import accepts $2a$, $2b$ and $2y$ only; $2$ may pass the pattern of password_hash but is not documented to verify.',
    fix: 'Let the login script verify these users and migrate them lazily. Rewriting $2x$ to $2a$ works only for passwords made of ASCII letters.',
    reference: IMPORT_PAGE,
  },
  'password.bcrypt-prehash': {
    severity: 'warning',
    title: 'bcrypt over another digest',
    meaning:
      'Not the password but a digest of it went through bcrypt (Django bcrypt_sha256, passlib, WordPress 6.8). The import has no way to say so.',
    fix: 'Migrate lazily: compute the inner digest in the login script, then compare with bcrypt.',
  },
  'password.argon2-unsupported': {
    severity: 'warning',
    title: 'Argon2 variant the import does not take',
    meaning:
      'The target verifies with libsodium: argon2id and argon2i of version 19 only, with m, t and p and nothing else, a salt of at least 8 and a hash of at least 16 bytes.',
    fix: 'Migrate these users lazily: a login script with an Argon2 library can verify them.',
    reference: IMPORT_PAGE,
  },
  'password.pbkdf2-digest-unsupported': {
    severity: 'warning',
    title: 'PBKDF2 with a digest the import does not take',
    meaning: 'The digest behind this PBKDF2 hash is not on the list the import accepts.',
    fix: 'Migrate lazily: crypto.pbkdf2 in the login script takes more digests than the import does.',
    reference: IMPORT_PAGE,
  },
  'password.ldap-scheme-unsupported': {
    severity: 'warning',
    title: 'LDAP scheme the import does not take',
    meaning: 'Of the {SCHEME} notation only MD5, SMD5, SHA… and SSHA… are importable.',
    fix: 'Migrate lazily through the login script, for instance with an LDAP bind against the old directory.',
    reference: IMPORT_PAGE,
  },
  'password.crypt-unsupported': {
    severity: 'warning',
    title: 'crypt(3) hash',
    meaning:
      'Hashes of the Unix crypt family (DES, $1$, $5$, $6$, apr1, yescrypt) cannot be imported, not even as {CRYPT}.',
    fix: 'Migrate lazily with a crypt implementation in the login script, or call the legacy application from it. Users who never return need a reset.',
    reference: IMPORT_PAGE,
  },
  'password.phpass': {
    severity: 'warning',
    title: 'phpass hash (WordPress, phpBB, Drupal 7)',
    meaning: 'The digest is repeated thousands of times. The import knows plain digests without a count.',
    fix: 'Migrate lazily: about thirty lines of crypto.createHash in the login script reproduce phpass.',
  },
  'password.iterated-digest': {
    severity: 'warning',
    title: 'digest repeated many times',
    meaning: 'A plain digest is applied in a loop. The import knows plain digests without a count.',
    fix: 'Find the count with the hash lab and one known password, then migrate lazily with that loop in the login script.',
  },
  'password.nested-digest': {
    severity: 'warning',
    title: 'digest of a digest',
    meaning:
      'The value is a digest over another digest of the password. The import can only express one step.',
    fix: 'Migrate lazily: two calls of crypto.createHash in the login script reproduce it.',
  },
  'password.digest-unsupported': {
    severity: 'warning',
    title: 'digest the import does not take',
    meaning:
      'The import takes bare MD4, MD5, SHA-1, SHA-256 and SHA-512, and other SHA-2 sizes as LDAP schemes.',
    fix: 'Migrate lazily through the login script.',
    reference: IMPORT_PAGE,
  },
  'password.hmac-key-missing': {
    severity: 'warning',
    title: 'HMAC without its key',
    meaning: 'An HMAC looks like any digest and cannot be checked without the key, which is not in the row.',
    fix: 'Find the key in the configuration of the legacy application and prove it in the hash lab; then the hash imports as "hmac" with that key.',
  },
  'password.parameters-missing': {
    severity: 'warning',
    title: 'cost parameters are not in the row',
    meaning: 'The scheme names a costly hash, but the numbers it was computed with are stored elsewhere.',
    fix: 'Look the numbers up in the legacy code, or let the hash lab find them with one known password. With them the hash is importable.',
  },
  'password.firebase-scrypt': {
    severity: 'warning',
    title: 'Firebase scrypt',
    meaning:
      'Firebase encrypts a project key with the scrypt result. The import has no place for that last step.',
    fix: "Migrate lazily with a Firebase scrypt implementation and the project's signer key in the configuration, or sign in through Firebase from the login script.",
  },
} as const satisfies Record<`password.${string}`, CatalogEntry>;

const warningCatalog = {
  'password.rewritten': {
    severity: 'note',
    title: 'hash rewritten for the import',
    meaning: 'The computation is one the import knows, the notation was not. The bytes are the same.',
    fix: 'Nothing to do. Log in with one known account in a trial to be certain.',
  },
  'password.fast-digest': {
    severity: 'warning',
    title: 'fast digest',
    meaning:
      'Digests such as MD5 and SHA-256 are made to be fast: who gets the table can try billions of passwords a second.',
    fix: 'The import works. The first login replaces the hash by bcrypt; plan a date after which accounts that never logged in are reset.',
  },
  'password.unsalted': {
    severity: 'warning',
    title: 'hash without salt',
    meaning: 'Equal passwords have equal hashes, so lists of precomputed hashes apply.',
    fix: 'Import soon, treat the table as leaked material, and reset accounts that stay inactive. If there is a salt column, map it: without it no login works.',
  },
  'password.cost-low': {
    severity: 'note',
    title: 'low cost',
    meaning: 'The cost is below what is recommended today. It does not affect the import.',
    fix: 'Nothing to do: the first login replaces the hash.',
  },
  'password.cost-high': {
    severity: 'warning',
    title: 'very high cost',
    meaning:
      'One check takes long enough to run into the time limit of a login, in a script and perhaps in the target.',
    fix: 'Test one account in a real tenant before the migration and measure its login.',
  },
  'password.scrypt-memory': {
    severity: 'warning',
    title: 'scrypt needs more memory than the usual limit',
    meaning:
      'N, r and p ask for more than 32 MiB, which crypto.scrypt refuses unless maxmem is raised. Whether the target raises it is not documented.',
    fix: 'Import one such user into a test tenant and log in. In a login script pass maxmem to crypto.scrypt.',
  },
  'password.digest-ambiguous': {
    severity: 'warning',
    title: 'told by length only',
    meaning:
      'Several computations give values of this length: another digest of the same size, an HMAC with a key kept elsewhere, a pepper, more than one round. The text cannot tell them apart.',
    fix: 'Prove the mapping in the hash lab with one known password before importing. A wrong guess shows up as "wrong password" for every user.',
  },
  'password.salt-position-assumed': {
    severity: 'warning',
    title: 'salt position assumed',
    meaning:
      'Whether the salt stands before or after the password, and whether its text or its bytes count, cannot be seen.',
    fix: 'Prove the mapping in the hash lab with one known password; it tries both positions and all encodings.',
  },
  'password.construction-ambiguous': {
    severity: 'warning',
    title: 'two frameworks write this notation',
    meaning:
      'The same text means different computations in different frameworks (digest or HMAC keyed by the salt).',
    fix: 'Prove the mapping in the hash lab with one known password before importing.',
  },
  'password.parameters-assumed': {
    severity: 'warning',
    title: 'parameters assumed',
    meaning:
      'The notation leaves out a count or size; the default of the framework, or what the scheme column says, was taken.',
    fix: 'Check the configuration of the legacy application, or prove the mapping in the hash lab.',
  },
  'password.pbkdf2-length-corrected': {
    severity: 'note',
    title: 'PBKDF2 length corrected',
    meaning:
      'The length stated, or the default of 64 where none is stated, is not the length of the hash. Imported as it is, no password would verify.',
    fix: 'Nothing to do: the import file states the true length.',
    reference: IMPORT_PAGE,
  },
  'password.pbkdf2-iterations-default': {
    severity: 'warning',
    title: 'PBKDF2 without a count',
    meaning: 'The import assumes 100000 iterations where none are stated.',
    fix: 'Check the count in the legacy code, or prove it in the hash lab.',
    reference: IMPORT_PAGE,
  },
  'password.bcrypt-extra-salt': {
    severity: 'warning',
    title: 'salt column beside bcrypt',
    meaning:
      'bcrypt holds its own salt. The mapped salt column is either a leftover, or was added to the password before hashing; it was not used.',
    fix: 'Prove one known password in the hash lab with the salt. If it is needed, the import takes it as "salt", and its bytes count towards the 72 that bcrypt reads.',
  },
  'password.pepper-possible': {
    severity: 'warning',
    title: 'a pepper may be involved',
    meaning:
      'This framework can append a secret of the application to every password. Nothing in the hash shows it.',
    fix: 'Look for the pepper in the configuration (Devise: config.pepper). If there is one, import the hash with it as a suffix "salt".',
  },
  'password.maybe-plain-text': {
    severity: 'warning',
    title: 'could be plain text',
    meaning: 'The value has the form of what people type.',
    fix: 'Look at the legacy code that compares passwords. If values are compared as they are, treat the table as plain text.',
  },
  'password.binary-column': {
    severity: 'note',
    title: 'binary column read as hex',
    meaning:
      'The value carries the mark databases print before binary data (0x or \\x); what follows was read as hex.',
    fix: 'Nothing to do for the import. In a script, take care to read the column as a buffer.',
  },
  'password.padding-trimmed': {
    severity: 'warning',
    title: 'blanks around the hash',
    meaning: 'The value is padded, as CHAR columns do. The import file gets the trimmed value.',
    fix: 'Trim it in the login script too: comparisons of hash texts fail on trailing blanks.',
  },
} as const satisfies Record<`password.${string}`, CatalogEntry>;

export const passwordCatalog = {
  ...routeCatalog,
  ...warningCatalog,
  ...passwordCheckCatalog,
} as const satisfies Record<`password.${string}`, CatalogEntry>;
