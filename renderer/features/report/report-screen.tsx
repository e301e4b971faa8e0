import { Button } from '@mantine/core';
import { IconChartHistogram } from '@tabler/icons-react';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { Screen } from '#renderer/components/screen.tsx';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import { ReportPage } from '#renderer/features/report/page/report-page.tsx';
import { StoryPage } from '#renderer/features/report/story/story-page.tsx';
import { UsersPage } from '#renderer/features/report/users/users-page.tsx';
import { useProject } from '#renderer/project/project-context.tsx';
import { projectPath } from '#renderer/project/routes.ts';
import { recordsOf, useTrials } from '#renderer/project/use-trials.ts';

/** What a trial found out: the report, the users behind its numbers, one user's story. */
export function ReportScreen() {
  return (
    <Switch>
      <Route path="/:trial/users">{({ trial }) => <UsersPage key={trial} trial={trial} />}</Route>
      <Route path="/:trial/user/:who">
        {({ trial, who }) => (
          <StoryPage key={`${trial} ${who}`} trial={trial} who={decodeURIComponent(who)} />
        )}
      </Route>
      <Route path="/:trial">{({ trial }) => <ReportPage key={trial} trial={trial} />}</Route>
      <Route component={NewestReport} />
    </Switch>
  );
}

function NewestReport() {
  const trials = useTrials();
  const { folder } = useProject();
  const [, navigate] = useLocation();
  const [newest] = recordsOf(trials.data);
  if (newest !== undefined) return <Redirect to={`/${newest.id}`} replace />;
  return (
    <Screen title="Report">
      {trials.isPending && (
        <LoadingState
          what="Looking for the newest trial"
          onCancel={() => navigate(`~${projectPath(folder, 'trials')}`)}
        />
      )}
      {trials.isError && (
        <TroubleState trouble={toTrouble(trials.error)} onRetry={() => void trials.refetch()} />
      )}
      {trials.isSuccess && (
        <EmptyState
          icon={IconChartHistogram}
          title="No trial to report on"
          actions={
            <Button component={Link} href={`~${projectPath(folder, 'trials', 'new')}`}>
              Set up a trial
            </Button>
          }
        >
          A report says who gets across and who does not, why, and what to do about it. It needs a trial.
        </EmptyState>
      )}
    </Screen>
  );
}
