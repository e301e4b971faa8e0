import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext } from 'react';
import type { ProjectOverview } from '#contract/projects.ts';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';

const ProjectContext = createContext<ProjectOverview | null>(null);

/** Key of the list of recent projects. */
export const RECENT_PROJECTS = ['recent'] as const;

/** Key of everything cached about a project; invalidating `['project', folder]` refreshes all of it. */
export function projectKey(folder: string, ...parts: readonly unknown[]): readonly unknown[] {
  return ['project', folder, ...parts];
}

interface ProjectProviderProps {
  readonly folder: string;
  readonly onLeave: () => void;
  /** What surrounds the screens; it is there while the project opens, too. */
  readonly frame: (content: ReactNode) => ReactNode;
  readonly children: ReactNode;
}

/** Opens a project and gives its overview to the screens below. */
export function ProjectProvider({ folder, onLeave, frame, children }: ProjectProviderProps) {
  const client = useClient();
  const queries = useQueryClient();
  const overview = useQuery({
    queryKey: projectKey(folder, 'overview'),
    queryFn: ({ signal }) => client.projects.open({ folder }, { signal }),
  });
  useQuery({
    queryKey: projectKey(folder, 'remembered'),
    queryFn: async () => {
      const list = await client.projects.remember({ folder });
      queries.setQueryData(RECENT_PROJECTS, list);
      return list;
    },
    staleTime: Infinity,
    enabled: overview.isSuccess,
  });
  if (overview.data !== undefined)
    return <ProjectContext value={overview.data}>{frame(children)}</ProjectContext>;
  if (overview.isError) {
    const retry = (): void => void overview.refetch();
    return frame(
      <TroubleState
        trouble={toTrouble(overview.error)}
        onRetry={retry}
        actions={<Button onClick={onLeave}>Back to Home</Button>}
      />,
    );
  }
  return frame(<LoadingState what="Opening the project" onCancel={onLeave} />);
}

/** The project that is open. Only below a `ProjectProvider`. */
export function useProject(): ProjectOverview {
  const project = useContext(ProjectContext);
  if (project === null) throw new Error('this screen needs an open project');
  return project;
}

/** The project that is open, or null on the screens outside of projects. */
export function useProjectIfAny(): ProjectOverview | null {
  return useContext(ProjectContext);
}
