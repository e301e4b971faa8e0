import type { AuditRequest, ListedPerson } from '#contract/audit.ts';
import { AUDIT_ATTRIBUTES, type AuditGroup } from '#domain/audit/audit-user.ts';
import type { AuditedPerson } from '#domain/audit/person.ts';
import type { Selection } from '#domain/audit/selection.ts';

/** Who is asked for. `date`: where changes since one are. */
export function selectionOf(
  { filter, since }: Pick<AuditRequest, 'filter' | 'since'>,
  date: string | null,
): Selection {
  return { ...filter, since: since?.kind === 'date' ? date : null };
}

/** A person as lists have it. */
export function listedPerson(
  person: AuditedPerson,
  group: AuditGroup,
  { personalData, values }: Pick<AuditRequest, 'personalData' | 'values'>,
): ListedPerson {
  const { state, why, key, legacyId, tenantIds, matchedBy, sign, migratedAt, seenAt, findings, drift } =
    person;
  return {
    state,
    code: why,
    key,
    legacyId,
    tenantIds: [...tenantIds],
    matchedBy,
    sign,
    migratedAt,
    seenAt,
    findings: findings.map(({ code }) => code),
    drift: [...drift],
    email: personalData ? person.email : null,
    ...(values ? { values: valuesOf(drift, group) } : {}),
  };
}

function valuesOf(drift: AuditedPerson['drift'], group: AuditGroup): NonNullable<ListedPerson['values']> {
  if (group.legacy === null) return [];
  const { legacy, tenants } = group;
  const user = tenants.find((one) => one.user.account?.state !== 'deleted')?.user;
  return drift.map((attribute) => {
    const index = AUDIT_ATTRIBUTES.indexOf(attribute);
    return { attribute, legacy: legacy.values[index] ?? null, tenant: user?.values[index] ?? null };
  });
}

/** A date as its first moment, UTC; so that moments can be compared as texts. */
export function momentOf(text: string): string {
  return new Date(text).toISOString();
}
