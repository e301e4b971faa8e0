import { Text } from '@mantine/core';
import type { Trouble } from '#renderer/engine/trouble.ts';

/** What happened and, on a line of its own, how to go on; for an alert that has the title. */
export function TroubleText({ trouble }: { readonly trouble: Pick<Trouble, 'message' | 'help'> }) {
  return (
    <>
      <Text size="sm">{trouble.message}</Text>
      {trouble.help !== null && (
        <Text size="sm" mt={2}>
          {trouble.help}
        </Text>
      )}
    </>
  );
}
