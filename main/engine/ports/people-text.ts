import type { AuditListHeader, ListedPerson } from '#contract/audit.ts';
import type { Leftover } from '#contract/plan.ts';
import type { UserOutcome } from '#domain/migration/outcome.ts';

/** A list of people as the text of a file: what comes first, and what each of them is. */
export interface ListText<Header, Person> {
  head(header: Header): string;
  people(people: readonly Person[]): string;
}

/** Lists as files; a CSV is safe to open in a spreadsheet. */
export interface PeopleText {
  readonly audit: Readonly<Record<'ndjson' | 'csv', ListText<AuditListHeader, ListedPerson>>>;
  readonly leftovers: ListText<null, Leftover>;
  readonly outcomes: ListText<null, UserOutcome>;
}
