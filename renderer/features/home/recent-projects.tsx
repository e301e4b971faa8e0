import { ActionIcon, Anchor, Button, Skeleton, Stack, Tooltip } from '@mantine/core';
import { IconFolderOff, IconPackage, IconX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RecentProject } from '#contract/projects.ts';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { useMoment } from '#renderer/components/format.ts';
import { notifyTrouble, notifyUndo } from '#renderer/components/notify.tsx';
import { Panel } from '#renderer/components/panel.tsx';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import { RECENT_PROJECTS } from '#renderer/project/project-context.tsx';
import classes from '#renderer/features/home/recent-projects.module.css';

interface RecentProjectsProps {
  readonly onOpen: (folder: string) => void;
  readonly onSample: () => void;
  readonly onCreate: () => void;
}

/** Projects that were open on this machine, newest first. */
export function RecentProjects({ onOpen, onSample, onCreate }: RecentProjectsProps) {
  const client = useClient();
  const queries = useQueryClient();
  const recent = useQuery({ queryKey: RECENT_PROJECTS, queryFn: () => client.projects.recent({}) });
  const remember = useMutation({
    mutationFn: (folder: string) => client.projects.remember({ folder }),
    onSuccess: (list) => queries.setQueryData(RECENT_PROJECTS, list),
    onError: notifyTrouble,
  });
  const forget = useMutation({
    mutationFn: ({ folder }: RecentProject) => client.projects.forget({ folder }),
    onSuccess: (list, project) => {
      queries.setQueryData(RECENT_PROJECTS, list);
      if (project.state === 'there') {
        notifyUndo(`“${project.name}” is off the list; its folder stays.`, () =>
          remember.mutate(project.folder),
        );
      }
    },
    onError: notifyTrouble,
  });
  return (
    <Panel title="Recent projects" flush>
      {recent.isPending && (
        <Stack p="md" gap="xs" aria-busy>
          <Skeleton height={34} />
          <Skeleton height={34} />
        </Stack>
      )}
      {recent.isError && (
        <TroubleState trouble={toTrouble(recent.error)} onRetry={() => void recent.refetch()} />
      )}
      {recent.data?.projects.length === 0 && (
        <EmptyState
          icon={IconPackage}
          title="No project yet"
          actions={
            <>
              <Button variant="default" onClick={onSample}>
                Open the sample
              </Button>
              <Button onClick={onCreate}>New project</Button>
            </>
          }
        >
          A project is a folder of plain files: where the legacy users are, the scripts, and the trials. The
          sample is a whole made-up company with 20,000 users and faults planted in it.
        </EmptyState>
      )}
      {recent.data !== undefined && recent.data.projects.length > 0 && (
        <ul className={classes.list}>
          {recent.data.projects.map((project) => (
            <Line
              key={project.folder}
              project={project}
              onOpen={onOpen}
              onForget={() => forget.mutate(project)}
            />
          ))}
        </ul>
      )}
    </Panel>
  );
}

interface LineProps {
  readonly project: RecentProject;
  readonly onOpen: (folder: string) => void;
  readonly onForget: () => void;
}

function Line({ project, onOpen, onForget }: LineProps) {
  const moment = useMoment();
  const gone = project.state === 'gone';
  const Icon = gone ? IconFolderOff : IconPackage;
  return (
    <li className={classes.line}>
      <Icon size={18} stroke={1.6} aria-hidden className={classes.icon} />
      <div className={classes.names}>
        {gone ? (
          <span className={classes.gone}>{project.name} (not there now)</span>
        ) : (
          <Anchor component="button" type="button" size="sm" fw={580} onClick={() => onOpen(project.folder)}>
            {project.name}
          </Anchor>
        )}
        <span className={`uf-mono ${classes.folder}`} title={project.folder}>
          <bdi>{project.folder}</bdi>
        </span>
      </div>
      <time className={classes.when} dateTime={project.openedAt}>
        {moment(project.openedAt)}
      </time>
      <Tooltip label="Take it off the list; the folder stays">
        <ActionIcon size="sm" aria-label={`Take ${project.name} off the list`} onClick={onForget}>
          <IconX size={14} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </li>
  );
}
