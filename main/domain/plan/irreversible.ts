import type { Source } from '#domain/plan/source.ts';

export interface PointOfNoReturn {
  readonly when: string;
  readonly date: string | null;
  readonly title: string;
  readonly why: string;
  readonly undo: string;
  readonly users: { readonly value: number; readonly from: readonly Source[] } | null;
  readonly from: readonly Source[];
}

export interface ReturnFacts {
  readonly start: string;
  readonly importStart: string;
  readonly cutover: string;
  readonly scriptContext: boolean;
  /** Records that carry no password, and those that do. */
  readonly withoutPassword: NonNullable<PointOfNoReturn['users']>;
  readonly withPassword: NonNullable<PointOfNoReturn['users']>;
  readonly leftBehind: NonNullable<PointOfNoReturn['users']>;
}

const documented = (what: string): readonly Source[] => [{ kind: 'documented', what }];

/** What cannot be taken back, in the order in which it comes. */
export function pointsOfNoReturn(facts: ReturnFacts): readonly PointOfNoReturn[] {
  return [...beforeStart(facts), ...whileLazy(facts), ...withImport(facts), ...atCutover(facts)];
}

function beforeStart({ start, scriptContext }: ReturnFacts): PointOfNoReturn[] {
  return [
    ...(scriptContext
      ? [
          {
            when: 'when the connection is deployed',
            date: null,
            title: 'the script context is on',
            why: 'enable_script_context puts "context" before the callback of every script, and cannot be switched off again.',
            undo: 'A new connection without it; its users have to be migrated anew.',
            users: null,
            from: documented('connection options'),
          },
        ]
      : []),
    {
      when: 'from the start of the lazy phase on',
      date: start,
      title: '"Import Users to Auth0" may never be switched off again',
      why: 'With import off only the scripts decide about a login. What the user store holds is not looked at: passwords changed since the migration do not work, and once the scripts are no-ops nobody gets in.',
      undo: 'Switch it on again. Logins in between leave profiles without a password, which collide with later imports.',
      users: null,
      from: documented('automatic migration'),
    },
  ];
}

function whileLazy({ start }: ReturnFacts): PointOfNoReturn[] {
  return [
    {
      when: 'with each successful login',
      date: start,
      title: 'the user store owns the password',
      why: 'The typed password is stored anew, and the scripts are never asked for that person again. Changes that the old application makes to the legacy row afterwards are not seen.',
      undo: 'Deleting the user in the tenant lets the next login migrate the legacy password again; what changed in the tenant is lost.',
      users: null,
      from: documented('automatic migration'),
    },
    {
      when: 'while the scripts are live',
      date: null,
      title: 'deleted users come back',
      why: 'A user deleted in the tenant and still in the legacy store is migrated again at the next login.',
      undo: 'Mark or delete the legacy row before the deletion, and let login and get_user respect the mark.',
      users: null,
      from: documented('managing external user store data'),
    },
  ];
}

function withImport(facts: ReturnFacts): PointOfNoReturn[] {
  const { importStart, withPassword, withoutPassword } = facts;
  return [
    {
      when: 'with the first import of a record',
      date: importStart,
      title: 'the first import decides about the password hash',
      why: 'A user imported without a hash cannot be given one later, and an upsert replaces a custom hash only until its user has logged in once.',
      undo: 'Delete the user and import again; ids given elsewhere and what the user did since are lost.',
      users: withPassword,
      from: documented('bulk user imports'),
    },
    {
      when: 'with the import of a record without a hash',
      date: importStart,
      title: 'the lazy way is closed for this user',
      why: 'The account is in the user store then, so that the login script is not called any more: the old password is worth nothing, and only a reset lets the person in.',
      undo: 'Delete the user before it is used; the next login migrates it lazily while the scripts are live.',
      users: withoutPassword,
      from: documented('bulk user imports'),
    },
    {
      when: 'with each import job',
      date: importStart,
      title: 'mails and events go out',
      why: 'send_completion_email is on unless it is switched off with each job, and event streams deliver a burst of created users.',
      undo: 'None. Switch the mail off and pause consumers beforehand.',
      users: null,
      from: documented('bulk user imports'),
    },
    {
      when: '24 hours after each job',
      date: importStart,
      title: 'status and errors of the job are deleted',
      why: 'After that nothing in the tenant says which records were refused, and why.',
      undo: 'None. Fetch status and errors as soon as a job has ended, and keep them.',
      users: null,
      from: documented('bulk user imports'),
    },
    {
      when: "with an imported user's first login",
      date: importStart,
      title: 'the imported hash is replaced by bcrypt',
      why: 'The user store computes its own hash of the typed password. Hashes are in no user export: leaving the tenant with passwords takes a support request.',
      undo: 'None.',
      users: null,
      from: documented('bulk user imports; user exports'),
    },
  ];
}

function atCutover({ cutover, leftBehind }: ReturnFacts): PointOfNoReturn[] {
  return [
    {
      when: 'at the cutover',
      date: cutover,
      title: 'whoever is not in the user store is turned away',
      why: 'With login and get_user as no-ops the tenant knows nobody else: a login says wrong credentials, a reset mail is not sent, and a sign-up makes a second account.',
      undo: 'Put the old scripts back; possible for as long as the legacy database answers.',
      users: leftBehind,
      from: documented('automatic migration'),
    },
    {
      when: 'when the legacy database is switched off or deleted',
      date: null,
      title: 'nobody can be migrated lazily any more',
      why: 'The old hashes are the only thing that can check the old passwords.',
      undo: 'A backup of the user table with the hashes, kept as long as the law lets you.',
      users: null,
      from: documented('automatic migration'),
    },
  ];
}
