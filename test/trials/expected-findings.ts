import type { FaultName } from '#sample/planted-faults.ts';

interface Expected {
  /** What decides the outcome; null: ok. */
  readonly cause: string | null;
  /** Findings that only users with this fault may have, beside the cause. */
  readonly also?: readonly string[];
}

/** What each planted fault has to be called in a bulk trial. Faults that are not named there are sound. */
export const IN_BULK: Partial<Record<FaultName, Expected>> = {
  'email-invalid': { cause: 'import.email-invalid' },
  'email-missing': { cause: 'import.email-missing' },
  'hash-missing': { cause: null, also: ['password.none', 'import.without-password'] },
  'hash-garbled': { cause: null, also: ['password.unknown-format', 'import.without-password'] },
  'hash-plain-text': { cause: 'password.plain-text', also: ['import.without-password'] },
  'metadata-too-large': { cause: 'import.profile-too-large' },
  'app-metadata-forbidden-key': { cause: 'import.app-metadata-forbidden' },
  'metadata-key-characters': { cause: 'import.metadata-key-illegal' },
  'phone-not-e164': { cause: 'import.phone-invalid' },
  'profile-json-broken': { cause: 'profile.metadata-unreadable' },
};

/** Duplicates end in one of these, by whether the first one is in the same import file. */
export const DUPLICATE_IN_BULK = ['import.duplicate-in-file', 'import.conflict'];

/** What a garbled hash ends in: told by how far the script gets with it. */
export const GARBLED_IN_LAZY = [
  'state.wrong-password',
  'trial.refuses-right-password',
  'trial.check-not-assumable',
];

/** The same for a lazy trial at depth `assumed`. */
export const IN_LAZY: Partial<Record<FaultName, Expected>> = {
  'email-case-duplicate': { cause: 'trial.other-user-returned', also: ['profile.attributes-differ'] },
  'email-shared': { cause: 'trial.other-user-returned', also: ['profile.attributes-differ'] },
  'email-invalid': { cause: 'profile.email-invalid' },
  'email-missing': { cause: 'profile.email-missing' },
  'hash-missing': { cause: 'state.wrong-password' },
  'username-like-email': { cause: null, also: ['profile.username-invalid'] },
  'username-too-long': { cause: null, also: ['profile.username-invalid'] },
  'username-bad-characters': { cause: null, also: ['profile.username-invalid'] },
  'metadata-too-large': { cause: null, also: ['profile.too-large'] },
  'app-metadata-forbidden-key': { cause: 'profile.app-metadata-forbidden' },
  'metadata-key-characters': { cause: 'profile.metadata-key-illegal' },
  'name-too-long': { cause: null, also: ['profile.attribute-too-long'] },
  'phone-not-e164': { cause: 'profile.phone-invalid' },
  'user-id-unstable': { cause: 'state.user-id-unstable' },
  blocked: { cause: 'state.script-unauthorized' },
  'profiles-differ': { cause: null, also: ['profile.attributes-differ'] },
  'script-throws': { cause: 'script.threw' },
  'script-never-calls-back': { cause: 'script.never-called-back' },
  'profile-json-broken': { cause: 'script.threw' },
};
