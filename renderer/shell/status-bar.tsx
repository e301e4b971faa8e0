import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { formatCount, formatDuration } from '#renderer/components/format.ts';
import { useClient, useConnectionStatus } from '#renderer/engine/engine-provider.tsx';
import { useProjectIfAny } from '#renderer/project/project-context.tsx';
import { projectPath } from '#renderer/project/routes.ts';
import classes from '#renderer/shell/status-bar.module.css';
import { useTrialProgress } from '#renderer/stores/trial-progress.ts';

const WORDS: Readonly<Record<string, string>> = {
  connecting: 'Connecting to the engine',
  open: 'Engine ready',
  reconnecting: 'Reconnecting to the engine',
};

/** The engine's state, what runs, and the versions. */
export function StatusBar() {
  const client = useClient();
  const status = useConnectionStatus();
  const versions = useQuery({
    queryKey: ['versions'],
    queryFn: () => client.reference.versions({}),
    staleTime: Infinity,
  });
  return (
    <footer className={classes.bar}>
      <span className={classes.state} data-state={status.state}>
        {WORDS[status.state] ?? 'Engine stopped'}
      </span>
      <span className={classes.running} role="status">
        <RunningTrial />
      </span>
      {versions.data !== undefined && (
        <span>
          Userferry {versions.data.userferry} · scripts on {versions.data.scriptRuntime}
        </span>
      )}
    </footer>
  );
}

function RunningTrial() {
  const project = useProjectIfAny();
  const running = useTrialProgress((store) =>
    project === null ? undefined : store.runningIn(project.folder),
  );
  if (project === null || running === undefined) return null;
  const { done, expected, rate, etaSeconds, failed } = running.progress;
  return (
    <Link href={projectPath(project.folder, 'trials', running.progress.trial)} className={classes.link ?? ''}>
      {running.progress.phase ?? 'trial'}: {formatCount(done)} of {formatCount(expected)}
      {failed > 0 && `, ${formatCount(failed)} failed`}
      {rate !== null && ` · ${formatCount(Math.round(rate))}/s`}
      {etaSeconds !== null && ` · ${formatDuration(etaSeconds)} left`}
    </Link>
  );
}
