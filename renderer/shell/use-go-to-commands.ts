import { useLocation } from 'wouter';
import { useCommands } from '#renderer/commands/registry.ts';
import { useProject } from '#renderer/project/project-context.tsx';
import { PROJECT_SCREENS, projectPath } from '#renderer/project/routes.ts';

/** `Alt+1` to `Alt+9`: the screens of the project, and what starts a trial from anywhere. Ctrl and Cmd with digits belong to the browser. */
export function useGoToCommands(): void {
  const { folder } = useProject();
  const [, navigate] = useLocation();
  useCommands([
    {
      id: 'trial.new',
      title: 'New trial',
      group: 'Trial',
      shortcut: 'alt+n',
      keywords: 'run rehearse',
      run: () => navigate(projectPath(folder, 'trials', 'new')),
    },
    ...PROJECT_SCREENS.map((screen, index) => ({
      id: `go.${screen.id}`,
      title: `Go to ${screen.title}`,
      group: 'Go to' as const,
      shortcut: `alt+${index + 1}`,
      whileTyping: true,
      run: () => navigate(projectPath(folder, screen.id)),
    })),
  ]);
}
