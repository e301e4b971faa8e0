import { Group, Stack, Text, Title } from '@mantine/core';
import type { ComponentType, ReactNode } from 'react';
import classes from '#renderer/components/state.module.css';

interface EmptyStateProps {
  readonly icon: ComponentType<{
    size?: number;
    stroke?: number;
    color?: string;
    'aria-hidden'?: boolean;
  }>;
  readonly title: string;
  /** What will be here, and the next step. */
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

/** A screen or panel with nothing to show yet. */
export function EmptyState({ icon: Icon, title, children, actions }: EmptyStateProps) {
  return (
    <Stack className={classes.state ?? ''} gap="xs" align="center">
      <Icon size={32} stroke={1.4} color="var(--mantine-color-dimmed)" aria-hidden />
      <Title order={2}>{title}</Title>
      <Text size="sm" c="dimmed" className={classes.words} component="div">
        {children}
      </Text>
      {actions !== undefined && (
        <Group gap="xs" mt="xs" justify="center">
          {actions}
        </Group>
      )}
    </Stack>
  );
}
