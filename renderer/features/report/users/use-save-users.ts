import { useMutation } from '@tanstack/react-query';
import { notifyTrouble } from '#renderer/components/notify.tsx';
import { everyUser } from '#renderer/features/report/users/every-user.ts';
import type { useUsers } from '#renderer/features/report/users/use-users.ts';
import { HEAD, rowOf } from '#renderer/features/report/users/users-csv.ts';
import { saveText } from '#renderer/files/save-text.ts';

/** Saves the list as a sheet: who, what became of them, which findings. Keys and ids only, no names. */
export function useSaveUsers(users: ReturnType<typeof useUsers>, trial: string) {
  const work = useMutation({
    mutationFn: async () => {
      const lines = [HEAD];
      for await (const page of everyUser(users.read, new AbortController().signal))
        lines.push(...page.map(rowOf));
      await saveText(`userferry-${trial}-users.csv`, lines.join(''), 'text/csv');
    },
    onError: notifyTrouble,
  });
  return { busy: work.isPending, save: () => work.mutate() };
}
