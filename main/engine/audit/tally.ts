import type { AuditResult, AuditSample } from '#contract/audit.ts';
import { AUDIT_ATTRIBUTES } from '#domain/audit/audit-user.ts';
import { type AuditedPerson, PERSON_STATES, TENANT_ONLY } from '#domain/audit/person.ts';
import { CATALOG } from '#domain/diagnostics/catalog.ts';
import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

const SAMPLES = 5;
const SEVERITIES = ['error', 'warning', 'note'];

interface Group {
  users: number;
  readonly samples: AuditSample[];
}

/** Counts people as they come; what it holds does not grow with them. */
export class AuditTally {
  readonly #personalData: boolean;
  readonly #states = new Map<string, Group & Pick<AuditedPerson, 'state' | 'why'>>();
  readonly #signs = new Map<string, { users: number; first: string | null; last: string | null }>();
  readonly #months = new Map<string, number>();
  readonly #findings = new Map<string, Group>();
  readonly #drift = new Map<string, Group>();
  drifting = 0;
  selected = 0;
  /** Tenant users that belong to a legacy user. */
  matched = 0;

  constructor(personalData: boolean) {
    this.#personalData = personalData;
  }

  /** `selected`: whether the person may stand as a sample. */
  add(person: AuditedPerson, selected: boolean): void {
    if (selected) this.selected += 1;
    const { state, why, sign } = person;
    const id = why ?? state;
    let group = this.#states.get(id);
    if (group === undefined) this.#states.set(id, (group = { state, why, users: 0, samples: [] }));
    this.#count(group, person, selected);
    if (!TENANT_ONLY.has(state)) this.matched += person.tenantIds.length;
    if (sign !== null) this.#migrated(sign, person.migratedAt);
    if (person.findings.length > 0) {
      for (const { code } of person.findings) this.#count(groupIn(this.#findings, code), person, selected);
    }
    if (person.drift.length === 0) return;
    this.drifting += 1;
    for (const name of person.drift) this.#count(groupIn(this.#drift, name), person, selected);
  }

  #count(group: Group, person: AuditedPerson, selected: boolean): void {
    group.users += 1;
    if (selected && group.samples.length < SAMPLES) group.samples.push(this.sample(person));
  }

  sample({ key, legacyId, tenantIds, email }: AuditedPerson): AuditSample {
    return { key, legacyId, tenantId: tenantIds[0] ?? null, email: this.#personalData ? email : null };
  }

  #migrated(sign: string, at: string | null): void {
    let group = this.#signs.get(sign);
    if (group === undefined) this.#signs.set(sign, (group = { users: 0, first: null, last: null }));
    group.users += 1;
    const month = at?.slice(0, 7) ?? 'unknown';
    this.#months.set(month, (this.#months.get(month) ?? 0) + 1);
    if (at === null) return;
    if (group.first === null || at < group.first) group.first = at;
    if (group.last === null || at > group.last) group.last = at;
  }

  usersIn(state: AuditedPerson['state']): number {
    return [...this.#states.values()].reduce((sum, one) => sum + (one.state === state ? one.users : 0), 0);
  }

  states(): AuditResult['states'] {
    return [...this.#states.values()]
      .map(({ state, why, users, samples }) => {
        const entry = why === null ? null : entryOf(why);
        return {
          state,
          code: why,
          title: entry?.title ?? 'migrated',
          severity: entry?.severity ?? null,
          fix: entry?.fix ?? null,
          users,
          samples,
        };
      })
      .sort((a, b) => order(a) - order(b) || b.users - a.users);
  }

  signs(): AuditResult['signs'] {
    return [...this.#signs]
      .map(([sign, group]) => ({ sign: sign as AuditResult['signs'][number]['sign'], ...group }))
      .sort((a, b) => b.users - a.users);
  }

  months(): AuditResult['months'] {
    return [...this.#months]
      .map(([month, users]) => ({ month, users }))
      .sort((a, b) => (a.month < b.month ? -1 : 1));
  }

  findings(): AuditResult['findings'] {
    return [...this.#findings]
      .map(([code, { users, samples }]) => {
        const { severity, title, fix } = entryOf(code);
        return { code, severity, title, fix, users, samples };
      })
      .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || b.users - a.users);
  }

  drift(): AuditResult['drift'] {
    return AUDIT_ATTRIBUTES.flatMap((attribute) => {
      const group = this.#drift.get(attribute);
      return group === undefined ? [] : [{ attribute, users: group.users, samples: group.samples }];
    }).sort((a, b) => b.users - a.users);
  }
}

function groupIn(groups: Map<string, Group>, name: string): Group {
  let group = groups.get(name);
  if (group === undefined) groups.set(name, (group = { users: 0, samples: [] }));
  return group;
}

function order({ state }: { readonly state: AuditedPerson['state'] }): number {
  return PERSON_STATES.indexOf(state);
}

function entryOf(code: string): CatalogEntry {
  return (CATALOG as Readonly<Record<string, CatalogEntry>>)[code]!;
}
