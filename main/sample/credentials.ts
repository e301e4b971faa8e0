import { stringify } from 'csv-stringify/sync';
import type { SampleUser } from '#sample/sample-row.ts';

/** What a test account types. */
export interface Credential {
  readonly identifier: string;
  readonly password: string;
}

/** Passes the users on and notes the ones with known passwords: at most a few thousand, whatever the size. */
export function* notingCredentials(
  users: Iterable<SampleUser>,
  credentials: Credential[],
): Generator<SampleUser> {
  for (const user of users) {
    if (user.password !== null) credentials.push({ identifier: identifierOf(user), password: user.password });
    yield user;
  }
}

/** Every seventh logs in with the login name, the others with the address. */
function identifierOf({ row }: SampleUser): string {
  return row.email === null || row.id % 7 === 0 ? row.login_name : row.email;
}

export function credentialsCsv(credentials: readonly Credential[]): string {
  return stringify([...credentials], { header: true, columns: ['identifier', 'password'] });
}
