import { Anchor, Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useLocation } from 'wouter';
import { useCommands } from '#renderer/commands/registry.ts';
import { Screen } from '#renderer/components/screen.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { AssumptionsPanel } from '#renderer/features/trials/setup/assumptions-panel.tsx';
import { CostPanel } from '#renderer/features/trials/setup/cost-panel.tsx';
import { DepthPanel } from '#renderer/features/trials/setup/depth-panel.tsx';
import { KindPanel } from '#renderer/features/trials/setup/kind-panel.tsx';
import { RunPanel } from '#renderer/features/trials/setup/run-panel.tsx';
import classes from '#renderer/features/trials/setup/setup.module.css';
import { problemsOf, requestOf } from '#renderer/features/trials/setup/trial-request.ts';
import { useSetup } from '#renderer/features/trials/setup/use-setup.ts';
import { WhoPanel } from '#renderer/features/trials/setup/who-panel.tsx';
import { projectKey, useProject } from '#renderer/project/project-context.tsx';
import { trialKey } from '#renderer/project/use-trials.ts';
import { useTrialProgress } from '#renderer/stores/trial-progress.ts';

/** Everything that a trial can be told, with what it costs beside it. */
export function SetupPage() {
  const client = useClient();
  const queries = useQueryClient();
  const { folder } = useProject();
  const [, navigate] = useLocation();
  const { setup, change } = useSetup();
  const request = requestOf(folder, setup);
  const problems = problemsOf(setup);
  const start = useMutation({
    mutationFn: (wanted: NonNullable<typeof request>) => client.trials.start(wanted),
    onSuccess: async (record) => {
      useTrialProgress.getState().begun(folder, record);
      queries.setQueryData(trialKey(folder, record.id, 'record'), record);
      await queries.invalidateQueries({ queryKey: projectKey(folder, 'trials') });
      navigate(`/${record.id}`);
    },
  });
  const begin = (): void => {
    if (request !== null && !start.isPending) start.mutate(request);
  };
  useCommands([
    {
      id: 'trial.start',
      title: 'Start the trial',
      group: 'Trial',
      shortcut: 'mod+enter',
      whileTyping: true,
      enabled: request !== null && !start.isPending,
      run: begin,
    },
  ]);
  return (
    <Screen
      title="New trial"
      lead={
        <>
          A rehearsal on this machine: nothing is written to the legacy database, nothing reaches a tenant.{' '}
          <Anchor component={Link} href="/" size="sm" underline="always">
            All trials
          </Anchor>
        </>
      }
    >
      <form
        className={classes.columns}
        onSubmit={(event) => {
          event.preventDefault();
          begin();
        }}
      >
        <div className={classes.main}>
          <KindPanel setup={setup} change={change} problems={problems} />
          {setup.kind !== 'bulk' && <DepthPanel setup={setup} change={change} />}
          <WhoPanel setup={setup} change={change} problems={problems} />
          <RunPanel setup={setup} change={change} problems={problems} />
        </div>
        <div className={classes.side}>
          <CostPanel request={request} trouble={start.error}>
            <Button type="submit" fullWidth size="sm" loading={start.isPending} disabled={request === null}>
              Start the trial
            </Button>
          </CostPanel>
          <AssumptionsPanel />
        </div>
      </form>
    </Screen>
  );
}
