import { Badge, Button, Group, Progress, Stack, Table, Text } from '@mantine/core';
import { IconFingerprint, IconPlayerStop, IconRefresh } from '@tabler/icons-react';
import type { FormatsResult } from '#contract/passwords.ts';
import { useCommands } from '#renderer/commands/registry.ts';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { formatCount, formatShare } from '#renderer/components/format.ts';
import { Figure, Figures } from '#renderer/components/figures.tsx';
import { Panel } from '#renderer/components/panel.tsx';
import { SeverityBadge } from '#renderer/components/severity-badge.tsx';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import classes from '#renderer/features/legacy/legacy.module.css';
import { useProject } from '#renderer/project/project-context.tsx';
import { type FormatRun, useFormatRuns } from '#renderer/stores/format-runs.ts';

const ROUTES = {
  'password-hash': { title: 'imported as password_hash', colour: 'tide' },
  custom: { title: 'imported as custom_password_hash', colour: 'tide' },
  'lazy-only': { title: 'only by a login script', colour: 'yellow' },
  'reset-only': { title: 'only by a reset', colour: 'red' },
} as const;

/** How passwords are stored, and which way each kind can go. */
export function FormatsTab() {
  const client = useClient();
  const { folder } = useProject();
  const run = useFormatRuns((store) => store.runs[folder]);
  const start = useFormatRuns((store) => store.start);
  const begin = (): void => start(client, { project: folder });
  const running = run?.stop != null;
  useCommands([
    {
      id: 'legacy.recognise',
      title: 'Recognise the hashes',
      group: 'Project',
      enabled: !running,
      run: begin,
    },
  ]);
  if (run?.error != null) return <TroubleState trouble={toTrouble(run.error)} onRetry={begin} />;
  if (running) return <Reading run={run} />;
  if (run?.result != null) return <Formats result={run.result} onAgain={begin} />;
  return (
    <EmptyState
      icon={IconFingerprint}
      title="Nobody has looked at the hashes yet"
      actions={<Button onClick={begin}>Recognise the hashes</Button>}
    >
      Every stored password is read once and told by its format. No script runs, no password is checked, and
      no hash is shown.
    </EmptyState>
  );
}

function Reading({ run }: { readonly run: FormatRun }) {
  const { done = 0, expected = 0 } = run.progress ?? {};
  return (
    <Stack gap="xs" maw={520} role="status">
      <Text size="sm">
        Reading {formatCount(done)} of {formatCount(expected)} legacy users
      </Text>
      <Progress
        value={expected === 0 ? 0 : (100 * done) / expected}
        size="sm"
        aria-label="Legacy users read"
      />
      <Group>
        <Button
          variant="default"
          leftSection={<IconPlayerStop size={14} aria-hidden />}
          onClick={() => run.stop?.()}
        >
          Cancel
        </Button>
      </Group>
    </Stack>
  );
}

function Formats({ result, onAgain }: { readonly result: FormatsResult; readonly onAgain: () => void }) {
  const { routes } = result;
  const facts = [
    ['Importable as password_hash', routes.passwordHash],
    ['Importable as custom_password_hash', routes.custom],
    ['Only by a login script', routes.lazyOnly],
    ['Only by a reset', routes.resetOnly],
    ['Unreadable, or without an id', result.unreadable + result.withoutId],
  ] as const;
  return (
    <Stack gap="md">
      <Figures>
        {facts.map(([name, users]) => (
          <Figure key={name} name={name}>
            {formatCount(users)} <small>{formatShare(users, result.users)}</small>
          </Figure>
        ))}
      </Figures>
      <Panel
        title="Formats"
        lead={`Of ${formatCount(result.users)} legacy users`}
        actions={
          <Button variant="default" leftSection={<IconRefresh size={14} aria-hidden />} onClick={onAgain}>
            Read again
          </Button>
        }
        flush
      >
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={190}>Format</Table.Th>
              <Table.Th w={80} className={classes.right ?? ''}>
                Users
              </Table.Th>
              <Table.Th w={80} className={classes.right ?? ''}>
                Share
              </Table.Th>
              <Table.Th w={280}>Way</Table.Th>
              <Table.Th>Parameters, and what to know</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {result.formats.map((group) => (
              <Table.Tr key={group.format}>
                <Table.Th scope="row" className="uf-mono" fw={500}>
                  {group.format}
                </Table.Th>
                <Table.Td className={classes.right ?? ''}>{formatCount(group.users)}</Table.Td>
                <Table.Td className={classes.right ?? ''}>{formatShare(group.users, result.users)}</Table.Td>
                <Table.Td>
                  <Ways targets={group.targets} />
                </Table.Td>
                <Table.Td>
                  <div className={classes.quiet}>
                    {group.parameters
                      .filter((one) => one.parameters !== '')
                      .map((one) => `${one.parameters} (${formatCount(one.users)})`)
                      .join(', ')}
                  </div>
                  {group.warnings.map((warning) => (
                    <div key={warning.code} className={classes.warning}>
                      <SeverityBadge severity={warning.severity} compact />
                      {warning.title} ({formatCount(warning.users)})
                    </div>
                  ))}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Panel>
    </Stack>
  );
}

type Target = FormatsResult['formats'][number]['targets'][number];

/** Which way the users of a format can go; ways that differ only in how the hash is written are one. */
function Ways({ targets }: { readonly targets: readonly Target[] }) {
  const groups = Object.values(
    Object.groupBy(targets, ({ route, reason }) => `${route} ${reason?.code ?? ''}`),
  ).flatMap((members) => {
    const [first] = members ?? [];
    const users = (members ?? []).reduce((sum, one) => sum + one.users, 0);
    return first === undefined ? [] : [{ ...first, users }];
  });
  return groups.map(({ route, reason, users }) => (
    <div key={`${route} ${reason?.code ?? ''}`} className={classes.target}>
      <Badge color={ROUTES[route].colour}>{ROUTES[route].title}</Badge>
      {groups.length > 1 && <span className={classes.quiet}>{formatCount(users)}</span>}
      {reason !== null && <div className={classes.quiet}>{reason.title}</div>}
    </div>
  ));
}
