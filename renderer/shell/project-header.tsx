import { Badge, Group, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { IconLock, IconLockOpen2, IconSearch } from '@tabler/icons-react';
import { spotlight } from '@mantine/spotlight';
import type { LegacySummary } from '#contract/projects.ts';
import { Keys } from '#renderer/commands/keys.tsx';
import { useProjectIfAny } from '#renderer/project/project-context.tsx';
import { SchemeSwitch } from '#renderer/shell/scheme-switch.tsx';
import classes from '#renderer/shell/project-header.module.css';

const COLOURS = { red: 'red', amber: 'yellow', green: 'green', blue: 'blue', grey: 'gray' } as const;

/** Which project this is, which database it reads, and whether that is production. */
export function ProjectHeader() {
  const project = useProjectIfAny();
  const environment = project?.legacy?.environment ?? null;
  return (
    <div
      role="region"
      aria-label="This project"
      className={classes.header}
      data-environment={environment?.colour ?? 'none'}
    >
      {project === null ? (
        <Text size="sm" c="dimmed">
          Rehearse a migration to Auth0, offline
        </Text>
      ) : (
        <Group gap="sm" wrap="nowrap" className={classes.names ?? ''}>
          <Text fw={620} size="md" truncate>
            {project.name}
          </Text>
          {project.legacy !== null && <LegacyBadges legacy={project.legacy} />}
        </Group>
      )}
      <Group gap="xs" wrap="nowrap">
        <UnstyledButton className={classes.search ?? ''} onClick={spotlight.open}>
          <IconSearch size={14} aria-hidden />
          <span>Commands</span>
          <Keys shortcut="mod+k" />
        </UnstyledButton>
        <SchemeSwitch />
      </Group>
    </div>
  );
}

function LegacyBadges({ legacy }: { readonly legacy: LegacySummary }) {
  const { environment, readOnly } = legacy;
  const says = readOnly
    ? 'The database itself keeps these sessions from writing.'
    : 'Nothing but your scripts writes to this database, but the database would allow it.';
  return (
    <>
      {environment !== null && (
        <Badge color={COLOURS[environment.colour]} variant="filled" autoContrast>
          {environment.label}
        </Badge>
      )}
      <Tooltip label={says} multiline maw={300}>
        <Badge
          color={readOnly ? 'tide' : 'yellow'}
          leftSection={
            readOnly ? <IconLock size={11} aria-hidden /> : <IconLockOpen2 size={11} aria-hidden />
          }
        >
          {readOnly ? 'read-only' : 'can write'}
        </Badge>
      </Tooltip>
      <Text size="xs" c="dimmed" truncate className="uf-mono">
        {legacy.description}
      </Text>
    </>
  );
}
