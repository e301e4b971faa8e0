import { Route, Switch, useLocation } from 'wouter';
import { Redirect } from 'wouter';
import { useProject } from '#renderer/project/project-context.tsx';
import { PROJECT_SCREENS, projectPath } from '#renderer/project/routes.ts';
import { TrialFollower } from '#renderer/project/trial-follower.tsx';
import { SCREENS } from '#renderer/shell/screens.tsx';
import { useGoToCommands } from '#renderer/shell/use-go-to-commands.ts';

/** The screens of an open project. Below `/project/<folder>/<screen>` a screen routes by itself. */
export function ProjectRoutes() {
  const project = useProject();
  const [location] = useLocation();
  useGoToCommands();
  const base = `/project/${encodeURIComponent(project.folder)}`;
  const screen = PROJECT_SCREENS.find(({ id }) => {
    const path = `${base}/${id}`;
    return location === path || location.startsWith(`${path}/`);
  });
  if (screen === undefined) return <Redirect to={projectPath(project.folder, 'legacy')} />;
  const Shown = SCREENS[screen.id];
  return (
    <>
      <TrialFollower />
      <Switch>
        <Route path={`${base}/${screen.id}`} nest>
          <Shown key={project.folder} />
        </Route>
      </Switch>
    </>
  );
}
