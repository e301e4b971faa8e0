/**
 * What a trial must find about the planted rows, in the sample's own words. They are stable: tests map them to
 * catalog codes. An empty list says that nothing may be found: the row is odd but sound.
 */
export type ExpectedFinding =
  | 'email-duplicate'
  | 'email-invalid'
  | 'email-missing'
  | 'hash-missing'
  | 'hash-unrecognised'
  | 'hash-plain-text'
  | 'username-is-email'
  | 'username-too-long'
  | 'username-bad-characters'
  | 'metadata-too-large'
  | 'app-metadata-forbidden-key'
  | 'metadata-key-characters'
  | 'metadata-not-json'
  | 'name-too-long'
  | 'phone-not-e164'
  | 'blocked'
  | 'user-id-unstable'
  | 'wrong-user-returned'
  | 'get-user-differs-from-row'
  | 'login-differs-from-get-user'
  | 'login-refused'
  | 'password-never-verifies'
  | 'script-threw'
  | 'script-never-called-back'
  | 'pipeline-denies'
  | 'claim-lost';

export interface PlantedFault {
  /** What is wrong with the rows, and how it came about. */
  readonly description: string;
  /** Rows in a sample of 20,000 users; other sizes scale it. */
  readonly per20k: number;
  /** Rows in any sample, however small. */
  readonly atLeast: number;
  /** Rows in any sample, however big: each costs a time limit, or kilobytes. */
  readonly atMost?: number;
  /** The row shares something with an earlier, otherwise sound row. */
  readonly paired?: true;
  /** Rows are chosen after the test accounts, so that all others of a sample stay what they have always been. */
  readonly late?: true;
  /** The rows carry hashes of known passwords, so that `login` can be seen to misbehave. */
  readonly knownPassword?: true;
  readonly expect: {
    readonly bulk: readonly ExpectedFinding[];
    readonly lazyGetUser: readonly ExpectedFinding[];
    readonly lazyLogin: readonly ExpectedFinding[];
    /** With the sample's Actions beside the scripts; absent: the same as without them. */
    readonly pipeline?: readonly ExpectedFinding[];
  };
}

const everywhere = (...found: ExpectedFinding[]): PlantedFault['expect'] => ({
  bulk: found,
  lazyGetUser: found,
  lazyLogin: found,
});
const scriptsOnly = (...found: ExpectedFinding[]): PlantedFault['expect'] => ({
  bulk: [],
  lazyGetUser: found,
  lazyLogin: found,
});

export const PLANTED_FAULTS = {
  'email-case-duplicate': {
    description: 'Same e-mail address as an earlier row, written in another case.',
    per20k: 60,
    atLeast: 4,
    paired: true,
    expect: {
      bulk: ['email-duplicate'],
      lazyGetUser: ['wrong-user-returned'],
      lazyLogin: ['wrong-user-returned'],
    },
  },
  'email-shared': {
    description:
      'Exactly the same e-mail address as an earlier row: a family or an office sharing one mailbox.',
    per20k: 40,
    atLeast: 4,
    paired: true,
    expect: {
      bulk: ['email-duplicate'],
      lazyGetUser: ['wrong-user-returned'],
      lazyLogin: ['wrong-user-returned'],
    },
  },
  'email-invalid': {
    description:
      'Text that is no e-mail address: no @, two of them, a space, no domain, a local part over 64.',
    per20k: 50,
    atLeast: 6,
    expect: everywhere('email-invalid'),
  },
  'email-missing': {
    description: 'No e-mail address: accounts opened at the counter, known by their login name only.',
    per20k: 40,
    atLeast: 4,
    expect: everywhere('email-missing'),
  },
  'email-non-ascii': {
    description:
      'Addresses with an accented letter, in pairs that look alike: composed (NFC) in one row, decomposed (NFD) in the other. Nothing documented refuses them; they are two users.',
    per20k: 20,
    atLeast: 4,
    paired: true,
    expect: everywhere(),
  },
  'hash-missing': {
    description: 'No password hash: invited and never finished, or always logged in by a social provider.',
    per20k: 120,
    atLeast: 5,
    expect: { bulk: ['hash-missing'], lazyGetUser: [], lazyLogin: ['password-never-verifies'] },
  },
  'hash-garbled': {
    description: 'A hash that was cut off, overwritten or written by a tool nobody remembers.',
    per20k: 30,
    atLeast: 5,
    expect: { bulk: ['hash-unrecognised'], lazyGetUser: [], lazyLogin: ['password-never-verifies'] },
  },
  'hash-plain-text': {
    description: 'The password itself in the hash column, left by a support tool.',
    per20k: 25,
    atLeast: 4,
    knownPassword: true,
    expect: { bulk: ['hash-plain-text'], lazyGetUser: [], lazyLogin: [] },
  },
  'username-like-email': {
    description: 'A login name that is an e-mail address, other than the one in the e-mail column.',
    per20k: 40,
    atLeast: 4,
    expect: everywhere('username-is-email'),
  },
  'username-too-long': {
    description: 'A login name longer than the 15 characters that the connection allows.',
    per20k: 40,
    atLeast: 4,
    expect: everywhere('username-too-long'),
  },
  'username-bad-characters': {
    description: 'A login name with a space, an accent or a character that usernames may not have.',
    per20k: 40,
    atLeast: 5,
    expect: everywhere('username-bad-characters'),
  },
  'metadata-too-large': {
    description: 'Preferences of more than 10 KB, filled up by a shopping-list feature.',
    per20k: 12,
    atLeast: 3,
    atMost: 200,
    expect: everywhere('metadata-too-large'),
  },
  'app-metadata-forbidden-key': {
    description:
      'A key in profile_json that app_metadata may not have, such as identities or last_ip of old exports.',
    per20k: 30,
    atLeast: 6,
    expect: everywhere('app-metadata-forbidden-key'),
  },
  'metadata-key-characters': {
    description: 'A key with a dot or a dollar sign in the metadata.',
    per20k: 30,
    atLeast: 4,
    expect: everywhere('metadata-key-characters'),
  },
  'name-too-long': {
    description:
      'First, last and display names longer than the store takes: a whole address pasted into them.',
    per20k: 15,
    atLeast: 3,
    expect: everywhere('name-too-long'),
  },
  'phone-not-e164': {
    description: 'A telephone number as people write it: national, with spaces, with 00, with letters.',
    per20k: 60,
    atLeast: 6,
    expect: everywhere('phone-not-e164'),
  },
  'user-id-unstable': {
    description: 'No legacy_uuid: both scripts make up a new user_id at every call.',
    per20k: 30,
    atLeast: 4,
    knownPassword: true,
    expect: scriptsOnly('user-id-unstable'),
  },
  blocked: {
    description: 'Locked in the legacy application: imported as blocked; login refuses, get_user answers.',
    per20k: 150,
    atLeast: 5,
    knownPassword: true,
    expect: { bulk: ['blocked'], lazyGetUser: ['blocked'], lazyLogin: ['login-refused'] },
  },
  'profiles-differ': {
    description:
      'A display name other than first and last name: login returns the display name, get_user puts one together.',
    per20k: 40,
    atLeast: 4,
    knownPassword: true,
    expect: {
      bulk: [],
      lazyGetUser: ['get-user-differs-from-row'],
      lazyLogin: ['login-differs-from-get-user'],
    },
  },
  'script-throws': {
    description: 'No preferences: the scripts read a property of null and throw out of a callback.',
    per20k: 5,
    atLeast: 3,
    atMost: 5,
    knownPassword: true,
    expect: scriptsOnly('script-threw'),
  },
  'script-never-calls-back': {
    description: 'Status "review": a branch of both scripts that returns without calling back.',
    per20k: 4,
    atLeast: 3,
    atMost: 4,
    knownPassword: true,
    expect: scriptsOnly('script-never-called-back'),
  },
  'profile-json-broken': {
    description: 'profile_json was cut off at the end of an old VARCHAR: JSON.parse throws in both scripts.',
    per20k: 3,
    atLeast: 2,
    atMost: 3,
    knownPassword: true,
    expect: { bulk: ['metadata-not-json'], lazyGetUser: ['script-threw'], lazyLogin: ['script-threw'] },
  },
  'name-emoji': {
    description: 'Emoji and other characters outside the basic plane in names. Sound.',
    per20k: 20,
    atLeast: 3,
    expect: everywhere(),
  },
  'name-right-to-left': {
    description: 'Arabic and Hebrew names. Sound.',
    per20k: 20,
    atLeast: 3,
    expect: everywhere(),
  },
  'account-on-hold': {
    description:
      'A hold in profile_json. Sound for scripts and import; the Action deny-accounts-on-hold denies it.',
    per20k: 80,
    atLeast: 4,
    late: true,
    expect: { ...everywhere(), pipeline: ['pipeline-denies'] },
  },
  'partner-address-capitals': {
    description:
      'A partner whose domain is written with capitals. Sound; the store keeps addresses in lower case, so the Action add-shop-claims no longer knows the partner.',
    per20k: 40,
    atLeast: 4,
    late: true,
    expect: { ...everywhere(), pipeline: ['claim-lost'] },
  },
} as const satisfies Readonly<Record<string, PlantedFault>>;

export type FaultName = keyof typeof PLANTED_FAULTS;
export const FAULT_NAMES = Object.keys(PLANTED_FAULTS) as FaultName[];

export function plantedFault(name: FaultName): PlantedFault {
  return PLANTED_FAULTS[name];
}
