import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { notifyTrouble, notifyUndo } from '#renderer/components/notify.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import type { Assumption } from '#renderer/features/assumptions/assumption-card.tsx';
import { projectKey, useProject } from '#renderer/project/project-context.tsx';

/** What the project's settings say, by name; what they do not say is at its default. */
export function useAssumptionValues() {
  const client = useClient();
  const queries = useQueryClient();
  const { folder } = useProject();
  const key = projectKey(folder, 'settings');
  const file = useQuery({ queryKey: key, queryFn: () => client.settings.read({ project: folder }) });
  const write = useMutation({
    mutationFn: ({ name, to }: { readonly name: string; readonly to: string | null }) =>
      client.settings.change({ project: folder, changes: [{ path: ['assumptions', name], to }] }),
    onSuccess: async (now) => {
      queries.setQueryData(key, now);
      // Costs, previews and checks follow the assumptions.
      await queries.invalidateQueries({ queryKey: projectKey(folder) });
    },
    onError: notifyTrouble,
  });
  // The choice shows at once; the file follows within milliseconds.
  const pending = write.isPending ? write.variables : null;
  const said = file.data?.settings?.assumptions;
  const values = said === undefined ? null : withPending(said, pending);
  const change = (assumption: Assumption, value: string): void => {
    const before = values?.[assumption.name] ?? null;
    const to = value === assumption.default ? null : value;
    write.mutate(
      { name: assumption.name, to },
      {
        onSuccess: () =>
          notifyUndo(`${assumption.name} is ${value} now.`, () =>
            write.mutate({ name: assumption.name, to: before }),
          ),
      },
    );
  };
  return { values, error: file.error, change };
}

interface Pending {
  readonly name: string;
  readonly to: string | null;
}

function withPending(
  said: Readonly<Record<string, string | boolean>>,
  pending: Pending | null,
): Readonly<Record<string, string>> {
  const values = Object.fromEntries(Object.entries(said).map(([name, value]) => [name, String(value)]));
  if (pending === null) return values;
  const { [pending.name]: _old, ...rest } = values;
  return pending.to === null ? rest : { ...rest, [pending.name]: pending.to };
}
