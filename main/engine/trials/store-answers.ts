import type { StoreCheck } from '#domain/migration/login.ts';
import { loginIdentity } from '#engine/trials/login-identifier.ts';
import type { LazyContext } from '#engine/trials/phase-context.ts';
import type { PreparedUser } from '#engine/trials/prepare-user.ts';
import type { StoreAnswer } from '#engine/trials/lazy-decision.ts';

/**
 * True checks of known passwords against imported hashes, made before the batch is decided because they take
 * time. By position; only depth `proven` has any.
 */
export async function answersOfStore(
  context: LazyContext,
  users: readonly PreparedUser[],
): Promise<ReadonlyMap<number, StoreAnswer>> {
  const answers = new Map<number, StoreAnswer>();
  if (context.options.depth !== 'proven') return answers;
  for (const { position, user } of users) {
    const identity = user === null ? null : loginIdentity(context, user);
    if (identity?.known == null) continue;
    const { identifier, known: password } = identity;
    const account = context.replica.byEmail(identifier) ?? context.replica.byUsername(identifier);
    const credential = account?.credential;
    if (account == null || (credential?.kind !== 'imported-bcrypt' && credential?.kind !== 'imported-custom'))
      continue;
    const result =
      credential.kind === 'imported-bcrypt'
        ? await context.ports.passwords.verifyBcrypt(password, credential.hash)
        : await context.ports.passwords.verifyCustomHash(password, credential.hash);
    const check: StoreCheck = result.kind === 'unusable' ? 'unusable' : result.kind;
    answers.set(position, { userId: account.userId, check });
  }
  return answers;
}
