import type { AuditedPerson, PersonState } from '#domain/audit/person.ts';
import { emailDomain } from '#domain/profile/email.ts';

/** Which people are asked for. What is null or absent leaves nobody out. */
export interface Selection {
  readonly states?: readonly PersonState[] | undefined;
  /** Of the e-mail address. */
  readonly domain?: string | undefined;
  /** Something happened to them from here on; ISO 8601 UTC. */
  readonly since: string | null;
}

export function isSelected(person: AuditedPerson, { states, domain, since }: Selection): boolean {
  if (states !== undefined && !states.includes(person.state)) return false;
  if (domain !== undefined && emailDomain(person.email) !== domain.toLowerCase()) return false;
  return since === null || (person.seenAt !== null && person.seenAt >= since);
}
