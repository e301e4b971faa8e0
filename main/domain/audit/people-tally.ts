import type { AuditAttribute } from '#domain/audit/audit-user.ts';
import {
  type AuditedPerson,
  type MigrationSign,
  type PersonState,
  TENANT_ONLY,
} from '#domain/audit/person.ts';
import type { DiagnosticCode } from '#domain/diagnostics/catalog.ts';

/** People of a group that are named. */
export const SAMPLES = 5;

export type PersonSample = Pick<AuditedPerson, 'key' | 'legacyId' | 'tenantIds' | 'email'>;

interface Counted {
  users: number;
  /** Number of the count that made the group. */
  readonly at: number;
}

export interface PeopleGroup extends Counted {
  readonly samples: { readonly at: number; readonly person: PersonSample }[];
}

export interface StateGroup extends PeopleGroup {
  readonly state: PersonState;
  readonly why: DiagnosticCode | null;
}

export interface SignGroup extends Counted {
  /** When the first and the last of them migrated; ISO 8601 UTC. */
  first: string | null;
  last: string | null;
}

/**
 * How many people there are of each kind; it does not grow with them. Plain data: it passes between threads, and
 * tallies of several threads can be put together.
 */
export interface PeopleTally {
  /** By code, or state where there is none. */
  readonly states: Map<string, StateGroup>;
  readonly signs: Map<MigrationSign, SignGroup>;
  readonly months: Map<string, number>;
  readonly findings: Map<DiagnosticCode, PeopleGroup>;
  readonly drift: Map<AuditAttribute, PeopleGroup>;
  drifting: number;
  selected: number;
  /** Tenant users that belong to a legacy user. */
  matched: number;
  /** Number of the next count: groups and samples stand in this order, whoever counted them. */
  next: number;
}

export function emptyTally(): PeopleTally {
  return {
    states: new Map(),
    signs: new Map(),
    months: new Map(),
    findings: new Map(),
    drift: new Map(),
    drifting: 0,
    selected: 0,
    matched: 0,
    next: 0,
  };
}

/** Counts of one part of all people stay below this. */
const PER_PART = 2 ** 32;

/** Whoever is counted from here on belongs to this part; parts are numbered in the order of the whole. */
export function startPart(tally: PeopleTally, part: number): void {
  tally.next = part * PER_PART;
}

/** `selected`: whether the person may stand as a sample. */
export function countPerson(tally: PeopleTally, person: AuditedPerson, selected: boolean): void {
  if (selected) tally.selected += 1;
  const { state, why, sign, findings, drift } = person;
  const id = why ?? state;
  let group = tally.states.get(id);
  if (group === undefined) tally.states.set(id, (group = { ...newGroup(tally), state, why }));
  count(tally, group, person, selected);
  if (!TENANT_ONLY.has(state)) tally.matched += person.tenantIds.length;
  if (sign !== null) countMigrated(tally, sign, person.migratedAt);
  for (const { code } of findings) count(tally, groupIn(tally, tally.findings, code), person, selected);
  if (drift.length === 0) return;
  tally.drifting += 1;
  for (const name of drift) count(tally, groupIn(tally, tally.drift, name), person, selected);
}

function count(tally: PeopleTally, group: PeopleGroup, person: AuditedPerson, selected: boolean): void {
  group.users += 1;
  if (!selected || group.samples.length >= SAMPLES) return;
  const { key, legacyId, tenantIds, email } = person;
  group.samples.push({ at: tally.next++, person: { key, legacyId, tenantIds, email } });
}

function countMigrated(tally: PeopleTally, sign: MigrationSign, at: string | null): void {
  let group = tally.signs.get(sign);
  if (group === undefined) {
    tally.signs.set(sign, (group = { users: 0, at: tally.next++, first: null, last: null }));
  }
  group.users += 1;
  const month = at?.slice(0, 7) ?? 'unknown';
  tally.months.set(month, (tally.months.get(month) ?? 0) + 1);
  if (at === null) return;
  if (group.first === null || at < group.first) group.first = at;
  if (group.last === null || at > group.last) group.last = at;
}

function newGroup(tally: PeopleTally): PeopleGroup {
  return { users: 0, at: tally.next++, samples: [] };
}

function groupIn<Name>(tally: PeopleTally, groups: Map<Name, PeopleGroup>, name: Name): PeopleGroup {
  let group = groups.get(name);
  if (group === undefined) groups.set(name, (group = newGroup(tally)));
  return group;
}

/** The tally of all people out of those of the parts, as if one had counted them in the order of the parts. */
export function mergedTally(tallies: readonly PeopleTally[]): PeopleTally {
  const sum = (of: (tally: PeopleTally) => number) => tallies.reduce((all, tally) => all + of(tally), 0);
  const months = new Map<string, number>();
  for (const tally of tallies) {
    for (const [month, users] of tally.months) months.set(month, (months.get(month) ?? 0) + users);
  }
  return {
    states: mergedGroups(tallies.map(({ states }) => states)),
    signs: mergedSigns(tallies.map(({ signs }) => signs)),
    months,
    findings: mergedGroups(tallies.map(({ findings }) => findings)),
    drift: mergedGroups(tallies.map(({ drift }) => drift)),
    drifting: sum(({ drifting }) => drifting),
    selected: sum(({ selected }) => selected),
    matched: sum(({ matched }) => matched),
    next: Math.max(...tallies.map(({ next }) => next)),
  };
}

function mergedGroups<Name, Group extends PeopleGroup>(
  all: readonly ReadonlyMap<Name, Group>[],
): Map<Name, Group> {
  return merged(all, (a, b) => ({
    ...a,
    users: a.users + b.users,
    at: Math.min(a.at, b.at),
    samples: [...a.samples, ...b.samples].sort((x, y) => x.at - y.at).slice(0, SAMPLES),
  }));
}

function mergedSigns(all: readonly ReadonlyMap<MigrationSign, SignGroup>[]): Map<MigrationSign, SignGroup> {
  const pick = (a: string | null, b: string | null, sooner: boolean) =>
    a === null || b === null ? (a ?? b) : a < b === sooner ? a : b;
  return merged(all, (a, b) => ({
    users: a.users + b.users,
    at: Math.min(a.at, b.at),
    first: pick(a.first, b.first, true),
    last: pick(a.last, b.last, false),
  }));
}

/** In the order in which the groups came up. */
function merged<Name, Group extends Counted>(
  all: readonly ReadonlyMap<Name, Group>[],
  both: (a: Group, b: Group) => Group,
): Map<Name, Group> {
  const groups = new Map<Name, Group>();
  for (const one of all) {
    for (const [name, group] of one) {
      const known = groups.get(name);
      groups.set(name, known === undefined ? group : both(known, group));
    }
  }
  return new Map([...groups].sort(([, a], [, b]) => a.at - b.at));
}
