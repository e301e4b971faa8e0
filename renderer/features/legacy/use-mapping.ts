import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { notifyDone, notifyTrouble, notifyUndo } from '#renderer/components/notify.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { projectKey, useProject } from '#renderer/project/project-context.tsx';
import type { Fields } from '#renderer/setup/mapping-editor.tsx';
import { useDrafts } from '#renderer/stores/drafts.ts';

/** The mapping as it is edited: kept as a draft until it is saved, and every step can be taken back. */
export function useMapping() {
  const client = useClient();
  const queries = useQueryClient();
  const { folder } = useProject();
  const draftKey = `mapping:${folder}`;
  const draft = useDrafts((drafts) => drafts.texts[draftKey]);
  const { keep, drop } = useDrafts.getState();
  const abort = useRef<AbortController | null>(null);
  const settings = useQuery({
    queryKey: projectKey(folder, 'settings'),
    queryFn: ({ signal }) => client.settings.read({ project: folder }, { signal }),
  });
  const saved = settings.data?.settings?.fields ?? null;
  // The same object for the same text: the preview waits for a mapping that stays as it is.
  const fields = useMemo(() => (draft === undefined ? saved : (JSON.parse(draft) as Fields)), [draft, saved]);

  const edit = (changed: Fields): void => {
    if (sameFields(changed, saved)) drop(draftKey);
    else keep(draftKey, JSON.stringify(changed));
  };
  const put = async (wanted: Fields): Promise<void> => {
    await client.settings.change({ project: folder, changes: [{ path: ['fields'], to: wanted as never }] });
    await queries.invalidateQueries({ queryKey: projectKey(folder) });
  };
  const save = useMutation({
    mutationFn: async (wanted: Fields) => {
      const before = saved;
      await put(wanted);
      return before;
    },
    onSuccess: (before) => {
      drop(draftKey);
      notifyUndo('The mapping is saved.', () => {
        if (before !== null) void put(before).catch(notifyTrouble);
      });
    },
  });
  const propose = useMutation({
    mutationFn: () => {
      abort.current = new AbortController();
      const source = { kind: 'project', project: folder } as const;
      return client.legacy.inspect({ source, force: true }, { signal: abort.current.signal });
    },
    onSuccess: ({ proposal }) => {
      const before = draft;
      const proposed = { ...fields, ...proposedFields(proposal.fields) };
      if (sameFields(proposed, fields)) return notifyDone('The proposal is what stands here already.');
      edit(proposed);
      notifyUndo('The mapping is the proposed one now, not saved yet.', () =>
        before === undefined ? drop(draftKey) : keep(draftKey, before),
      );
    },
  });
  const dirty = draft !== undefined && !sameFields(fields, saved);
  return {
    settings,
    fields,
    edit,
    dirty,
    canSave: dirty && fields?.id !== undefined && !save.isPending,
    saving: save.isPending,
    proposing: propose.isPending,
    error: save.error ?? propose.error,
    save: (): void => {
      if (fields !== null) save.mutate(fields);
    },
    propose: (): void => propose.mutate(),
    cancelProposal: (): void => abort.current?.abort(),
    revert: (): void => {
      const before = draft;
      drop(draftKey);
      save.reset();
      if (before !== undefined)
        notifyUndo('The mapping is as it is saved again.', () => keep(draftKey, before));
    },
  };
}

/** Alike whatever the order in which the attributes stand. */
function sameFields(a: Fields | null, b: Fields | null): boolean {
  const sorted = (fields: Fields | null): string =>
    JSON.stringify(Object.entries(fields ?? {}).toSorted(([x], [y]) => (x < y ? -1 : 1)));
  return sorted(a) === sorted(b);
}

function proposedFields(
  proposal: readonly { readonly attribute: string; readonly column: string }[],
): Fields {
  const byAttribute = Object.groupBy(proposal, (field) => field.attribute);
  const entries = Object.entries(byAttribute).map(([name, members]) => {
    const columns = (members ?? []).map((member) => member.column);
    return [name, columns.length === 1 ? columns[0] : columns] as const;
  });
  return Object.fromEntries(entries);
}
