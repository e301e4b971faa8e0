import { useMutation, useQueryClient } from '@tanstack/react-query';
import { confirm } from '#renderer/components/confirm.tsx';
import { notifyDone, notifyTrouble } from '#renderer/components/notify.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { projectKey, useProject } from '#renderer/project/project-context.tsx';
import { trialKey } from '#renderer/project/use-trials.ts';
import { useTrialProgress } from '#renderer/stores/trial-progress.ts';

/** What can be done with trials. Each refreshes what is shown of them. */
export function useTrialWork() {
  const client = useClient();
  const queries = useQueryClient();
  const { folder: project } = useProject();
  const refresh = async (trial: string): Promise<void> => {
    const keys = [projectKey(project, 'trials'), projectKey(project, 'overview'), trialKey(project, trial)];
    await Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey })));
  };
  const settled = {
    onError: notifyTrouble,
    onSettled: (_: unknown, __: unknown, trial: string) => refresh(trial),
  };
  const pause = useMutation({
    mutationFn: (trial: string) => client.trials.pause({ project, trial }),
    ...settled,
  });
  const cancel = useMutation({
    mutationFn: (trial: string) => client.trials.cancel({ project, trial }),
    ...settled,
  });
  const resume = useMutation({
    mutationFn: (trial: string) => client.trials.resume({ project, trial }),
    onSuccess: (record) => useTrialProgress.getState().begun(project, record),
    ...settled,
  });
  const remove = useMutation({
    mutationFn: (trial: string) => client.trials.remove({ project, trial }),
    onSuccess: (_, trial) => {
      useTrialProgress.getState().forget(trial);
      queries.removeQueries({ queryKey: trialKey(project, trial) });
      notifyDone(`Trial ${trial} is deleted.`);
    },
    onError: notifyTrouble,
    onSettled: async () => queries.invalidateQueries({ queryKey: projectKey(project, 'trials') }),
  });
  /** Asks first. `done` is called once it is gone. */
  const askToRemove = async (trial: string, done?: () => void): Promise<void> => {
    const yes = await confirm({
      title: 'Delete this trial?',
      body: `Trial ${trial} goes for good: its outcomes, its report, its import files and its list of rejects. Scripts, settings and the legacy database stay as they are.`,
      action: 'Delete the trial',
    });
    if (yes) remove.mutate(trial, { onSuccess: () => done?.() });
  };
  return { pause, cancel, resume, askToRemove, removing: remove.isPending };
}
