/** Which password is typed: the person's own, one that is wrong, a new one, or one set in the legacy store only. */
export type PasswordRole = 'own' | 'wrong' | 'new' | 'changed-in-legacy';

/** One thing a person, an administrator or the tenant does. */
export type Act =
  | {
      readonly act: 'login';
      readonly password: PasswordRole;
      /** Overrules the connection's import mode. */
      readonly importMode?: boolean;
      /** The tenant stops between the two steps of a creation. */
      readonly interrupted?: boolean;
      /** Types the address of a change of address. */
      readonly newAddress?: boolean;
    }
  | { readonly act: 'sign-up' }
  | { readonly act: 'request-reset' }
  /** Follows the link of a reset mail, if the act before sent one. */
  | { readonly act: 'confirm-reset' }
  | { readonly act: 'change-password' }
  | { readonly act: 'verify-email' }
  | { readonly act: 'change-email' }
  | { readonly act: 'delete' }
  | { readonly act: 'bulk-import' }
  | { readonly act: 'legacy-password-changes' };

export type ActName = Act['act'];

export interface Story {
  readonly title: string;
  /** What the acts are meant to show. */
  readonly meaning: string;
  readonly acts: readonly Act[];
  /** The first act needs a user of the store; a login comes before it where there is none. */
  readonly needsAccount?: true;
}

const OWN = { act: 'login', password: 'own' } as const;
const WRONG = { act: 'login', password: 'wrong' } as const;

/** Single tenant flows. */
export const FLOWS = {
  login: { title: 'log in', meaning: 'One login with the right password.', acts: [OWN] },
  'login-wrong-password': {
    title: 'log in with a wrong password',
    meaning: 'One login with a password that is nobody’s.',
    acts: [WRONG],
  },
  'sign-up': {
    title: 'sign up',
    meaning: 'A person makes an account of their own, which must not take a legacy user’s place.',
    acts: [{ act: 'sign-up' }],
  },
  'request-reset': {
    title: 'ask for a password reset',
    meaning: 'Whether a mail goes out.',
    acts: [{ act: 'request-reset' }],
  },
  reset: {
    title: 'reset the password',
    meaning: 'The mail is asked for and its link followed, and the new password is tried.',
    acts: [{ act: 'request-reset' }, { act: 'confirm-reset' }, { act: 'login', password: 'new' }],
  },
  'change-password': {
    title: 'have the password changed',
    meaning: 'An administrator sets a new password, and it is tried.',
    acts: [{ act: 'change-password' }, { act: 'login', password: 'new' }],
    needsAccount: true,
  },
  'verify-email': {
    title: 'verify the e-mail address',
    meaning: 'The link of a verification mail is followed.',
    acts: [{ act: 'verify-email' }],
    needsAccount: true,
  },
  'change-email': {
    title: 'have the e-mail address changed',
    meaning: 'A new address is set, and both the new and the old one are tried.',
    acts: [{ act: 'change-email' }, { ...OWN, newAddress: true }, OWN],
    needsAccount: true,
  },
  delete: {
    title: 'be deleted',
    meaning: 'An administrator deletes the user.',
    acts: [{ act: 'delete' }],
    needsAccount: true,
  },
  'bulk-import': {
    title: 'be imported',
    meaning: 'The legacy row becomes a record of an import job.',
    acts: [{ act: 'bulk-import' }],
  },
} as const satisfies Record<string, Story>;

/** Sequences that migrations stumble over. */
export const STORIES = {
  'reset-before-first-login': {
    title: 'reset before the first login',
    meaning:
      'A legacy user resets the password before ever logging in; the old one is tried, then the new one.',
    acts: [
      { act: 'request-reset' },
      { act: 'confirm-reset' },
      OWN,
      { act: 'login', password: 'new' },
      { act: 'login', password: 'new' },
    ],
  },
  'delete-and-return': {
    title: 'deleted, and back again',
    meaning: 'A migrated user is deleted and logs in once more: the legacy row is still there.',
    acts: [OWN, { act: 'delete' }, OWN],
  },
  'interrupted-creation': {
    title: 'creation stops half way',
    meaning:
      'The tenant stops between the two steps of a creation; the user tries again and asks for a reset.',
    acts: [{ ...OWN, interrupted: true }, OWN, { act: 'request-reset' }],
  },
  'import-switched-on-late': {
    title: 'import switched on late',
    meaning: 'A user logs in while import is off, then twice after it was switched on.',
    acts: [
      { ...OWN, importMode: false },
      { ...OWN, importMode: true },
      { ...OWN, importMode: true },
    ],
  },
  'import-switched-off-again': {
    title: 'import switched off again',
    meaning: 'A migrated user logs in after import was switched off: only the scripts count again.',
    acts: [
      { ...OWN, importMode: true },
      { ...OWN, importMode: false },
    ],
  },
  'bulk-then-lazy': {
    title: 'imported, then logs in',
    meaning: 'The user is imported in bulk; the first logins prove or disprove the imported hash.',
    acts: [{ act: 'bulk-import' }, WRONG, OWN, OWN],
  },
  'lazy-then-bulk': {
    title: 'logs in, then is imported',
    meaning: 'The user migrates at a login and is in an import file all the same.',
    acts: [OWN, { act: 'bulk-import' }, OWN],
  },
  'shadow-then-bulk': {
    title: 'logs in with import off, then is imported',
    meaning: 'A profile without a password is in the way of the import.',
    acts: [{ ...OWN, importMode: false }, { act: 'bulk-import' }, { ...OWN, importMode: true }],
  },
  'legacy-password-changed': {
    title: 'legacy password changed after the migration',
    meaning: 'A migrated user changes the password in the legacy application and types the new one.',
    acts: [OWN, { act: 'legacy-password-changes' }, { act: 'login', password: 'changed-in-legacy' }, OWN],
  },
  'brute-force': {
    title: 'eleven wrong passwords',
    meaning: 'Ten failures in a row block the user, and then even the right password is refused.',
    acts: [...Array.from({ length: 11 }, () => WRONG), OWN],
  },
  'sign-up-of-a-legacy-user': {
    title: 'a legacy user signs up',
    meaning: 'Somebody who has an account signs up again, then logs in with the old password.',
    acts: [{ act: 'sign-up' }, OWN],
  },
} as const satisfies Record<string, Story>;

export const FLOW_NAMES = Object.keys(FLOWS) as (keyof typeof FLOWS)[];
export const STORY_NAMES = Object.keys(STORIES) as (keyof typeof STORIES)[];
export type StoryName = keyof typeof FLOWS | keyof typeof STORIES;

export function storyOf(name: StoryName): Story {
  return { ...FLOWS, ...STORIES }[name];
}
