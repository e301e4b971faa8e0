import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ScriptFile } from '#contract/scripts.ts';
import { notifyDone, notifyUndo } from '#renderer/components/notify.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { endsOf, withEnds } from '#renderer/features/scripts/line-ends.ts';
import { projectKey, useProject } from '#renderer/project/project-context.tsx';
import { scriptDraftKey, useDrafts } from '#renderer/stores/drafts.ts';
import type { Slot } from '#renderer/stores/tries.ts';

/**
 * The script of a slot: what is on disk, what is typed, and saving it. A draft remembers which file it began on, so
 * that saving never covers what somebody else wrote since, be it a week and three restarts ago.
 */
export function useScript(slot: Slot) {
  const client = useClient();
  const queries = useQueryClient();
  const { folder } = useProject();
  const queryKey = projectKey(folder, 'script', slot);
  const draftKey = scriptDraftKey(folder, slot);
  const baseKey = `${draftKey}:base`;
  const draft = useDrafts((drafts) => drafts.texts[draftKey]);
  const base = useDrafts((drafts) => drafts.texts[baseKey]);
  const { keep, drop } = useDrafts.getState();
  const file = useQuery({
    queryKey,
    queryFn: ({ signal }) => client.scripts.read({ project: folder, slot }, { signal }),
    // Another editor may have been at it while this window was in the back.
    refetchOnWindowFocus: 'always',
  });
  const disk = file.data?.text ?? null;
  const onDisk = disk === null ? null : withEnds(disk, '\n');
  const checksum = file.data?.checksum ?? '';
  const text = draft ?? onDisk ?? '';
  const forget = (): void => {
    drop(draftKey);
    drop(baseKey);
  };
  const type = (typed: string, on: string): void => {
    if (typed === (onDisk ?? '')) return forget();
    if (useDrafts.getState().texts[draftKey] === undefined) keep(baseKey, on);
    keep(draftKey, typed);
  };

  const save = useMutation({
    mutationFn: async ({ typed, over }: { readonly typed: string; readonly over: boolean }) => {
      const current = over ? await client.scripts.read({ project: folder, slot }) : null;
      const known = current === null ? (base ?? checksum) : (current.checksum ?? '');
      return client.scripts.save({
        project: folder,
        slot,
        text: withEnds(typed, endsOf(disk ?? '')),
        checksum: known === '' ? null : known,
      });
    },
    onSuccess: async (saved: ScriptFile, { typed }) => {
      if (useDrafts.getState().texts[draftKey] === typed) forget();
      else keep(baseKey, saved.checksum ?? '');
      queries.setQueryData(queryKey, saved);
      notifyDone(`${slot} is saved.`);
      await queries.invalidateQueries({ queryKey: projectKey(folder, 'overview') });
    },
    onError: () => file.refetch(),
  });

  const dirty = draft !== undefined && draft !== onDisk;
  return {
    file,
    text,
    dirty,
    saving: save.isPending,
    saveError: save.error,
    /** The file is another one than the draft began on. */
    movedOn: dirty && file.isSuccess && base !== undefined && base !== checksum,
    edit: (typed: string): void => type(typed, checksum),
    save: (): void => {
      if (draft !== undefined) save.mutate({ typed: draft, over: false });
    },
    /** Saves over what somebody else wrote meanwhile. */
    overwrite: (): void => save.mutate({ typed: text, over: true }),
    revert: (): void => {
      const [typed, on] = [text, base ?? checksum];
      forget();
      save.reset();
      void file.refetch();
      notifyUndo(`${slot} is as it is on disk again.`, () => {
        keep(baseKey, on);
        keep(draftKey, typed);
      });
    },
    /** Puts another text in its place; it is typed, not saved, and can be taken back. */
    replace: (other: string, what: string): void => {
      const [typed, on] = [text, base ?? checksum];
      type(withEnds(other, '\n'), on);
      notifyUndo(what, () => type(typed, on));
    },
  };
}
