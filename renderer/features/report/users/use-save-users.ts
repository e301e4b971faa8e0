import { notifyTrouble } from '#renderer/components/notify.tsx';
import type { useUsers } from '#renderer/features/report/users/use-users.ts';
import { saveBlob } from '#renderer/files/save-text.ts';
import { TextParts } from '#renderer/files/text-parts.ts';
import { runFileJob, useFileJobs } from '#renderer/stores/file-jobs.ts';

/** Saves the list as a sheet: who, what became of them, which findings. Keys and ids only, no names. */
export function useSaveUsers(users: ReturnType<typeof useUsers>, trial: string) {
  const id = `users ${trial}`;
  const job = useFileJobs(({ jobs }) => jobs[id]);
  const save = (): void => {
    const name = `userferry-${trial}-users.csv`;
    const work = runFileJob(id, name, async (signal, report) => {
      const parts = new TextParts();
      for await (const event of await users.every('csv', signal)) {
        if (event.type === 'text') parts.add(event.text);
        if (event.type === 'reading') report(event.done, event.expected);
      }
      await saveBlob(name, parts.blob(), 'text/csv');
    });
    void work.catch(notifyTrouble);
  };
  return { job, save };
}
