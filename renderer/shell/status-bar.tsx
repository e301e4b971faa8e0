import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { formatCount, formatDuration, formatShare } from '#renderer/components/format.ts';
import { useClient, useConnectionStatus } from '#renderer/engine/engine-provider.tsx';
import { useProjectIfAny } from '#renderer/project/project-context.tsx';
import { projectPath } from '#renderer/project/routes.ts';
import classes from '#renderer/shell/status-bar.module.css';
import { useFileJobs } from '#renderer/stores/file-jobs.ts';
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
      <FileJobsUnderWay />
      {versions.data !== undefined && (
        <span>
          Userferry {versions.data.userferry} · scripts on Node {versions.data.scriptRuntime}
        </span>
      )}
    </footer>
  );
}

/** Files that are being written while other screens are looked at. */
function FileJobsUnderWay() {
  const jobs = useFileJobs((store) => store.jobs);
  return Object.entries(jobs).map(([id, { title, done, expected, stop }]) => (
    <span key={id} className={classes.job}>
      {title}: {expected === 0 ? formatCount(done) : formatShare(done, expected)}
      <button type="button" className={classes.link} aria-label={`Cancel: ${title}`} onClick={stop}>
        Cancel
      </button>
    </span>
  ));
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
