import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { Panel } from '#renderer/components/panel.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import classes from '#renderer/features/trials/setup/setup.module.css';
import { projectKey, useProject } from '#renderer/project/project-context.tsx';
import { projectPath } from '#renderer/project/routes.ts';

/** The switches that this trial will go by. */
export function AssumptionsPanel() {
  const client = useClient();
  const { folder } = useProject();
  const file = useQuery({
    queryKey: projectKey(folder, 'settings'),
    queryFn: () => client.settings.read({ project: folder }),
  });
  const all = useQuery({
    queryKey: ['assumptions'],
    queryFn: () => client.reference.assumptions({}),
    staleTime: Infinity,
  });
  const said = file.data?.settings?.assumptions ?? {};
  const rows = (all.data ?? []).map((one) => {
    const value = String(said[one.name] ?? one.default);
    const effect = one.options.find((option) => option.value === value)?.effect ?? '';
    return { name: one.name, value, effect, changed: value !== one.default };
  });
  const changed = rows.filter((row) => row.changed);
  const defaults = rows.filter((row) => !row.changed);
  return (
    <Panel
      title="Assumptions in force"
      actions={
        <Anchor component={Link} href={`~${projectPath(folder, 'assumptions')}`} size="xs">
          Change
        </Anchor>
      }
    >
      {changed.length === 0 && rows.length > 0 && (
        <Text size="xs" c="dimmed">
          All {rows.length} are at their defaults.
        </Text>
      )}
      {changed.map((row) => (
        <Assumption key={row.name} {...row} />
      ))}
      {defaults.length > 0 && (
        <details className={classes.defaults}>
          <summary>
            {changed.length === 0 ? 'Show them' : `${defaults.length} more at their defaults`}
          </summary>
          {defaults.map((row) => (
            <Assumption key={row.name} {...row} />
          ))}
        </details>
      )}
    </Panel>
  );
}

interface AssumptionProps {
  readonly name: string;
  readonly value: string;
  readonly effect: string;
}

function Assumption({ name, value, effect }: AssumptionProps) {
  return (
    <div className={classes.assumption}>
      <Text size="xs" className="uf-mono">
        {name}: <b>{value}</b>
      </Text>
      <Text size="xs" c="dimmed">
        {effect}
      </Text>
    </div>
  );
}
