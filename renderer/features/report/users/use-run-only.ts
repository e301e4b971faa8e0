import { useLocation } from 'wouter';
import type { TrialRecord } from '#contract/trial-record.ts';
import { notifyTrouble } from '#renderer/components/notify.tsx';
import type { useUsers } from '#renderer/features/report/users/use-users.ts';
import { useProject } from '#renderer/project/project-context.tsx';
import { projectPath } from '#renderer/project/routes.ts';
import { runFileJob, useFileJobs } from '#renderer/stores/file-jobs.ts';
import { type Key, useTrialSetups } from '#renderer/stores/trial-setup.ts';

/** More keys than that are better told by a condition. */
const MOST = 5_000;

/** Sets up the next trial with the users of the list, and nobody else. */
export function useRunOnly(users: ReturnType<typeof useUsers>, { id: trial, options }: TrialRecord) {
  const { folder } = useProject();
  const [, navigate] = useLocation();
  const { total } = users;
  const can = total !== null && total > 0 && total <= MOST;
  const id = `only ${trial}`;
  const job = useFileJobs(({ jobs }) => jobs[id]);
  const run = (): void => {
    const work = runFileJob(id, 'users of the next trial', async (signal, report) => {
      const only: Key[] = [];
      for await (const event of await users.every('keys', signal)) {
        if (event.type === 'keys') only.push(...event.keys);
        if (event.type === 'reading') report(event.done, event.expected);
      }
      const { kind, depth, order, lazyDays } = options;
      useTrialSetups.getState().change(folder, { kind, depth, order, lazyDays, who: 'only', only });
      navigate(`~${projectPath(folder, 'trials', 'new')}`);
    });
    void work.catch(notifyTrouble);
  };
  return { can, job, run };
}
