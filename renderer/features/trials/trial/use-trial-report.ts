import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Progress } from '#contract/trials.ts';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { useProject } from '#renderer/project/project-context.tsx';
import { trialKey } from '#renderer/project/use-trials.ts';
import { usePreferences } from '#renderer/stores/preferences.ts';

const AT_MOST_EVERY_MS = 1_000;

/** The report of a trial, read again as users are done. */
export function useTrialReport(trial: string, progress: Progress | undefined) {
  const client = useClient();
  const { folder } = useProject();
  const personalData = usePreferences((preferences) => preferences.personalData);
  const report = useQuery({
    queryKey: trialKey(folder, trial, 'report', personalData),
    queryFn: ({ signal }) => client.trials.report({ project: folder, trial, personalData }, { signal }),
    placeholderData: keepPreviousData,
  });
  const { data, dataUpdatedAt, isFetching, refetch } = report;
  const known = data?.counts.find(({ phase }) => phase === progress?.phase)?.done ?? Infinity;
  const behind = progress !== undefined && known < progress.done && !isFetching;
  useEffect(() => {
    if (!behind) return;
    const wait = Math.max(0, dataUpdatedAt + AT_MOST_EVERY_MS - Date.now());
    const timer = setTimeout(() => void refetch(), wait);
    return () => clearTimeout(timer);
  }, [behind, dataUpdatedAt, refetch]);
  return report;
}
