import type { LegacyUser } from '#domain/profile/legacy-user.ts';

/**
 * Digest of what was read of a legacy row, 32 bits: enough to tell that it changed since. Without the password:
 * whoever has the digest could try guesses at it. FNV-1a with a last round of mixing.
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
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
