import { useQuery } from '@tanstack/react-query';
import { useClient } from '#renderer/engine/engine-provider.tsx';

/** The sets of scripts, and putting one into the project's slots. */
export function useTemplates(project: string) {
  const client = useClient();
  const templates = useQuery({
    queryKey: ['templates'],
    queryFn: async () => (await client.scripts.templates({})).templates,
    staleTime: Infinity,
  });
  const apply = async (name: string): Promise<void> => {
    const set = templates.data?.find((template) => template.name === name);
    if (set === undefined) return;
    for (const slot of set.slots) {
      const [{ text }, now] = await Promise.all([
        client.scripts.template({ name, slot }),
        client.scripts.read({ project, slot }),
      ]);
      await client.scripts.save({ project, slot, text, checksum: now.checksum });
    }
  };
  return { templates, apply };
}
