import { Anchor, Radio, Text } from '@mantine/core';
import { Link } from 'wouter';
import { Panel } from '#renderer/components/panel.tsx';
import { DEPTHS } from '#renderer/components/trial-words.ts';
import { choiceOf } from '#renderer/features/trials/setup/choices.ts';
import classes from '#renderer/features/trials/setup/setup.module.css';
import type { SetupState } from '#renderer/features/trials/setup/use-setup.ts';
import { useProject } from '#renderer/project/project-context.tsx';
import { projectPath } from '#renderer/project/routes.ts';

const ORDER = ['profiles', 'formats', 'assumed', 'proven'] as const;

export function DepthPanel({ setup, change }: SetupState) {
  const { folder } = useProject();
  return (
    <Panel title="How deep" lead="Each depth runs what the ones before it run, and proves more.">
      <Radio.Group
        value={setup.depth}
        onChange={(value) => change({ depth: choiceOf(value, ORDER, setup.depth) })}
        aria-label="Depth"
      >
        <div className={classes.rows}>
          {ORDER.map((depth) => (
            <Radio.Card key={depth} value={depth} className={classes.row ?? ''}>
              <span className={classes.title}>
                <Radio.Indicator size="xs" />
                {DEPTHS[depth].title}
              </span>
              <span className={classes.words}>
                <Text size="xs" span>
                  {DEPTHS[depth].proves}
                </Text>
                <Text size="xs" c="dimmed" span>
                  {DEPTHS[depth].leaves}
                </Text>
              </span>
            </Radio.Card>
          ))}
        </div>
      </Radio.Group>
      {setup.depth === 'proven' && (
        <Text size="xs" c="dimmed" mt="sm">
          Known passwords come from the project’s credentials file, which{' '}
          <Anchor component={Link} size="xs" underline="always" href={`~${projectPath(folder, 'settings')}`}>
            Settings
          </Anchor>{' '}
          names.
        </Text>
      )}
    </Panel>
  );
}
