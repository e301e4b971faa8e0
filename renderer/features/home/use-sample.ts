import { useMutation } from '@tanstack/react-query';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { joinPath } from '#renderer/files/join-path.ts';

const FOLDER = 'userferry-sample';

/** Opens the sample project in the home folder; makes it where it is not there yet. Gives its folder. */
export function useSample(onReady: (folder: string) => void) {
  const client = useClient();
  return useMutation({
    mutationFn: async () => {
      const home = await client.files.browse({});
      const there = home.entries.find((entry) => entry.name === FOLDER);
      const folder = joinPath(home.folder, FOLDER);
      if (there?.kind !== 'project') await client.projects.init({ folder, from: 'sample', name: 'Sample' });
      return folder;
    },
    onSuccess: onReady,
  });
}
