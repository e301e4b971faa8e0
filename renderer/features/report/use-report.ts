import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { useProject } from '#renderer/project/project-context.tsx';
import { trialKey } from '#renderer/project/use-trials.ts';
import { usePreferences } from '#renderer/stores/preferences.ts';
import { isUnderWay, useTrialProgress } from '#renderer/stores/trial-progress.ts';

const AGAIN_MS = 3_000;

/** The report of a trial; read again every few seconds while the trial runs. */
export function useReport(trial: string) {
  const client = useClient();
  const { folder } = useProject();
  const personalData = usePreferences((preferences) => preferences.personalData);
  const runs = useTrialProgress((store) => {
    const followed = store.trials[trial];
    return followed !== undefined && isUnderWay(followed.progress);
  });
  return useQuery({
    queryKey: trialKey(folder, trial, 'report', personalData),
    queryFn: ({ signal }) => client.trials.report({ project: folder, trial, personalData }, { signal }),
    refetchInterval: runs ? AGAIN_MS : false,
    placeholderData: keepPreviousData,
  });
}
