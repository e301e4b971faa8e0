import { useMutation, useQuery } from '@tanstack/react-query';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { folderName } from '#renderer/files/folder-name.ts';
import { joinPath } from '#renderer/files/join-path.ts';
import { connectionOf } from '#renderer/setup/connection-draft.ts';
import { useWizard } from '#renderer/stores/wizard.ts';

const SECRET = 'DB_PASSWORD';

/** Tests the connection of the draft, and makes the project with it. */
export function useConnect(password: string, onDone: () => void) {
  const client = useClient();
  const { draft, project, set, ...wizard } = useWizard();
  const home = useQuery({
    queryKey: ['browse', ''],
    queryFn: () => client.files.browse({}),
    staleTime: Infinity,
  });
  const parent = wizard.parent === '' ? (home.data?.folder ?? '') : wizard.parent;
  const name = wizard.name.trim();

  const test = useMutation({
    mutationFn: async () => {
      const checked = connectionOf(draft);
      if ('errors' in checked) throw new Error(Object.values(checked.errors).join('; '));
      const given = password === '' ? {} : { password };
      const source = {
        kind: 'connection',
        folder: parent,
        connection: checked.connection,
        ...given,
      } as const;
      return client.legacy.test({ source });
    },
  });

  const create = useMutation({
    mutationFn: async () => {
      await test.mutateAsync();
      const folder = project ?? joinPath(parent, folderName(name));
      if (project === null) {
        const from = draft.engine === 'ndjson' ? 'csv' : draft.engine;
        await client.projects.init({ folder, from, name });
        set({ project: folder });
      }
      const reference = password === '' ? undefined : `\${secret:${SECRET}}`;
      const checked = connectionOf(draft, reference);
      if ('errors' in checked) throw new Error(Object.values(checked.errors).join('; '));
      await client.settings.change({
        project: folder,
        changes: [{ path: ['legacy'], to: checked.connection as never }],
      });
      if (password !== '') await client.secrets.keep({ project: folder, name: SECRET, value: password });
      return folder;
    },
    onSuccess: onDone,
  });
  return { parent, name, test, create };
}
