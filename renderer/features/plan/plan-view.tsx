import { Badge, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import type { PlanRequest, PlanResult } from '#contract/plan.ts';
import { DiagnosticList } from '#renderer/components/diagnostic-list.tsx';
import { formatBytes, formatCount, formatDuration } from '#renderer/components/format.ts';
import { Figure, Figures } from '#renderer/components/figures.tsx';
import { Panel } from '#renderer/components/panel.tsx';
import { EvidencePanel } from '#renderer/features/plan/evidence-panel.tsx';
import { ForecastPanel } from '#renderer/features/plan/forecast-panel.tsx';
import { ImportPanel } from '#renderer/features/plan/import-panel.tsx';
import { OrdersPanel } from '#renderer/features/plan/orders-panel.tsx';
import { PeakPanel } from '#renderer/features/plan/peak-panel.tsx';
import classes from '#renderer/features/plan/plan.module.css';
import { ResetsPanel } from '#renderer/features/plan/resets-panel.tsx';
import { Estimated, Sourced } from '#renderer/features/plan/sourced.tsx';
import { inApp } from '#renderer/words/in-app.ts';

interface PlanViewProps {
  readonly plan: PlanResult;
  readonly request: PlanRequest;
}

/** The plan from the short answer to its premises. */
export function PlanView({ plan, request }: PlanViewProps) {
  return (
    <Stack gap="md" mt="md">
      <Summary plan={plan} />
      {plan.diagnostics.length > 0 && (
        <Panel title="What the plan lacks">
          <DiagnosticList diagnostics={plan.diagnostics} />
        </Panel>
      )}
      <EvidencePanel plan={plan} />
      <ForecastPanel plan={plan} />
      <OrdersPanel plan={plan} />
      <ImportPanel plan={plan} />
      <ResetsPanel plan={plan} request={request} />
      {plan.peak !== null && <PeakPanel peak={plan.peak} />}
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
        <CutoverPanel plan={plan} />
        <PremisesPanel plan={plan} />
      </SimpleGrid>
      <IrreversiblePanel plan={plan} />
    </Stack>
  );
}

function Summary({ plan }: { readonly plan: PlanResult }) {
  const tier = plan.import.tiers.find((one) => one.chosen);
  const order = plan.orders.find((one) => one.recommended);
  return (
    <Figures>
      <Figure name="Legacy users">{formatCount(plan.legacy.users)}</Figure>
      <Figure name="Import files">
        <Sourced figure={plan.import.files} />
        <small>
          {' '}
          <Sourced figure={plan.import.bytes} format={formatBytes} />
        </small>
      </Figure>
      <Figure name="Import takes">
        <Sourced figure={tier?.seconds ?? null} format={formatDuration} />
      </Figure>
      <Figure name="Have to reset">
        <Estimated estimate={plan.resets.users} />
      </Figure>
      <Figure name="Left behind">
        <Estimated estimate={plan.resets.leftBehind} />
      </Figure>
      <Figure name="Recommended order">
        {order === undefined ? '–' : order.order === 'lazy-first' ? 'lazy first' : 'bulk first'}
      </Figure>
      <Figure name="Cutover">{plan.schedule.cutover}</Figure>
    </Figures>
  );
}

function CutoverPanel({ plan }: { readonly plan: PlanResult }) {
  const { start, lazyEnd, importEnd, cutover } = plan.schedule;
  return (
    <Panel
      title="What the cutover means"
      lead={`Lazy ${start} to ${lazyEnd}; ${importEnd === null ? 'how long the import takes is not known' : `import over by ${importEnd}`}; cutover ${cutover}.`}
      flush
    >
      <Table>
        <Table.Tbody>
          {plan.cutover.map(({ what, users }) => (
            <Table.Tr key={what}>
              <Table.Td>{inApp(what)}</Table.Td>
              <Table.Td className={classes.right ?? ''}>
                {users !== null && <Estimated estimate={users} />}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}

function PremisesPanel({ plan }: { readonly plan: PlanResult }) {
  return (
    <Panel title="Premises and assumptions" flush>
      <Table>
        <Table.Tbody>
          {plan.premises.map(({ name, text }) => (
            <Table.Tr key={name}>
              <Table.Td>{inApp(text)}</Table.Td>
            </Table.Tr>
          ))}
          {plan.assumptions.map((one) => (
            <Table.Tr key={one.name}>
              <Table.Td>
                <span className="uf-mono">
                  {one.name}: {one.value}
                </span>{' '}
                {!one.isDefault && <Badge color="yellow">changed here</Badge>}
                <Text size="xs" c="dimmed">
                  {one.effect}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}

function IrreversiblePanel({ plan }: { readonly plan: PlanResult }) {
  return (
    <Panel title="What cannot be undone, and when" flush>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={190}>When</Table.Th>
            <Table.Th w={280}>What</Table.Th>
            <Table.Th>Why, and what is left to do then</Table.Th>
            <Table.Th w={110} className={classes.right ?? ''}>
              Users
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {plan.irreversible.map((one) => (
            <Table.Tr key={one.title + one.when}>
              <Table.Td>
                {one.when}
                {one.date !== null && <div className="uf-number">{one.date}</div>}
              </Table.Td>
              <Table.Td fw={560}>{one.title}</Table.Td>
              <Table.Td>
                {inApp(one.why)}
                <Text size="xs" c="dimmed">
                  {inApp(one.undo)}
                </Text>
              </Table.Td>
              <Table.Td className={classes.right ?? ''}>
                <Sourced figure={one.users} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}
