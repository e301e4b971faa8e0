import type { ListedPerson } from '#contract/audit.ts';
import { STATE_NAMES } from '#renderer/features/audit/state-names.ts';
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

const columns = (moment: (iso: string) => string): readonly GridColumn<ListedPerson>[] => [
  texts('state', 'State', 130, (person) => STATE_NAMES[person.state]),
  texts('legacy', 'Legacy id', 110, (person) => person.legacyId ?? ''),
  texts('email', 'E-mail', 220, (person) => person.email ?? ''),
  texts('tenant', 'Tenant id', 200, (person) => person.tenantIds.join(', ')),
  texts('matched', 'Matched by', 100, (person) => person.matchedBy ?? ''),
  texts('sign', 'Shows by', 130, (person) => person.sign ?? ''),
  texts('migrated', 'Migrated', 180, ({ migratedAt }) => (migratedAt === null ? '' : moment(migratedAt))),
  texts('drift', 'Differs in', 180, (person) => person.drift.join(', ')),
  texts('findings', 'Findings', 320, (person) =>
    [person.code, ...person.findings].filter(Boolean).join(', '),
  ),
];

/** What nobody in such a state can have. */
const NEVER: Readonly<Record<string, readonly string[]>> = {
  'not-yet': ['tenant', 'matched', 'sign', 'migrated', 'drift'],
  indeterminate: ['sign', 'migrated'],
  stranger: ['legacy', 'matched', 'drift'],
  'sign-up': ['legacy', 'matched', 'drift'],
};

/**
 * Addresses have a column only where personal data was asked for: lists leave them out otherwise. So do those that
 * would be empty for everybody who is listed.
 */
export function peopleColumns(
  states: readonly string[],
  personalData: boolean,
  moment: (iso: string) => string,
): readonly GridColumn<ListedPerson>[] {
  const [only, ...others] = states;
  const never = only === undefined || others.length > 0 ? [] : (NEVER[only] ?? []);
  return columns(moment).filter(({ id }) => (personalData || id !== 'email') && !never.includes(id));
}
