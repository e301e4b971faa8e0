import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { notifyTrouble, notifyUndo } from '#renderer/components/notify.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { projectKey, useProject } from '#renderer/project/project-context.tsx';

export interface SettingEdit {
  readonly path: string[];
  /** Null takes the setting out. */
  readonly to: unknown;
}

/** The settings file of the open project, and single changes to it that can be taken back. */
export function useSettings() {
  const client = useClient();
  const queries = useQueryClient();
  const { folder } = useProject();
  const key = projectKey(folder, 'settings');
  const file = useQuery({ queryKey: key, queryFn: () => client.settings.read({ project: folder }) });
  const write = useMutation({
    mutationFn: (edit: SettingEdit) =>
      client.settings.change({ project: folder, changes: [{ path: edit.path, to: edit.to as never }] }),
    onSuccess: async (now) => {
      queries.setQueryData(key, now);
      await queries.invalidateQueries({ queryKey: projectKey(folder) });
    },
    onError: notifyTrouble,
  });
  const change = (what: string, edit: SettingEdit): void => {
    const before = valueAt(file.data?.settings, edit.path);
    if (JSON.stringify(before ?? null) === JSON.stringify(edit.to ?? null)) return;
    write.mutate(edit, {
      onSuccess: () =>
        notifyUndo(`${what} is changed.`, () => write.mutate({ path: edit.path, to: before ?? null })),
    });
  };
  return { file, change, busy: write.isPending };
}

function valueAt(settings: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined,
    settings,
  );
}
