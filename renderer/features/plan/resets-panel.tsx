import { Button, Table, VisuallyHidden } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import type { PlanRequest, PlanResult } from '#contract/plan.ts';
import { useCommands } from '#renderer/commands/registry.ts';
import { formatCount } from '#renderer/components/format.ts';
import { JobButton } from '#renderer/components/job-button.tsx';
import { notifyTrouble } from '#renderer/components/notify.tsx';
import { Panel } from '#renderer/components/panel.tsx';
import { useRowMenu } from '#renderer/components/row-menu.tsx';
import { capital } from '#contract/capital.ts';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import classes from '#renderer/features/plan/plan.module.css';
import { Estimated, Sourced } from '#renderer/features/plan/sourced.tsx';
import { projectPath } from '#renderer/project/routes.ts';
import { useProject } from '#renderer/project/project-context.tsx';
import { saveBlob } from '#renderer/files/save-text.ts';
import { runFileJob, useFileJobs } from '#renderer/stores/file-jobs.ts';
import { leftoversFile } from '#renderer/stores/plan-runs.ts';
import { inApp } from '#renderer/words/in-app.ts';

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
  const jobId = `leftovers ${request.project}`;
  const job = useFileJobs(({ jobs }) => jobs[jobId]);
  const download = (): void => {
    const work = runFileJob(jobId, 'leftovers.csv', async (signal, report) =>
      saveBlob('leftovers.csv', await leftoversFile(client, request, signal, report), 'text/csv'),
    );
    void work.catch(notifyTrouble);
  };
  useCommands([
    {
      id: 'plan.leftovers',
      title: 'Save the leftover list as CSV',
      group: 'Project',
      enabled: job === undefined,
      run: download,
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
        <JobButton job={job} what="Saving">
          <Button variant="default" leftSection={<IconDownload size={15} aria-hidden />} onClick={download}>
            Leftover list
          </Button>
        </JobButton>
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
            <Table.Th w={56}>
              <VisuallyHidden>More</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {resets.causes.map((cause) => (
            <CauseRow
              key={cause.code + cause.hashFormat + cause.need}
              cause={cause}
              bulk={plan.trials.bulk?.trial ?? null}
              onSave={download}
            />
          ))}
          {resets.causes.length === 0 && (
            <Table.Tr>
              <Table.Td colSpan={5} className={classes.quiet ?? ''}>
                Nobody; {formatCount(plan.legacy.users)} users keep their password.
              </Table.Td>
            </Table.Tr>
          )}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}

interface CauseRowProps {
  readonly cause: PlanResult['resets']['causes'][number];
  /** The bulk trial that the plan rests on. */
  readonly bulk: string | null;
  readonly onSave: () => void;
}

function CauseRow({ cause, bulk, onSave }: CauseRowProps) {
  const { folder } = useProject();
  const [, navigate] = useLocation();
  const { code, title, fix, hashFormat, need, users } = cause;
  const seen = new URLSearchParams({ phase: 'bulk', finding: code }).toString();
  const { menu, onContextMenu } = useRowMenu(`More for ${title}`, [
    {
      title: 'Users with it in the bulk trial',
      disabled: bulk === null,
      run: () => navigate(`~${projectPath(folder, 'report', bulk ?? '', 'users')}?${seen}`),
    },
    { title: 'Copy the code', run: () => void navigator.clipboard.writeText(code) },
    { title: 'Save the leftover list', run: onSave },
  ]);
  return (
    <Table.Tr onContextMenu={onContextMenu}>
      <Table.Td>
        {capital(title)}
        <div className={classes.quiet}>{inApp(fix)}</div>
      </Table.Td>
      <Table.Td className="uf-mono">{hashFormat}</Table.Td>
      <Table.Td>{NEEDS[need]}</Table.Td>
      <Table.Td className={classes.right ?? ''}>
        <Sourced figure={users} />
      </Table.Td>
      <Table.Td>{menu}</Table.Td>
    </Table.Tr>
  );
}
