import type { Cohorts } from '#domain/migration/outcome.ts';
import type { LegacyUser } from '#domain/profile/legacy-user.ts';

const DAY_MS = 86_400_000;
/** Upper ends of the ages that coverage is split by, days. */
const AGES = [
  [30, 'under-30-days'],
  [90, '30-90-days'],
  [365, '90-365-days'],
] as const;

/** Labels of one user for coverage. `nowMs` is the trial's start, so that a resumed trial labels alike. */
export function cohortsOf(user: LegacyUser | null, hashFormat: string, nowMs: number): Cohorts {
  return {
    hashFormat,
    lastLogin: user === null ? 'unknown' : lastLoginLabel(user.lastLogin, nowMs),
    emailDomain: domainLabel(user?.email ?? null),
  };
}

/** Whole days since the last login; null where the row has none. */
export function daysSinceLogin(lastLogin: string | null, nowMs: number): number | null {
  if (lastLogin === null) return null;
  const at = Date.parse(lastLogin);
  return Number.isNaN(at) ? null : Math.max(0, Math.floor((nowMs - at) / DAY_MS));
}

function lastLoginLabel(lastLogin: string | null, nowMs: number): string {
  const days = daysSinceLogin(lastLogin, nowMs);
  if (days === null) return 'never';
  return AGES.find(([limit]) => days < limit)?.[1] ?? 'over-1-year';
}

function domainLabel(email: string | null): string {
  if (email === null) return '(no e-mail)';
  const at = email.lastIndexOf('@');
  const domain = email
    .slice(at + 1)
    .toLowerCase()
    .trim();
  return at < 0 || domain === '' ? '(not an e-mail)' : domain;
}
