import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ProjectSettings } from '#contract/project-settings.ts';
import { notifyTrouble, notifyUndo } from '#renderer/components/notify.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { projectKey, useProject } from '#renderer/project/project-context.tsx';
import { useDrafts } from '#renderer/stores/drafts.ts';
import { usePreferences } from '#renderer/stores/preferences.ts';

type Users = ProjectSettings['users'];

/** The users query as it is typed: a table with or without a condition, or a SELECT. */
export interface QueryDraft {
  readonly from: 'table' | 'query';
  readonly table: string;
  readonly where: string;
  readonly query: string;
  readonly key: readonly string[];
}

const SHOWN = 20;

export function queryDraftOf({ table, query, where, key }: Users): QueryDraft {
  return {
    from: query === undefined ? 'table' : 'query',
    table: table ?? '',
    where: where ?? '',
    query: query ?? '',
    key,
  };
}

/** The setting that a draft means; null while something is missing. */
export function usersOf({ from, table, where, query, key }: QueryDraft): Users | null {
  const named = from === 'table' ? table.trim() : query.trim();
  if (named === '' || key.length === 0) return null;
  if (from === 'query') return { query: named, key: [...key] };
  const condition = where.trim();
  return { table: named, key: [...key], ...(condition === '' ? {} : { where: condition }) };
}

/** The users query as it is edited: kept as a draft until it is saved; tried without saving anything. */
export function useUsersQuery() {
  const client = useClient();
  const queries = useQueryClient();
  const { folder } = useProject();
  const personalData = usePreferences((preferences) => preferences.personalData);
  const draftKey = `users-query:${folder}`;
  const typed = useDrafts((drafts) => drafts.texts[draftKey]);
  const { keep, drop } = useDrafts.getState();
  const settings = useQuery({
    queryKey: projectKey(folder, 'settings'),
    queryFn: ({ signal }) => client.settings.read({ project: folder }, { signal }),
  });
  const saved = settings.data?.settings?.users ?? null;
  const draft = typed === undefined ? null : (JSON.parse(typed) as QueryDraft);
  const shown = draft ?? (saved === null ? null : queryDraftOf(saved));
  const users = shown === null ? null : usersOf(shown);
  const dirty = draft !== null && saved !== null && JSON.stringify(users) !== JSON.stringify(saved);
  const tryKey = projectKey(folder, 'users-query-try');
  const trial = useQuery({
    queryKey: tryKey,
    queryFn: ({ signal }) =>
      client.legacy.preview(
        { project: folder, draft: users === null ? {} : { users }, limit: SHOWN, personalData },
        { signal },
      ),
    enabled: false,
    retry: false,
    staleTime: Infinity,
  });
  const put = async (wanted: Users): Promise<void> => {
    await client.settings.change({ project: folder, changes: [{ path: ['users'], to: wanted as never }] });
    await queries.invalidateQueries({ queryKey: projectKey(folder) });
  };
  const save = useMutation({
    mutationFn: async (wanted: Users) => {
      const before = saved;
      await put(wanted);
      return before;
    },
    onSuccess: (before) => {
      drop(draftKey);
      notifyUndo('The users query is saved.', () => {
        if (before !== null) void put(before).catch(notifyTrouble);
      });
    },
  });
  return {
    settings,
    draft: shown,
    dirty,
    complete: users !== null,
    saving: save.isPending,
    error: save.error,
    trial,
    edit: (change: Partial<QueryDraft>): void => {
      if (shown !== null) keep(draftKey, JSON.stringify({ ...shown, ...change }));
    },
    try: (): void => void trial.refetch(),
    cancelTry: (): void => void queries.cancelQueries({ queryKey: tryKey }),
    save: (): void => {
      if (users !== null) save.mutate(users);
    },
    revert: (): void => {
      const before = typed;
      drop(draftKey);
      save.reset();
      if (before !== undefined)
        notifyUndo('The users query is as it is saved again.', () => keep(draftKey, before));
    },
  };
}
