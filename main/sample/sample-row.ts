/** What a sample is made from. The same three values give the same bytes on every platform. */
export interface SampleOptions {
  readonly seed: number;
  /** Number of rows, at least `MIN_SAMPLE_USERS`. */
  readonly users: number;
  /** Milliseconds since the epoch, UTC: the day on which the table was "copied". */
  readonly now: number;
}

export const MIN_SAMPLE_USERS = 300;
export const SAMPLE_TABLE = 'app_users';

/** One row of the sample's legacy table. Dates are ISO 8601 UTC with whole seconds. */
export interface SampleRow {
  readonly id: number;
  readonly legacy_uuid: string | null;
  readonly email: string | null;
  readonly email_confirmed: 0 | 1 | null;
  readonly login_name: string;
  readonly pw_hash: string | null;
  readonly pw_salt: string | null;
  readonly pw_scheme: string | null;
  readonly first_name: string;
  readonly last_name: string;
  readonly display_name: string;
  readonly phone: string | null;
  readonly avatar: string | null;
  readonly status: string;
  readonly is_locked: 0 | 1;
  readonly created_at: string;
  readonly last_login_at: string | null;
  readonly profile_json: string;
  readonly preferences: string | null;
}

/** Columns in table order. */
export const SAMPLE_COLUMNS = [
  'id',
  'legacy_uuid',
  'email',
  'email_confirmed',
  'login_name',
  'pw_hash',
  'pw_salt',
  'pw_scheme',
  'first_name',
  'last_name',
  'display_name',
  'phone',
  'avatar',
  'status',
  'is_locked',
  'created_at',
  'last_login_at',
  'profile_json',
  'preferences',
] as const satisfies readonly (keyof SampleRow)[];

/** A generated user: the row, and the password where it is known. */
export interface SampleUser {
  readonly row: SampleRow;
  /** Null where the stored digest is random and nobody knows a password. */
  readonly password: string | null;
}
