import { Alert, Text } from '@mantine/core';
import { IconDatabaseX, IconPlugConnectedX } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import type { PhaseRecord, TrialRecord } from '#contract/trial-record.ts';
import { Sparkline } from '#renderer/components/charts/sparkline.tsx';
import { FiveCounts } from '#renderer/components/five-counts.tsx';
import { formatCount, formatDuration, formatShare } from '#renderer/components/format.ts';
import { Panel } from '#renderer/components/panel.tsx';
import { PHASES } from '#renderer/components/trial-words.ts';
import type { LiveRecord } from '#renderer/features/trials/live-record.ts';
import classes from '#renderer/features/trials/trial/trial.module.css';
import { useProject } from '#renderer/project/project-context.tsx';
import { projectPath } from '#renderer/project/routes.ts';
import type { RateAt } from '#renderer/stores/trial-progress.ts';
import { inApp } from '#renderer/words/in-app.ts';

interface CountsPanelProps {
  readonly record: TrialRecord;
  readonly live: LiveRecord;
  readonly rates: readonly RateAt[];
}

/** The five counts of each phase; of the one that runs also how fast, how long still, and what it waits for. */
export function CountsPanel({ record, live, rates }: CountsPanelProps) {
  return (
    <>
      {live.phases.map((phase) => (
        <Panel
          key={phase.phase}
          title={PHASES[phase.phase]}
          lead={stateOf(phase, live)}
          actions={
            live.now?.phase === phase.phase && live.status !== 'interrupted' ? (
              <Speed live={live} rates={rates} />
            ) : undefined
          }
        >
          <PhaseCounts record={record} phase={phase} />
          {live.now?.phase === phase.phase && <Note live={live} />}
        </Panel>
      ))}
      {live.now === null && record.fault !== null && record.status === 'interrupted' && (
        <Alert color="red" icon={<IconPlugConnectedX size={18} />} title="The trial stopped">
          {inApp(record.fault.message)} {inApp(record.fault.help ?? '')} Resume goes on after the last batch.
        </Alert>
      )}
    </>
  );
}

function stateOf(phase: PhaseRecord, live: LiveRecord): string {
  const took = formatDuration(phase.seconds);
  if (phase.finished) return `Finished in ${took}`;
  if (live.now?.phase === phase.phase) return `${formatShare(phase.done, phase.expected)} done`;
  if (phase.done === 0) return 'Not begun';
  return `${formatShare(phase.done, phase.expected)} done in ${took}`;
}

function PhaseCounts({ record, phase }: { readonly record: TrialRecord; readonly phase: PhaseRecord }) {
  const { folder } = useProject();
  const [, navigate] = useLocation();
  const users = `~${projectPath(folder, 'report', record.id, 'users')}?phase=${phase.phase}`;
  return <FiveCounts {...phase} onPick={(status) => navigate(`${users}&status=${status}`)} />;
}

function Speed({ live, rates }: Pick<CountsPanelProps, 'live' | 'rates'>) {
  const { now } = live;
  const values = rates.map(({ rate }) => rate);
  const rate = now?.rate ?? null;
  const says =
    rate === null
      ? 'Rate: not known yet'
      : `Rate: ${Math.round(rate)} users a second now, ${Math.round(Math.min(rate, ...values))} to ${Math.round(Math.max(rate, ...values))} so far`;
  return (
    <div className={classes.speed}>
      <Sparkline label={says} values={values} width={180} height={34} />
      <dl className={classes.now}>
        <dt>Rate</dt>
        <dd>{rate === null ? '–' : `${formatCount(Math.round(rate))}/s`}</dd>
        <dt>Left</dt>
        <dd>{now?.etaSeconds == null ? '–' : formatDuration(now.etaSeconds)}</dd>
      </dl>
    </div>
  );
}

function Note({ live }: Pick<CountsPanelProps, 'live'>) {
  const { now } = live;
  if (now?.note == null) return null;
  if (now.pausedBy !== 'database') {
    return (
      <Text size="xs" c="dimmed" mt="sm" role="status">
        {now.note}
      </Text>
    );
  }
  return (
    <Alert
      color="yellow"
      mt="sm"
      icon={<IconDatabaseX size={18} />}
      title="Waiting for the legacy database"
      role="status"
    >
      {now.note} Nobody is counted as failed meanwhile; the trial goes on by itself once the database answers.
    </Alert>
  );
}
