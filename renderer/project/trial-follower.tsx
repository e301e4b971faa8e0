import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { notifyTrouble } from '#renderer/components/notify.tsx';
import { useClient, useConnectionStatus } from '#renderer/engine/engine-provider.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import { projectKey, useProject } from '#renderer/project/project-context.tsx';
import { trialKey, recordsOf, useTrials } from '#renderer/project/use-trials.ts';
import { isUnderWay, useTrialProgress } from '#renderer/stores/trial-progress.ts';

/** How long a broken stream is left alone. */
const AGAIN_MS = 400;

/**
 * Follows every trial of the open project that runs, for as long as the project is open, whatever screen is shown.
 * A trial that was running when the engine crashed goes on from its last batch as soon as the engine is back.
 */
export function TrialFollower() {
  const { folder } = useProject();
  const refresh = useRefresh(folder);
  const open = useConnectionStatus().state === 'open';
  const wasOpen = useRef(open);
  const records = recordsOf(useTrials().data);
  useEffect(() => {
    if (open && !wasOpen.current) void refresh();
    wasOpen.current = open;
  }, [open, refresh]);
  useGoOn(folder, refresh);
  useEnded(folder);
  return records
    .filter(({ status }) => status === 'running')
    .map(({ id }) => <Follow key={`${folder} ${id}`} folder={folder} trial={id} onEnd={refresh} />);
}

interface FollowProps {
  readonly folder: string;
  readonly trial: string;
  readonly onEnd: (trial: string) => Promise<void>;
}

function Follow({ folder, trial, onEnd }: FollowProps) {
  const client = useClient();
  const open = useConnectionStatus().state === 'open';
  const [attempt, again] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (!open) return;
    const stop = new AbortController();
    const follow = async (): Promise<void> => {
      const { note } = useTrialProgress.getState();
      const stream = await client.trials.watch({ project: folder, trial }, { signal: stop.signal });
      for await (const progress of stream) {
        // An engine that was started anew says "interrupted", without a reason, of what ran in the one before.
        if (progress.status !== 'interrupted' || progress.note !== null) note(folder, progress);
      }
    };
    const broken = async (error: unknown): Promise<void> => {
      if (!stop.signal.aborted && toTrouble(error).kind === 'bug') notifyTrouble(error);
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    };
    const followAndGoOn = async (): Promise<void> => {
      await follow().catch(broken);
      if (stop.signal.aborted) return;
      // Where it still runs, the stream broke: begin anew.
      await onEnd(trial);
      again();
    };
    void followAndGoOn();
    return () => stop.abort();
  }, [client, folder, trial, open, onEnd, attempt]);
  return null;
}

function useRefresh(folder: string): (trial?: string) => Promise<void> {
  const queries = useQueryClient();
  return useCallback(
    async (trial?: string) => {
      const keys = [
        projectKey(folder, 'trials'),
        projectKey(folder, 'overview'),
        ...(trial === undefined ? [] : [trialKey(folder, trial)]),
      ];
      await Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
    [queries, folder],
  );
}

/** A list that comes before the last word of a stream ends the stream: then it has that word. */
function useEnded(folder: string): void {
  const { data } = useTrials();
  useEffect(() => {
    const { ended } = useTrialProgress.getState();
    for (const record of recordsOf(data)) {
      // What the engine left behind goes on by itself.
      if (record.status !== 'interrupted') ended(folder, record);
    }
  }, [data, folder]);
}

/** Resumes what this page saw running and the engine left behind. Not twice from the same place: that would not end. */
function useGoOn(folder: string, refresh: () => Promise<void>): void {
  const client = useClient();
  const { data } = useTrials();
  const resumedAt = useRef(new Map<string, number>());
  useEffect(() => {
    const { trials, note } = useTrialProgress.getState();
    for (const { id, status, fault } of recordsOf(data)) {
      const seen = trials[id];
      if (status !== 'interrupted' || fault !== null || seen === undefined || !isUnderWay(seen.progress))
        continue;
      const { progress } = seen;
      const left = { ...progress, status: 'interrupted', rate: null, etaSeconds: null } as const;
      if (resumedAt.current.get(id) === progress.done) {
        note(folder, { ...left, note: 'The engine stopped twice at this place.' });
        continue;
      }
      resumedAt.current.set(id, progress.done);
      note(folder, { ...left, note: 'The engine stopped; going on from the last batch.' });
      client.trials
        .resume({ project: folder, trial: id })
        .catch((error: unknown) => {
          if (toTrouble(error).kind !== 'project-busy') notifyTrouble(error);
        })
        .finally(() => void refresh());
    }
  }, [client, data, folder, refresh]);
}
