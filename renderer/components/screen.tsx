import { Group, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import classes from '#renderer/components/screen.module.css';

interface ScreenProps {
  readonly title: string;
  /** One sentence: what this screen answers. */
  readonly lead?: ReactNode;
  /** Buttons at the right of the title. */
  readonly actions?: ReactNode;
  /** Under the title, above the content: tabs, filters. */
  readonly toolbar?: ReactNode;
  /** `page` scrolls as one; `workbench` fills the window and scrolls in its parts. */
  readonly layout?: 'page' | 'workbench';
  readonly children: ReactNode;
}

/** The frame of every screen: title, what it answers, what can be done, then the content. */
export function Screen({ title, lead, actions, toolbar, layout = 'page', children }: ScreenProps) {
  useDocumentTitle(`${title} – Userferry`);
  return (
    <section className={classes.screen} aria-labelledby="screen-title">
      <header className={classes.head} data-layout={layout}>
        <Group justify="space-between" wrap="nowrap" gap="lg" align="flex-start">
          <div className={classes.words}>
            <Title order={1} id="screen-title">
              {title}
            </Title>
            {lead !== undefined && (
              <Text size="sm" c="dimmed" mt={2} component="div">
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
        {toolbar !== undefined && <div className={classes.toolbar}>{toolbar}</div>}
      </header>
      <div className={layout === 'page' ? classes.page : classes.workbench}>
        {layout === 'page' ? <div className={classes.column}>{children}</div> : children}
      </div>
    </section>
  );
}
