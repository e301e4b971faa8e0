import { compare } from '@node-rs/bcrypt';
import { rateOf } from './timing.ts';

/** Checks a second by the library alone on all cores. */
export function bareBcryptRate(
  inFlight: number,
  seconds: number,
  password: string,
  stored: string,
): Promise<number> {
  return rateOf(inFlight, seconds, async () => {
    if (!(await compare(password, stored))) throw new Error('a right password was refused');
  });
}
