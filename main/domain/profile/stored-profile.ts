import type { Assumptions } from '#domain/assumptions.ts';
import { withoutSecrets } from '#domain/profile/mfa-factors.ts';
import type { NormalizedProfile } from '#domain/profile/normalized-profile.ts';

/**
 * The profile as the user store keeps it: with import on, e-mail and username in lower case; name,
 * nickname and picture are generated where there are none. The picture is the placeholder with two letters that
 * database users get where no avatar is known for the address; a tenant wraps its URL in a lookup by that address.
 * Secrets of factors are masked.
 */
export function storedProfile(
  profile: NormalizedProfile,
  importMode: boolean,
  assumptions: Assumptions,
): NormalizedProfile {
  const email = importMode ? lowerCase(profile.email) : profile.email;
  const username = importMode ? lowerCase(profile.username) : profile.username;
  const nickname = profile.nickname ?? defaultNickname(email, username);
  const name = profile.name ?? (assumptions['default-name'] === 'email' ? (email ?? nickname) : nickname);
  const picture = profile.picture ?? placeholderPicture(email ?? nickname);
  const mfaFactors = profile.mfaFactors === null ? null : withoutSecrets(profile.mfaFactors);
  return { ...profile, email, username, nickname, name, picture, mfaFactors };
}

function defaultNickname(email: string | null, username: string | null): string | null {
  if (email === null) return username;
  const at = email.lastIndexOf('@');
  return at < 0 ? email : email.slice(0, at);
}

function lowerCase(text: string | null): string | null {
  return text === null ? null : text.toLowerCase();
}

function placeholderPicture(source: string | null): string | null {
  const letters =
    source
      ?.replaceAll(/[^a-z]/gi, '')
      .slice(0, 2)
      .toLowerCase() ?? '';
  return letters === '' ? null : `https://cdn.auth0.com/avatars/${letters}.png`;
}
