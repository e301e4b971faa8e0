import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

const SECURITY = 'Custom Database Connections: connection security';

/** Secrets, injection, hashing and transport. */
export const lintSecurityCatalog = {
  'lint.secret-in-script': {
    severity: 'warning',
    title: 'secret written into the script',
    meaning:
      'Everybody who can read the scripts of the tenant, or the repository they come from, can read it, for ever.',
    fix: 'Put it into the configuration of the connection, read it as configuration.NAME, and change it.',
    reference: SECURITY,
  },
  'lint.connection-string-in-script': {
    severity: 'warning',
    title: 'address of the database written into the script',
    meaning: 'The script fits one environment only, and addresses of databases are of use to attackers.',
    fix: 'Put it into the configuration of the connection and read it as configuration.NAME.',
    reference: SECURITY,
  },
  'lint.host-in-script': {
    severity: 'note',
    title: 'host written into the script',
    meaning: 'The script fits one environment only; a test tenant would talk to the same host.',
    fix: 'Put it into the configuration of the connection and read it as configuration.NAME.',
  },
  'lint.ldap-filter-built': {
    severity: 'warning',
    title: 'LDAP filter put together from what users type',
    meaning: 'Parentheses and stars in what was typed change the filter, so that it finds other entries.',
    fix: 'Build the filter from objects, such as new ldap.EqualityFilter({ attribute, value }).',
    reference: SECURITY,
  },
  'lint.url-not-encoded': {
    severity: 'warning',
    title: 'URL put together without encoding',
    meaning:
      'Characters such as +, &, # and / are legal in identifiers and mean something in a URL, so another user, or none, is asked for.',
    fix: 'Put encodeURIComponent(…) around the value.',
  },
  'lint.weak-hash': {
    severity: 'warning',
    title: 'new passwords hashed weakly',
    meaning: 'A fast hash or one with few rounds can be guessed by the billion once the table is stolen.',
    fix: 'Use bcrypt with a cost of 10 or more, or argon2.',
    reference: SECURITY,
  },
  'lint.hash-compared-plainly': {
    severity: 'warning',
    title: 'hashes compared with an operator',
    meaning:
      'An operator stops at the first difference, so the time it takes tells something about the hash; and a password compared as it is lies in the database in clear text.',
    fix: 'Compare buffers of equal length with crypto.timingSafeEqual, or use the compare function of the hash library.',
    reference: SECURITY,
  },
  'lint.http-target': {
    severity: 'warning',
    title: 'request without encryption',
    meaning: 'Everybody on the way can read the passwords that the script sends, and change the answer.',
    fix: 'Use https.',
    reference: SECURITY,
  },
  'lint.tls-off': {
    severity: 'warning',
    title: 'encryption switched off',
    meaning: 'The connection to the database goes over the public internet without encryption.',
    fix: 'Set "encrypt" to true.',
    reference: SECURITY,
  },
  'lint.delete-in-read-slot': {
    severity: 'error',
    title: 'login or lookup deletes from the legacy store',
    meaning:
      'The tenant stores a user only after the script has ended, and that can fail. A user deleted before is then lost in both stores.',
    fix: 'Mark the row as migrated at most, and delete in a separate process later.',
  },
} as const satisfies Record<`lint.${string}`, CatalogEntry>;
