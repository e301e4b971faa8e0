import { Button, Code, Group, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from '#renderer/components/state.module.css';
import { CopyButton } from '#renderer/components/copy-button.tsx';
import type { Trouble } from '#renderer/engine/trouble.ts';

interface TroubleStateProps {
  readonly trouble: Trouble;
  readonly onRetry?: (() => void) | undefined;
  /** Further ways out, such as "Open settings". */
  readonly actions?: ReactNode;
}

/** A part of the screen that could not be filled: what happened, where, and what to do. */
export function TroubleState({ trouble, onRetry, actions }: TroubleStateProps) {
  return (
    <Stack className={classes.state} align="center" role="alert" gap="xs">
      <IconAlertTriangle size={28} stroke={1.6} color="var(--uf-failed)" aria-hidden />
      <Title order={2}>{trouble.title}</Title>
      <Text size="sm" className={classes.words}>
        {trouble.message}
      </Text>
      {trouble.where !== null && <Code>{trouble.where}</Code>}
      {trouble.help !== null && (
        <Text size="sm" c="dimmed" className={classes.words}>
          {trouble.help}
        </Text>
      )}
      <Group gap="xs" mt="xs" justify="center">
        {onRetry !== undefined && (
          <Button onClick={onRetry} variant="default">
            Try again
          </Button>
        )}
        {actions}
        <CopyButton label="Copy the error" text={textOf(trouble)} />
      </Group>
    </Stack>
  );
}

function textOf(trouble: Trouble): string {
  return [`${trouble.title} [${trouble.kind}]`, trouble.message, trouble.where, trouble.help]
    .filter((line) => line !== null)
    .join('\n');
}
