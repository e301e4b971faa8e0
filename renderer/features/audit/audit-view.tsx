import { List, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import type { AuditRequest, AuditResult, ListedPerson } from '#contract/audit.ts';
import { formatCount, formatMs, useMoment } from '#renderer/components/format.ts';
import { Figure, Figures } from '#renderer/components/figures.tsx';
import { Panel } from '#renderer/components/panel.tsx';
import { capital } from '#contract/capital.ts';
import { SeverityBadge } from '#renderer/components/severity-badge.tsx';
import type { AuditFilter } from '#renderer/features/audit/audit-draft.ts';
import classes from '#renderer/features/audit/audit.module.css';
import { PeoplePanel } from '#renderer/features/audit/people-panel.tsx';
import { stateName } from '#renderer/features/audit/state-names.ts';
import { StatesPanel } from '#renderer/features/audit/states-panel.tsx';
import { inApp } from '#renderer/words/in-app.ts';

interface AuditViewProps {
  readonly result: AuditResult;
  readonly people: readonly ListedPerson[];
  readonly request: AuditRequest;
  readonly filter: AuditFilter;
  readonly busy: boolean;
  readonly onFilter: (filter: AuditFilter) => void;
}

/** The reconciliation from its totals to single people. */
export function AuditView({ result, people, request, filter, busy, onFilter }: AuditViewProps) {
  return (
    <Stack gap="md" mt="md">
      <Totals result={result} />
      <StatesPanel
        result={result}
        picked={filter.states}
        onPick={(state) => onFilter({ ...filter, states: filter.states.includes(state) ? [] : [state] })}
      />
      <PeoplePanel
        made={result.generatedAt}
        people={people}
        selected={result.selected}
        request={request}
        filter={filter}
        busy={busy}
        onFilter={onFilter}
      />
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
        <Findings result={result} />
        <Drift result={result} />
        <Signs result={result} />
        <Months months={result.months} />
        {result.changes !== null && <Changes changes={result.changes} />}
      </SimpleGrid>
      {result.caveats.length > 0 && (
        <Panel title="Before trusting these numbers">
          <List size="sm" spacing={4}>
            {result.caveats.map((caveat) => (
              <List.Item key={caveat}>{inApp(caveat)}</List.Item>
            ))}
          </List>
        </Panel>
      )}
      {result.broken.length > 0 && <Broken broken={result.broken} />}
    </Stack>
  );
}

const IMPORT_ON: Readonly<Record<string, string>> = {
  unknown: 'since when import has been on is not known',
  always: 'import has always been on',
  never: 'import has never been on',
};

function Totals({ result }: { readonly result: AuditResult }) {
  const moment = useMoment();
  const { legacy, tenant } = result;
  const migrated = result.states.find((group) => group.state === 'migrated')?.users ?? 0;
  const facts: readonly (readonly [string, string])[] = [
    ['Legacy users', formatCount(legacy.users)],
    ['Migrated', formatCount(migrated)],
    ['Matched in the tenant', formatCount(tenant.matched)],
    ['Tenant users of this connection', formatCount(tenant.users)],
    ['Other connections', formatCount(tenant.otherConnections)],
    ['Unreadable rows and lines', formatCount(legacy.unreadable + legacy.withoutId + tenant.broken)],
  ];
  return (
    <div>
      <Figures>
        {facts.map(([name, value]) => (
          <Figure key={name} name={name}>
            {value}
          </Figure>
        ))}
      </Figures>
      <Text size="xs" c="dimmed" mt={4}>
        Reconciled {moment(result.generatedAt)} in {formatMs(result.milliseconds)};{' '}
        {IMPORT_ON[result.importSince] ?? `import has been on since ${moment(result.importSince)}`}.
      </Text>
    </div>
  );
}

function Findings({ result }: { readonly result: AuditResult }) {
  return (
    <Panel title="Findings" flush>
      <Table>
        <Table.Tbody>
          {result.findings.map((finding) => (
            <Table.Tr key={finding.code}>
              <Table.Td w={36}>
                <SeverityBadge severity={finding.severity} compact />
              </Table.Td>
              <Table.Td>
                {capital(finding.title)}
                <Text size="xs" c="dimmed">
                  {inApp(finding.fix)}
                </Text>
              </Table.Td>
              <Table.Td className={classes.right ?? ''}>{formatCount(finding.users)}</Table.Td>
            </Table.Tr>
          ))}
          {result.findings.length === 0 && <Nothing columns={3} />}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}

function Drift({ result }: { readonly result: AuditResult }) {
  return (
    <Panel
      title="Fields that differ"
      lead={`${formatCount(result.drifting)} people; compared: ${result.compared.join(', ')}`}
      flush
    >
      <Table>
        <Table.Tbody>
          {result.drift.map((field) => (
            <Table.Tr key={field.attribute}>
              <Table.Td className="uf-mono">{field.attribute}</Table.Td>
              <Table.Td className={classes.right ?? ''}>{formatCount(field.users)}</Table.Td>
            </Table.Tr>
          ))}
          {result.drift.length === 0 && <Nothing columns={2} />}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}

function Signs({ result }: { readonly result: AuditResult }) {
  const moment = useMoment();
  return (
    <Panel title="How migrated users show" flush>
      <Table>
        <Table.Tbody>
          {result.signs.map((sign) => (
            <Table.Tr key={sign.sign}>
              <Table.Td className="uf-mono">{sign.sign}</Table.Td>
              <Table.Td className={classes.quiet ?? ''}>
                {sign.first !== null && `${moment(sign.first)} to ${moment(sign.last ?? sign.first)}`}
              </Table.Td>
              <Table.Td className={classes.right ?? ''}>{formatCount(sign.users)}</Table.Td>
            </Table.Tr>
          ))}
          {result.signs.length === 0 && <Nothing columns={3} />}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}

function Months({ months }: { readonly months: AuditResult['months'] }) {
  const most = Math.max(1, ...months.map(({ users }) => users));
  return (
    <Panel title="Migrations by month" flush>
      <Table>
        <Table.Tbody>
          {months.map(({ month, users }) => (
            <Table.Tr key={month}>
              <Table.Td w={110} className="uf-number">
                {month}
              </Table.Td>
              <Table.Td>
                <div className={classes.track} aria-hidden>
                  <span data-state="migrated" style={{ width: `${(100 * users) / most}%` }} />
                </div>
              </Table.Td>
              <Table.Td w={100} className={classes.right ?? ''}>
                {formatCount(users)}
              </Table.Td>
            </Table.Tr>
          ))}
          {months.length === 0 && <Nothing columns={3} />}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}

function Changes({ changes }: { readonly changes: NonNullable<AuditResult['changes']> }) {
  return (
    <Panel title={`New since ${changes.since}`} lead={`${formatCount(changes.users)} people`} flush>
      <Table>
        <Table.Tbody>
          {changes.groups.map((group) => (
            <Table.Tr key={`${group.from} ${group.to}`}>
              <Table.Td>
                {group.from === null ? 'was not there' : stateName(group.from)} →{' '}
                {group.to === null ? 'is not there any more' : stateName(group.to)}
              </Table.Td>
              <Table.Td className={classes.right ?? ''}>{formatCount(group.users)}</Table.Td>
            </Table.Tr>
          ))}
          {changes.groups.length === 0 && <Nothing columns={2} />}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}

function Broken({ broken }: { readonly broken: AuditResult['broken'] }) {
  return (
    <Panel title="Lines that cannot be read" flush>
      <Table>
        <Table.Tbody>
          {broken.map((line) => (
            <Table.Tr key={`${line.file}:${line.line}`}>
              <Table.Td className="uf-mono">
                {line.file}:{line.line}
              </Table.Td>
              <Table.Td>{line.reason}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}

function Nothing({ columns }: { readonly columns: number }) {
  return (
    <Table.Tr>
      <Table.Td colSpan={columns} className={classes.quiet ?? ''}>
        None.
      </Table.Td>
    </Table.Tr>
  );
}
