import { Anchor, Badge } from '@mantine/core';
import { Link } from 'wouter';
import { Facts } from '#renderer/components/facts.tsx';
import { Panel } from '#renderer/components/panel.tsx';
import { useProject } from '#renderer/project/project-context.tsx';
import { projectPath } from '#renderer/project/routes.ts';

const COLOURS = { red: 'red', amber: 'yellow', green: 'green', blue: 'blue', grey: 'gray' } as const;

/** What is in use now, and how much harm could be done with it. */
export function EnvironmentPanel() {
  const { folder, legacy } = useProject();
  if (legacy === null) return null;
  const { environment } = legacy;
  return (
    <Panel title="In use now">
      <Facts
        facts={[
          { name: 'Database', value: <span className="uf-mono">{legacy.description}</span> },
          { name: 'Users', value: <span className="uf-mono">{legacy.users}</span> },
          {
            name: 'Writing',
            value: legacy.readOnly
              ? 'The database itself keeps every session of Userferry from writing.'
              : 'Userferry never writes, but the database would allow it. Use an account that may only read.',
          },
          {
            name: 'Environment',
            value: (
              <>
                {environment === null ? (
                  'not named'
                ) : (
                  <Badge color={COLOURS[environment.colour]} variant="filled" autoContrast>
                    {environment.label}
                  </Badge>
                )}{' '}
                <Anchor component={Link} href={`~${projectPath(folder, 'settings', 'project')}`} size="xs">
                  {environment === null ? 'Name it' : 'Change it'}
                </Anchor>
              </>
            ),
          },
        ]}
      />
    </Panel>
  );
}
