import type { LegacyUser } from '#domain/profile/legacy-user.ts';
import type { Secret } from '#domain/secret.ts';
import type { LazyContext } from '#engine/trials/phase-context.ts';

export interface LoginIdentity {
  /** What this person types: the name the known password goes with, else the e-mail address, else the username. */
  readonly identifier: string;
  /** Known password at depth `proven`; null where there is none or the depth asks for none. */
  readonly known: Secret | null;
}

/** How a legacy user logs in; null where the row has nothing to type. */
export function loginIdentity(
  context: Pick<LazyContext, 'credentials' | 'options'>,
  user: LegacyUser,
): LoginIdentity | null {
  const names = [user.email, user.username].filter((name) => name !== null);
  if (context.options.depth === 'proven') {
    for (const identifier of names) {
      const known = context.credentials.get(identifier.toLowerCase());
      if (known !== undefined) return { identifier, known };
    }
  }
  const [identifier] = names;
  return identifier === undefined ? null : { identifier, known: null };
}
