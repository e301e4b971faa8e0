import { Badge, Group, Stack, Table, Text } from '@mantine/core';
import type { PipelineRun, PipelineStep } from '#contract/pipeline.ts';
import { formatMs } from '#renderer/components/format.ts';
import classes from '#renderer/components/pipeline-view.module.css';
import { SeverityBadge } from '#renderer/components/severity-badge.tsx';
import { inApp } from '#renderer/words/in-app.ts';

/** What Actions, Rules and Hooks made of a login: steps, outcome, metadata, claims. */
export function PipelineView({ run }: { readonly run: PipelineRun }) {
  const { outcome } = run;
  return (
    <Stack gap="sm">
      {run.endOfLife !== null && (
        <Text size="xs" className={classes.warning}>
          {run.endOfLife}
        </Text>
      )}
      <Group gap="xs" role="status">
        <Badge color={outcome.status === 'ok' ? 'tide' : 'red'}>{outcome.status}</Badge>
        <Text size="sm">{outcomeText(outcome)}</Text>
      </Group>
      {run.steps.length > 0 && <Steps steps={run.steps} />}
      {run.findings.map((finding) => (
        <Group key={finding.code + finding.detail} gap={6} wrap="nowrap" align="flex-start">
          <SeverityBadge severity={finding.severity} compact />
          <Text size="xs">
            <b>{finding.title}</b> {inApp(finding.detail)} {inApp(finding.fix)}
          </Text>
        </Group>
      ))}
      {run.metadata.length > 0 && (
        <Changes
          caption="Metadata written"
          rows={run.metadata.map((one) => [`${one.store}.${one.key}`, one.before, one.after, one.by])}
        />
      )}
      {run.idToken !== null && <Token title="ID token" token={run.idToken} />}
      {run.accessToken !== null && <Token title="Access token" token={run.accessToken} />}
      {run.differences.length > 0 && (
        <Changes
          caption="Before and after the migration"
          rows={run.differences.map((one) => [`${one.what}: ${one.name}`, one.before, one.after, one.code])}
        />
      )}
    </Stack>
  );
}

function outcomeText(outcome: PipelineRun['outcome']): string {
  if (outcome.status === 'ok') return 'The login goes through.';
  if (outcome.status === 'denied') return `Denied by ${outcome.by}: ${outcome.reason}`;
  return `Failed in ${outcome.by}: ${outcome.detail}`;
}

function Steps({ steps }: { readonly steps: readonly PipelineStep[] }) {
  return (
    <ol className={classes.steps}>
      {steps.map((step, index) => (
        <li key={index}>
          <div className={classes.step}>
            <Text size="xs" c="dimmed">
              {step.kind}
            </Text>
            <div className={classes.stepName}>
              <Text size="sm" fw={540}>
                {step.name}
              </Text>
              <Text size="xs" c="dimmed" className="uf-mono">
                {step.handler}
              </Text>
            </div>
            <Text size="xs" className={step.status === 'ok' ? classes.good : classes.warning}>
              {step.status}
            </Text>
            <Text size="xs" c="dimmed" className="uf-number">
              {formatMs(step.ms)}
            </Text>
          </div>
          {step.error !== null && (
            <Text size="xs" className={classes.bad}>
              {step.error.name}: {step.error.message}
              {step.line !== null && ` (line ${step.line})`}
            </Text>
          )}
          {step.console.map((line, place) => (
            <div key={place} className={classes.console}>
              {line.level} {line.text}
            </div>
          ))}
        </li>
      ))}
    </ol>
  );
}

type Row = readonly [name: string, before: unknown, after: unknown, by: string];

function Changes({ caption, rows }: { readonly caption: string; readonly rows: readonly Row[] }) {
  return (
    <Table verticalSpacing={3}>
      <caption className={classes.caption}>{caption}</caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Name</Table.Th>
          <Table.Th>Before</Table.Th>
          <Table.Th>After</Table.Th>
          <Table.Th>By</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(([name, before, after, by]) => (
          <Table.Tr key={name}>
            <Table.Th scope="row" className="uf-mono" fw={500}>
              {name}
            </Table.Th>
            <Table.Td className="uf-mono">{json(before)}</Table.Td>
            <Table.Td className="uf-mono">{json(after)}</Table.Td>
            <Table.Td>{by}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Token({
  title,
  token,
}: {
  readonly title: string;
  readonly token: NonNullable<PipelineRun['idToken']>;
}) {
  const after = token.after ?? {};
  const names = [...new Set([...Object.keys(token.before), ...Object.keys(after)])].sort();
  const rows = names
    .filter((name) => json(token.before[name]) !== json(after[name]))
    .map((name): Row => [name, token.before[name], after[name], '']);
  return (
    <>
      {token.after === null ? (
        <Text size="xs" c="dimmed">
          No {title} is issued.
        </Text>
      ) : (
        <Changes caption={`${title}: claims that the steps changed`} rows={rows} />
      )}
      {token.dropped.map((claim) => (
        <Text key={claim.name} size="xs" className={classes.bad}>
          Dropped: {claim.name}, set by {claim.by}. {claim.why}
        </Text>
      ))}
      {token.overwritten.map((claim) => (
        <Text key={claim.name} size="xs" className={classes.warning}>
          {claim.name}: {claim.by} replaced what {claim.replaced} had set.
        </Text>
      ))}
    </>
  );
}

function json(value: unknown): string {
  return value === undefined || value === null ? '–' : JSON.stringify(value);
}
