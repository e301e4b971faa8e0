import type { Assumptions } from '#domain/assumptions.ts';
import type { NormalizedProfile } from '#domain/profile/normalized-profile.ts';

/**
 * The profile as the user store keeps it: with import on, e-mail and username in lower case; name and nickname
 * generated where there are none. The generated picture depends on the tenant and is left out.
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
  return { ...profile, email, username, nickname, name };
}

function defaultNickname(email: string | null, username: string | null): string | null {
  if (email === null) return username;
  const at = email.lastIndexOf('@');
  return at < 0 ? email : email.slice(0, at);
}

function lowerCase(text: string | null): string | null {
  return text === null ? null : text.toLowerCase();
}
