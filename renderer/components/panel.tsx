import { Group, Paper, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from '#renderer/components/panel.module.css';

interface PanelProps {
  readonly title: string;
  readonly lead?: ReactNode | undefined;
  readonly actions?: ReactNode;
  /** Content goes to the edges: tables, grids, lists. */
  readonly flush?: boolean;
  readonly children: ReactNode;
}

/** A titled box. */
export function Panel({ title, lead, actions, flush = false, children }: PanelProps) {
  const id = useId();
  return (
    <Paper component="section" aria-labelledby={id} className={classes.panel ?? ''}>
      <Group justify="space-between" wrap="nowrap" className={classes.head ?? ''}>
        <div>
          <Title order={2} id={id} className={classes.title ?? ''}>
            {title}
          </Title>
          {lead !== undefined && (
            <Text size="xs" c="dimmed" component="div">
              {lead}
            </Text>
          )}
        </div>
        {actions !== undefined && (
          <Group gap="xs" wrap="nowrap">
            {actions}
          </Group>
        )}
      </Group>
      <div className={flush ? classes.flush : classes.body}>{children}</div>
    </Paper>
  );
}
