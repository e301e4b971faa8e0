import { rule } from '#domain/diagnostics/script-rule.ts';

/** Modules, configuration, security, profiles and the migration as a whole. */
export const CONTENT_RULES = [
  rule(28, 'Only modules and versions that scripts may have are required', {
    both: ['script.missing-module'],
    text: ['lint.module-version-removed', 'lint.dynamic-require'],
  }),
  rule(29, 'Every module and name is declared', {
    text: ['lint.magic-global', 'lint.undefined-name', 'lint.implicit-global'],
    run: ['script.threw'],
  }),
  rule(30, 'Modules that were taken away or given up are not used', {
    text: ['lint.module-gone', 'lint.module-deprecated'],
    run: ['script.missing-module'],
  }),
  rule(31, 'No files, no private modules, no other processes', {
    both: ['script.refused-feature'],
    text: ['lint.relative-require', 'lint.use-npm'],
  }),
  rule(32, 'No functions that the runtime has removed or is about to', {
    text: ['lint.new-buffer', 'lint.pbkdf2-without-digest', 'lint.removed-crypto'],
    run: ['script.node-warning', 'script.threw'],
  }),
  rule(33, 'Drivers are called the way their version wants it', {
    text: [
      'lint.pg-connect',
      'lint.mysql-as-function',
      'lint.mongodb-callback',
      'lint.mongodb-removed-method',
      'lint.mongo-result-as-number',
      'lint.mongo-id-as-text',
      'lint.tedious-old-configuration',
      'lint.tedious-no-connect',
      'lint.tedious-port-text',
      'lint.tedious-rows-empty',
      'lint.tedious-column-names',
      'lint.sql-dialect',
    ],
    run: ['script.never-called-back', 'script.threw'],
  }),
  rule(
    34,
    'The server speaks a TLS that current runtimes take',
    { run: ['script.called-back-error'] },
    'A handshake that fails comes back as the error of the driver.',
  ),
  rule(35, 'Hosts, users and secrets come from the configuration', {
    text: ['lint.secret-in-script', 'lint.connection-string-in-script', 'lint.host-in-script'],
  }),
  rule(36, 'What is read from the configuration is there, and is text', {
    text: [
      'lint.configuration-undefined',
      'lint.configuration-unused',
      'lint.configuration-boolean',
      'lint.configuration-truthy',
    ],
    project: [
      'project.configuration-undefined',
      'project.configuration-unused',
      'project.configuration-not-text',
    ],
  }),
  rule(
    37,
    'The configuration is neither changed nor logged',
    {
      text: ['lint.configuration-written', 'lint.configuration-logged'],
    },
    'The sandbox freezes it as a tenant does.',
  ),
  rule(
    38,
    'Passwords are not logged, kept or sent in the clear',
    {
      text: ['lint.password-logged', 'lint.http-target', 'lint.tls-off'],
    },
    'Reports say of each connection whether it was encrypted.',
  ),
  rule(39, 'Personal data is not logged', { text: ['lint.identity-logged'], run: ['script.console-cut'] }),
  rule(
    40,
    'Statements are constant, and values are bound',
    {
      both: ['script.sql-built'],
      text: ['lint.ldap-filter-built', 'lint.url-not-encoded'],
    },
    'A run shows it for PostgreSQL; clients of MySQL put bound values into the text themselves.',
  ),
  rule(41, 'New passwords are hashed slowly, old hashes compared in constant time', {
    text: ['lint.weak-hash', 'lint.hash-compared-plainly'],
  }),
  rule(42, 'Access to the legacy store has as few rights as possible', { project: ['legacy.not-read-only'] }),
  rule(
    43,
    'Network lists are not the only protection of the store',
    {},
    'Nothing in scripts or data shows it.',
  ),
  rule(44, 'Every target is reached over TLS that is verified', {
    both: ['script.tls-not-verified'],
    text: ['lint.tls-off', 'lint.http-target'],
  }),
  rule(45, 'The profile has an id, as text and without the prefix of the tenant', {
    both: ['profile.user-id-missing', 'profile.user-id-prefixed'],
    run: ['profile.user-id-invalid', 'profile.user-id-not-text'],
  }),
  rule(46, 'The id is the same in every call', {
    both: ['state.user-id-unstable'],
    text: ['lint.user-id-from-email'],
  }),
  rule(47, 'login and get_user give the same profile', {
    run: [
      'profile.user-id-differs',
      'profile.attributes-differ',
      'profile.differs-in-case',
      'trial.other-user-returned',
    ],
  }),
  rule(48, 'Ids are not used again in another connection', { run: ['state.user-id-taken'] }),
  rule(49, 'No two users share an address or a username', {
    run: ['state.email-taken', 'state.username-taken', 'trial.other-user-returned'],
    project: ['project.key-duplicate'],
  }),
  rule(50, 'With import on, they do not differ in upper and lower case only', {
    run: ['state.email-taken', 'state.username-taken', 'profile.differs-in-case'],
  }),
  rule(51, 'Profiles have the username that the connection requires', {
    both: ['profile.username-missing'],
    run: ['profile.username-invalid', 'profile.username-unused'],
  }),
  rule(52, 'The address is one, and email_verified is true or false', {
    both: ['profile.verified-not-boolean'],
    run: ['profile.email-missing', 'profile.email-invalid', 'profile.email-verified-missing'],
  }),
  rule(53, 'Texts have the length, and phone numbers the form that a tenant takes', {
    run: ['profile.attribute-not-text', 'profile.attribute-too-long', 'profile.phone-invalid'],
  }),
  rule(54, 'Metadata has allowed names, and the profile at most 10 KB', {
    both: [
      'profile.both-metadata-names',
      'profile.metadata-name-open',
      'profile.app-metadata-forbidden',
      'profile.metadata-key-illegal',
    ],
    run: ['profile.metadata-not-an-object', 'profile.too-large'],
  }),
  rule(55, 'mfa_factors have their form', { run: ['profile.mfa-factors-invalid'] }),
  rule(56, 'The result survives JSON', {
    run: ['script.result-loses-data', 'script.result-drops-undefined', 'script.result-not-json'],
  }),
  rule(57, 'The profile holds no secret', { both: ['profile.secret-returned'] }),
  rule(58, 'With usernames on, both identifiers are looked up', {
    text: ['lint.username-not-looked-up'],
    run: ['state.identifier-not-stored'],
  }),
  rule(59, 'The scripts that the connection needs are there', {
    text: ['lint.slot-not-used'],
    run: ['state.script-missing'],
    project: ['project.slot-missing', 'project.slot-recommended', 'project.slot-bare'],
  }),
  rule(60, 'With import off, a created user is found at once', { run: ['state.created-user-not-found'] }),
  rule(61, 'login and get_user do not delete from the legacy store', { text: ['lint.delete-in-read-slot'] }),
  rule(62, 'Users deleted in the tenant do not come back', {
    run: ['state.resurrected', 'state.returns-after-deletion'],
  }),
  rule(63, 'verify and change_password answer true', {
    run: ['state.not-verified', 'state.password-not-updated'],
  }),
  rule(64, 'At the end, login and get_user do nothing and import stays on', {
    run: ['state.import-off-after-migration'],
  }),
  rule(65, 'Ways of migrating are not mixed without cleaning up', {
    run: ['trial.clash-with-first-phase', 'state.shadow-data-conflict', 'state.import-switched-off'],
  }),
  rule(66, 'change_email is not lost by saving in the dashboard', {
    text: ['lint.change-email-lost'],
    project: ['export.change-email-lost'],
  }),
  rule(67, 'Passwords of more than 72 bytes are known beforehand', {
    run: ['state.password-too-long', 'state.password-truncated'],
  }),
] as const;
