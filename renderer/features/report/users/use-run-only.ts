import { useMutation } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { TrialRecord } from '#contract/trial-record.ts';
import { notifyTrouble } from '#renderer/components/notify.tsx';
import { everyUser } from '#renderer/features/report/users/every-user.ts';
import type { useUsers } from '#renderer/features/report/users/use-users.ts';
import { useProject } from '#renderer/project/project-context.tsx';
import { projectPath } from '#renderer/project/routes.ts';
import { useTrialSetups } from '#renderer/stores/trial-setup.ts';

/** More keys than that are better told by a condition. */
const MOST = 5_000;

/** Sets up the next trial with the users of the list, and nobody else. */
export function useRunOnly(users: ReturnType<typeof useUsers>, { options }: TrialRecord) {
  const { folder } = useProject();
  const [, navigate] = useLocation();
  const { total } = users;
  const can = total !== null && total > 0 && total <= MOST;
  const work = useMutation({
    mutationFn: async () => {
      const only: (readonly (string | number)[])[] = [];
      for await (const page of everyUser(users.read, new AbortController().signal)) {
        only.push(...page.map(({ key }) => key));
      }
      const { kind, depth, order, lazyDays } = options;
      useTrialSetups.getState().change(folder, { kind, depth, order, lazyDays, who: 'only', only });
      navigate(`~${projectPath(folder, 'trials', 'new')}`);
    },
    onError: notifyTrouble,
  });
  return { can, busy: work.isPending, run: () => work.mutate() };
}
