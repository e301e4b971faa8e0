import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link, useLocation } from 'wouter';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { Screen } from '#renderer/components/screen.tsx';
import { TrialStatusBadge } from '#renderer/components/trial-status.tsx';
import { DEPTHS, kindOf, whoOf } from '#renderer/components/trial-words.ts';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import { liveRecord } from '#renderer/features/trials/live-record.ts';
import { CausesSoFar } from '#renderer/features/trials/trial/causes-so-far.tsx';
import { CountsPanel } from '#renderer/features/trials/trial/counts-panel.tsx';
import { InputsPanel } from '#renderer/features/trials/trial/inputs-panel.tsx';
import { TrialActions } from '#renderer/features/trials/trial/trial-actions.tsx';
import classes from '#renderer/features/trials/trial/trial.module.css';
import { useTrialReport } from '#renderer/features/trials/trial/use-trial-report.ts';
import { useProject } from '#renderer/project/project-context.tsx';
import { recordsOf, trialKey, useTrials } from '#renderer/project/use-trials.ts';
import { useTrialProgress } from '#renderer/stores/trial-progress.ts';
import { inApp } from '#renderer/words/in-app.ts';

/** One trial: how far it is, what it found so far, what it was set up with. */
export function TrialPage({ trial }: { readonly trial: string }) {
  const client = useClient();
  const { folder } = useProject();
  const [, navigate] = useLocation();
  const trials = useTrials();
  const listed = recordsOf(trials.data).find(({ id }) => id === trial);
  const shown = useQuery({
    queryKey: trialKey(folder, trial, 'record'),
    queryFn: ({ signal }) => client.trials.show({ project: folder, trial }, { signal }),
    enabled: trials.isSuccess && listed === undefined,
  });
  const record = listed ?? shown.data;
  const followed = useTrialProgress((store) => store.trials[trial]);
  const report = useTrialReport(trial, followed?.progress);
  useListedAgain(listed === undefined && shown.data !== undefined, trials.refetch);
  const trouble = shown.error ?? trials.error;
  if (record === undefined) {
    return (
      <Screen title="Trial">
        {trouble === null ? (
          <LoadingState what="Reading the trial" onCancel={() => navigate('/')} />
        ) : (
          <TroubleState
            trouble={toTrouble(trouble)}
            onRetry={() => void (trials.isError ? trials.refetch() : shown.refetch())}
            actions={
              <Anchor component={Link} href="/" size="sm">
                All trials
              </Anchor>
            }
          />
        )}
      </Screen>
    );
  }
  // The replica is the truth: a record is written now and then, and not at all by an engine that was killed.
  const phases = report.data?.counts ?? record.phases;
  const live = liveRecord({ ...record, phases }, followed?.progress);
  const { options } = record;
  return (
    <Screen
      title={`${kindOf(options)} trial`}
      lead={
        <span className={classes.lead}>
          <TrialStatusBadge status={live.status} words={live.words} />
          <span className="uf-mono">{trial}</span>
          <span>{options.kind === 'bulk' ? '' : `Depth: ${DEPTHS[options.depth].title.toLowerCase()}`}</span>
          <span>{whoOf(options.filter)}</span>
          <Anchor component={Link} href="/" size="sm">
            All trials
          </Anchor>
        </span>
      }
      actions={<TrialActions record={record} status={live.status} />}
    >
      <div className={classes.page}>
        <CountsPanel record={record} live={live} rates={followed?.rates ?? []} />
        <div className={classes.columns}>
          <CausesSoFar record={record} status={live.status} report={report} />
          <InputsPanel record={record} />
        </div>
        {record.fault !== null && live.status !== 'running' && (
          <Text size="xs" c="dimmed">
            Stopped with: {inApp(record.fault.message)} {inApp(record.fault.help ?? '')}
          </Text>
        )}
      </div>
    </Screen>
  );
}

/** A trial that was begun elsewhere a moment ago is not in the list yet. */
function useListedAgain(behind: boolean, again: () => unknown): void {
  useEffect(() => {
    if (behind) void again();
  }, [behind, again]);
}
