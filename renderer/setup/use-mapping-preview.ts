import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ProjectSettings } from '#contract/project-settings.ts';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { projectKey } from '#renderer/project/project-context.tsx';
import type { Fields } from '#renderer/setup/mapping-editor.tsx';
import { usePreferences } from '#renderer/stores/preferences.ts';

const SAMPLES = 12;

/** What some rows become under a mapping that is being edited; the last answer stays while the next one comes. */
export function useMappingPreview(project: string, fields: Fields | null, users?: ProjectSettings['users']) {
  const client = useClient();
  const personalData = usePreferences((preferences) => preferences.personalData);
  const [settled] = useDebouncedValue(fields, 250);
  return useQuery({
    queryKey: projectKey(project, 'preview', settled, users, personalData),
    queryFn: ({ signal }) => {
      const { id, ...rest } = settled ?? {};
      const mapped = id === undefined ? {} : { fields: { id, ...rest } };
      const draft = { ...mapped, ...(users === undefined ? {} : { users }) };
      return client.legacy.preview({ project, draft, limit: SAMPLES, personalData }, { signal });
    },
    enabled: settled?.id !== undefined,
    placeholderData: keepPreviousData,
  });
}
