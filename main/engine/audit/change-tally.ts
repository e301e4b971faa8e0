import type { AuditResult } from '#contract/audit.ts';
import type { AuditedPerson } from '#domain/audit/person.ts';
import { sampleOf } from '#engine/audit/tally.ts';
import type { AuditWork } from '#engine/ports/audit-work.ts';

const SAMPLES = 5;

type Changes = NonNullable<AuditResult['changes']>;
type Group = Changes['groups'][number];

/** What is new since a date, or since an earlier audit. */
export class ChangeTally {
  readonly #kind: 'date' | 'audit';
  readonly #since: string;
  readonly #personalData: boolean;
  readonly #work: AuditWork;
  readonly #groups = new Map<string, Group>();

  constructor(kind: 'date' | 'audit', since: string, personalData: boolean, work: AuditWork) {
    this.#kind = kind;
    this.#since = since;
    this.#personalData = personalData;
    this.#work = work;
  }

  add(person: AuditedPerson): void {
    const mark = markOf(person);
    if (this.#kind === 'audit') {
      const { key, legacyId, tenantIds } = person;
      this.#work.noteNow({ key, legacyId, tenantId: tenantIds[0] ?? null, mark });
    } else if (person.seenAt !== null && person.seenAt >= this.#since) {
      this.#count(null, mark, sampleOf(person, this.#personalData));
    }
  }

  result(): Changes {
    if (this.#kind === 'audit') {
      for (const { from, to, ...person } of this.#work.changes())
        this.#count(from, to, { ...person, email: null });
    }
    const groups = [...this.#groups.values()].sort(
      (a, b) => b.users - a.users || (idOf(a) < idOf(b) ? -1 : 1),
    );
    return { since: this.#since, users: groups.reduce((sum, { users }) => sum + users, 0), groups };
  }

  #count(from: string | null, to: string | null, sample: Group['samples'][number]): void {
    const id = idOf({ from, to });
    let group = this.#groups.get(id);
    if (group === undefined) this.#groups.set(id, (group = { from, to, users: 0, samples: [] }));
    group.users += 1;
    if (group.samples.length < SAMPLES) group.samples.push(sample);
  }
}

function idOf({ from, to }: Pick<Group, 'from' | 'to'>): string {
  return JSON.stringify([from, to]);
}

/** State and code as one text, as lists of people allow to make it again. */
export function markOf({ state, why }: Pick<AuditedPerson, 'state' | 'why'>): string {
  return why === null ? state : `${state} ${why}`;
}
