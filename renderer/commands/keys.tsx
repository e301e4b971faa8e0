import { Group, Kbd } from '@mantine/core';
import { keysOf } from '#renderer/commands/shortcut.ts';

/** A shortcut as keys. */
export function Keys({ shortcut }: { readonly shortcut: string }) {
  return (
    <Group gap={3} wrap="nowrap" component="span" display="inline-flex">
      {keysOf(shortcut).map((key) => (
        <Kbd key={key} size="xs">
          {key}
        </Kbd>
      ))}
    </Group>
  );
}
