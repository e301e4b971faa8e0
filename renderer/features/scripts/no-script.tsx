import { Button } from '@mantine/core';
import { IconCode } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { notifyDone, notifyTrouble } from '#renderer/components/notify.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import { withEnds } from '#renderer/features/scripts/line-ends.ts';
import { useProject } from '#renderer/project/project-context.tsx';
import type { Slot } from '#renderer/stores/tries.ts';

interface NoScriptProps {
  readonly slot: Slot;
  /** `database.json` names a file that is not there. */
  readonly missing: boolean;
  readonly onTemplate: () => void;
  readonly onWrite: (text: string) => void;
}

/** A slot without a script. */
export function NoScript({ slot, missing, onTemplate, onWrite }: NoScriptProps) {
  const client = useClient();
  const { folder } = useProject();
  const abort = useRef<AbortController | null>(null);
  const write = useMutation({
    mutationFn: () => {
      abort.current = new AbortController();
      return client.scripts.starter({ project: folder, slot }, { signal: abort.current.signal });
    },
    onSuccess: ({ title, text, fitted }) => {
      onWrite(withEnds(text, '\n'));
      notifyDone(
        fitted
          ? `From “${title}”, with the table and columns of this project.`
          : `From “${title}”, which fits this project’s database.`,
      );
    },
    onError: (error) => {
      if (toTrouble(error).kind !== 'cancelled') notifyTrouble(error);
    },
  });
  return (
    <EmptyState
      icon={IconCode}
      title={missing ? `The file of ${slot} is missing` : `The connection has no ${slot} script`}
      actions={
        <>
          <Button variant="default" onClick={onTemplate}>
            Choose a template
          </Button>
          {write.isPending ? (
            <Button variant="default" onClick={() => abort.current?.abort()}>
              Cancel
            </Button>
          ) : (
            <Button onClick={() => write.mutate()}>Write one for this database</Button>
          )}
        </>
      }
    >
      {missing && 'database.json names a file that is not there; saving makes it. '}
      {slot === 'login' || slot === 'get_user'
        ? 'Lazy migration needs login and get_user.'
        : 'It is needed only while the legacy store stays in charge of users (import off).'}
    </EmptyState>
  );
}
