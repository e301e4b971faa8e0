import { useQuery } from '@tanstack/react-query';
import type { TrialRecord } from '#contract/trial-record.ts';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { projectKey, useProject } from '#renderer/project/project-context.tsx';

/** Everything cached about one trial besides its place in the list. */
export function trialKey(folder: string, trial: string, ...parts: readonly unknown[]): readonly unknown[] {
  return projectKey(folder, 'trial', trial, ...parts);
}

/** All trials of the open project, newest first. */
export function useTrials() {
  const client = useClient();
  const { folder } = useProject();
  return useQuery({
    queryKey: projectKey(folder, 'trials'),
    queryFn: ({ signal }) => client.trials.list({ project: folder }, { signal }),
  });
}

export type TrialItem = NonNullable<ReturnType<typeof useTrials>['data']>[number];

/** The records that can be read. */
export function recordsOf(items: readonly TrialItem[] | undefined): readonly TrialRecord[] {
  return (items ?? []).flatMap((item) => (item.kind === 'trial' ? [item.record] : []));
}
