import { Button, Table } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { PlanRequest, PlanResult } from '#contract/plan.ts';
import { useCommands } from '#renderer/commands/registry.ts';
import { formatCount } from '#renderer/components/format.ts';
import { notifyTrouble } from '#renderer/components/notify.tsx';
import { Panel } from '#renderer/components/panel.tsx';
import { capital } from '#renderer/components/trial-words.ts';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import classes from '#renderer/features/plan/plan.module.css';
import { Estimated, Sourced } from '#renderer/features/plan/sourced.tsx';
import { saveBlob } from '#renderer/files/save-text.ts';
import { leftoversFile } from '#renderer/stores/plan-runs.ts';

const NEEDS: Readonly<Record<PlanResult['resets']['causes'][number]['need'], string>> = {
  nothing: 'nothing',
  'reset-unless-login': 'a reset, unless they log in in time',
  reset: 'a reset in any case',
  'left-unless-login': 'cannot be imported; left behind unless they log in in time',
  left: 'cannot come over as they are',
};

interface ResetsPanelProps {
  readonly plan: PlanResult;
  readonly request: PlanRequest;
}

/** Who has to reset and who is left, by cause, with the list of people to take along. */
export function ResetsPanel({ plan, request }: ResetsPanelProps) {
  const client = useClient();
  const { resets } = plan;
  const download = useMutation({
    mutationFn: async () => saveBlob('leftovers.csv', await leftoversFile(client, request), 'text/csv'),
    onError: notifyTrouble,
  });
  useCommands([
    {
      id: 'plan.leftovers',
      title: 'Save the leftover list as CSV',
      group: 'Project',
      enabled: !download.isPending,
      run: () => download.mutate(),
    },
  ]);
  return (
    <Panel
      title="People who have to reset, and who is left"
      lead={
        <span>
          <Estimated estimate={resets.users} /> have to reset, <Estimated estimate={resets.leftBehind} /> are
          left behind. The campaign ends {resets.campaignEnd}: the last day on which a login saves the
          password.
        </span>
      }
      actions={
        <Button
          variant="default"
          leftSection={<IconDownload size={15} aria-hidden />}
          loading={download.isPending}
          onClick={() => download.mutate()}
        >
          Leftover list
        </Button>
      }
      flush
    >
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Cause</Table.Th>
            <Table.Th w={180}>Hash format</Table.Th>
            <Table.Th w={260}>Needs</Table.Th>
            <Table.Th w={110} className={classes.right ?? ''}>
              Users
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {resets.causes.map((cause) => (
            <Table.Tr key={cause.code + cause.hashFormat + cause.need}>
              <Table.Td>
                {capital(cause.title)}
                <div className={classes.quiet}>{cause.fix}</div>
              </Table.Td>
              <Table.Td className="uf-mono">{cause.hashFormat}</Table.Td>
              <Table.Td>{NEEDS[cause.need]}</Table.Td>
              <Table.Td className={classes.right ?? ''}>
                <Sourced figure={cause.users} />
              </Table.Td>
            </Table.Tr>
          ))}
          {resets.causes.length === 0 && (
            <Table.Tr>
              <Table.Td colSpan={4} className={classes.quiet ?? ''}>
                Nobody; {formatCount(plan.legacy.users)} users keep their password.
              </Table.Td>
            </Table.Tr>
          )}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}
