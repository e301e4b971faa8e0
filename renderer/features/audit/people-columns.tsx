import type { ListedPerson } from '#contract/audit.ts';
import type { GridColumn } from '#renderer/components/grid/grid-column.ts';

const texts = (
  id: string,
  title: string,
  width: number,
  text: (person: ListedPerson) => string,
): GridColumn<ListedPerson> => ({
  id,
  title,
  width,
  text,
  render: (person) => <span title={text(person)}>{text(person)}</span>,
});

export const PEOPLE_COLUMNS: readonly GridColumn<ListedPerson>[] = [
  texts('state', 'State', 110, (person) => person.state),
  texts('legacy', 'Legacy id', 130, (person) => person.legacyId ?? ''),
  texts('email', 'E-mail', 220, (person) => person.email ?? ''),
  texts('tenant', 'Tenant id', 230, (person) => person.tenantIds.join(', ')),
  texts('matched', 'Matched by', 100, (person) => person.matchedBy ?? ''),
  texts('sign', 'Shows by', 150, (person) => person.sign ?? ''),
  texts('migrated', 'Migrated', 180, (person) => person.migratedAt ?? ''),
  texts('drift', 'Differs in', 180, (person) => person.drift.join(', ')),
  texts('findings', 'Findings', 320, (person) =>
    [person.code, ...person.findings].filter(Boolean).join(', '),
  ),
];

export function personLine(person: ListedPerson): string {
  return `${JSON.stringify(person)}\n`;
}
