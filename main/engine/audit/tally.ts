import type { AuditResult, AuditSample } from '#contract/audit.ts';
import { AUDIT_ATTRIBUTES } from '#domain/audit/audit-user.ts';
import type { PeopleGroup, PeopleTally, PersonSample } from '#domain/audit/people-tally.ts';
import { type AuditedPerson, PERSON_STATES } from '#domain/audit/person.ts';
import { CATALOG } from '#domain/diagnostics/catalog.ts';
import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

const SEVERITIES = ['error', 'warning', 'note'];

export function usersIn({ states }: PeopleTally, state: AuditedPerson['state']): number {
  return [...states.values()].reduce((sum, one) => sum + (one.state === state ? one.users : 0), 0);
}

export type Told = Pick<AuditResult, 'states' | 'signs' | 'months' | 'findings' | 'drift'>;

/** A tally in the words and the order of a result. `personalData`: whether samples may have addresses. */
export function toldOf(tally: PeopleTally, personalData: boolean): Told {
  const samplesOf = ({ samples }: PeopleGroup) => samples.map(({ person }) => sampleOf(person, personalData));
  return {
    states: [...tally.states.values()]
      .map((group) => {
        const { state, why, users } = group;
        const entry = why === null ? null : entryOf(why);
        return {
          state,
          code: why,
          title: entry?.title ?? 'migrated',
          severity: entry?.severity ?? null,
          fix: entry?.fix ?? null,
          users,
          samples: samplesOf(group),
        };
      })
      .sort((a, b) => order(a) - order(b) || b.users - a.users),
    signs: [...tally.signs]
      .map(([sign, { users, first, last }]) => ({ sign, users, first, last }))
      .sort((a, b) => b.users - a.users),
    months: [...tally.months]
      .map(([month, users]) => ({ month, users }))
      .sort((a, b) => (a.month < b.month ? -1 : 1)),
    findings: [...tally.findings]
      .map(([code, group]) => {
        const { severity, title, fix } = entryOf(code);
        return { code, severity, title, fix, users: group.users, samples: samplesOf(group) };
      })
      .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || b.users - a.users),
    drift: AUDIT_ATTRIBUTES.flatMap((attribute) => {
      const group = tally.drift.get(attribute);
      return group === undefined ? [] : [{ attribute, users: group.users, samples: samplesOf(group) }];
    }).sort((a, b) => b.users - a.users),
  };
}

export function sampleOf(
  { key, legacyId, tenantIds, email }: PersonSample,
  personalData: boolean,
): AuditSample {
  return { key, legacyId, tenantId: tenantIds[0] ?? null, email: personalData ? email : null };
}

function order({ state }: { readonly state: AuditedPerson['state'] }): number {
  return PERSON_STATES.indexOf(state);
}

function entryOf(code: string): CatalogEntry {
  return (CATALOG as Readonly<Record<string, CatalogEntry>>)[code]!;
}
