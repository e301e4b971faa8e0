import { Anchor, Skeleton, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { TrialRecord, TrialStatus } from '#contract/trial-record.ts';
import { formatCount } from '#renderer/components/format.ts';
import { OutcomeBadge } from '#renderer/components/outcome-badge.tsx';
import { Panel } from '#renderer/components/panel.tsx';
import { capital } from '#contract/capital.ts';
import { toTrouble } from '#renderer/engine/trouble.ts';
import classes from '#renderer/features/trials/trial/trial.module.css';
import type { useTrialReport } from '#renderer/features/trials/trial/use-trial-report.ts';
import { useProject } from '#renderer/project/project-context.tsx';
import { projectPath } from '#renderer/project/routes.ts';

const SHOWN = 8;

interface CausesSoFarProps {
  readonly record: TrialRecord;
  readonly status: TrialStatus;
  readonly report: ReturnType<typeof useTrialReport>;
}

/** Why users fail or are skipped, biggest first, also while the trial runs. */
export function CausesSoFar({ record, status, report }: CausesSoFarProps) {
  const { folder } = useProject();
  const causes = (report.data?.causes ?? []).toSorted((a, b) => b.users - a.users);
  const to = projectPath(folder, 'report', record.id);
  const title = status === 'running' ? 'Causes so far' : 'Causes';
  return (
    <Panel
      title={title}
      lead="What decided outcomes that are not ok, biggest first"
      actions={
        <Anchor component={Link} href={`~${to}`} size="xs">
          Open the report
        </Anchor>
      }
    >
      {report.isPending && <Skeleton height={72} />}
      {report.isError && (
        <Text size="sm" c="dimmed">
          {toTrouble(report.error).message}
        </Text>
      )}
      {report.data !== undefined && causes.length === 0 && (
        <Text size="sm" c="dimmed">
          {status === 'finished' ? 'Nobody failed and nobody was skipped.' : 'Nobody failed so far.'}
        </Text>
      )}
      <ul className={classes.causes}>
        {causes.slice(0, SHOWN).map((cause) => (
          <li key={`${cause.phase} ${cause.code} ${cause.status}`}>
            <span className={classes.users}>{formatCount(cause.users)}</span>
            <OutcomeBadge status={cause.status} />
            <Anchor
              component={Link}
              size="sm"
              href={`~${to}/users?phase=${cause.phase}&status=${cause.status}&cause=${encodeURIComponent(cause.code)}`}
            >
              {capital(cause.title)}
            </Anchor>
          </li>
        ))}
      </ul>
      {causes.length > SHOWN && (
        <Text size="xs" c="dimmed">
          {causes.length - SHOWN} more in the report.
        </Text>
      )}
    </Panel>
  );
}
