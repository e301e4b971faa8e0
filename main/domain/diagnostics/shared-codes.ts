/**
 * Codes of rules that two look at: the linter in the text of a script, and a run of it. Whoever finds a rule broken
 * says so under the same code, so that a finding of a trial can be looked up, silenced and mended like one of the linter.
 */
export const SHARED_CODES = [
  'script.does-not-compile',
  'script.too-large',
  'script.never-called-back',
  'script.called-twice',
  'script.work-after-callback',
  'script.rejected',
  'script.threw',
  'script.error-is-no-error',
  'script.error-loses-data',
  'script.not-found-as-error',
  'script.not-found-as-empty-object',
  'script.outage-as-not-found',
  'script.outage-as-wrong-password',
  'script.sync-hashing',
  'script.connection-left-open',
  'script.user-data-in-global',
  'script.missing-module',
  'script.refused-feature',
  'script.tls-not-verified',
  'script.sql-built',
  'profile.user-id-missing',
  'profile.user-id-prefixed',
  'state.user-id-unstable',
  'profile.username-missing',
  'profile.verified-not-boolean',
  'profile.both-metadata-names',
  'profile.metadata-name-open',
  'profile.app-metadata-forbidden',
  'profile.metadata-key-illegal',
  'profile.secret-returned',
] as const;

export type SharedCode = (typeof SHARED_CODES)[number];
