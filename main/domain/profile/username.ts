import { emailProblem } from '#domain/profile/email.ts';

export type UsernameProblem = 'characters' | 'too-short' | 'too-long' | 'is-email';

export interface UsernameLength {
  readonly min: number;
  readonly max: number;
}

const ALLOWED = /^[a-z\d@^$.!`\-#+'~_]+$/i;

/**
 * What the username rules of a connection say: ASCII letters and digits and `@ ^ $ . ! - # + ' ~ _` and the grave
 * accent, within the connection's lengths, and not an e-mail address.
 */
export function usernameProblem(username: string, length: UsernameLength): UsernameProblem | null {
  if (username.length < length.min) return 'too-short';
  if (username.length > length.max) return 'too-long';
  if (username.includes('@') && emailProblem(username) === null) return 'is-email';
  return ALLOWED.test(username) ? null : 'characters';
}
