import type { LegacyUser } from '#domain/profile/legacy-user.ts';
import { textHash } from '#domain/text-hash.ts';

/**
 * Digest of what was read of a legacy row, 32 bits: enough to tell that it changed since. Without the password:
 * whoever has the digest could try guesses at it.
 */
export function rowMark(user: LegacyUser): number {
  const text = JSON.stringify([
    user.id,
    user.email,
    user.emailVerified,
    user.username,
    user.name,
    user.givenName,
    user.familyName,
    user.nickname,
    user.picture,
    user.phoneNumber,
    user.phoneVerified,
    user.createdAt,
    user.blocked,
    user.userMetadata,
    user.appMetadata,
  ]);
  return textHash(text) >>> 0;
}
