import { wordedValues } from '#contract/cohort-words.ts';
import type { TrialRecord, TrialStatus } from '#contract/trial-record.ts';

type Options = TrialRecord['options'];

export const KINDS = {
  lazy: {
    title: 'Lazy',
    what: 'Runs get_user and login as a tenant would at somebody’s first login, for every user.',
  },
  bulk: {
    title: 'Bulk',
    what: 'Writes the import files and runs them as jobs against a local stand-in of the user store.',
  },
  mixed: {
    title: 'Mixed',
    what: 'Both in a given order on one user store, so that clashes between the two show.',
  },
} as const satisfies Record<Options['kind'], object>;

export const DEPTHS = {
  profiles: {
    title: 'Profiles',
    proves: 'get_user answers for every user, with the profile that the mapping expects.',
    leaves: 'Nothing about passwords: login does not run.',
  },
  formats: {
    title: 'Formats',
    proves: 'As profiles; and every stored hash is recognised, with what the target will do with it.',
    leaves: 'login does not run.',
  },
  assumed: {
    title: 'Assumed',
    proves:
      'login runs for every user; comparisons of passwords are answered by the rehearsal, right and wrong.',
    leaves: 'That a stored hash fits somebody’s password is assumed, never proven.',
  },
  proven: {
    title: 'Proven',
    proves:
      'login runs with known passwords and true checks; everybody else is looked at without a password.',
    leaves: 'Only accounts of the credentials file are checked truly. Slow where hashes are.',
  },
} as const satisfies Record<Options['depth'], object>;

export const PHASES = { lazy: 'Lazy migration', bulk: 'Bulk import' } as const;

export const STATUSES = {
  running: 'running',
  paused: 'paused',
  cancelled: 'cancelled',
  interrupted: 'interrupted',
  finished: 'finished',
} as const satisfies Record<TrialStatus, string>;

/** `Mixed, lazy first`. */
export function kindOf({ kind, order }: Pick<Options, 'kind' | 'order'>): string {
  if (kind !== 'mixed') return KINDS[kind].title;
  return order === 'lazy-first' ? 'Mixed, lazy first' : 'Mixed, bulk first';
}

/** Who takes part: `everybody`, `the first 500`, `where plan = 'gold'`, `12 chosen users`. */
export function whoOf({ limit, where, only }: Options['filter']): string {
  const parts = [
    only === undefined ? null : `${only.length} chosen ${only.length === 1 ? 'user' : 'users'}`,
    limit === undefined ? null : `the first ${limit.toLocaleString('en')}`,
    where === undefined ? null : `where ${where}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'everybody' : parts.join(', ');
}

/** Ages of logins from young to old; everything else as it comes, which is by size. */
export function inOrder<Row extends { readonly id: string }>(
  by: string,
  rows: readonly Row[],
): readonly Row[] {
  if (by !== 'lastLogin') return rows;
  const known = wordedValues(by);
  const place = ({ id }: Row): number => (known.includes(id) ? known.indexOf(id) : known.length);
  return rows.toSorted((a, b) => place(a) - place(b));
}

const ATTRIBUTES: Readonly<Record<string, string>> = {
  state: 'State after the trial',
  hashFormat: 'Password hash',
  lastLogin: 'Last login',
  emailDomain: 'E-mail domain',
  createdAt: 'Year of sign-up',
  emailVerified: 'E-mail verified',
  phoneVerified: 'Phone verified',
  blocked: 'Blocked',
  username: 'Username',
  name: 'Name',
  givenName: 'Given name',
  familyName: 'Family name',
  nickname: 'Nickname',
  picture: 'Picture',
  phoneNumber: 'Phone number',
  passwordSalt: 'Password salt',
  passwordScheme: 'Password scheme',
};

/** An attribute that coverage is split by. Metadata keep the names that they have in the data. */
export function attributeTitle(name: string): string {
  return (
    ATTRIBUTES[name] ??
    name.replace(/^(userMetadata|appMetadata)\./, (_, root: string) =>
      root === 'userMetadata' ? 'User metadata: ' : 'App metadata: ',
    )
  );
}

/** `legacy key` as text: parts joined. */
export function keyText(key: readonly (string | number)[]): string {
  return key.map(String).join(', ');
}

/** The key as the engine takes it for one person: `key:4711`, `key:["a",1]`. */
export function keyWord(key: readonly (string | number)[]): string {
  return `key:${key.length === 1 ? String(key[0]) : JSON.stringify(key)}`;
}
