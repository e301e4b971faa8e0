import { useMantineColorScheme } from '@mantine/core';
import { useIsMutating } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLocation } from 'wouter';
import type { Activity } from '#contract/desktop.ts';
import { runCommand, useCommandRegistry } from '#renderer/commands/registry.ts';
import { useProjectIfAny } from '#renderer/project/project-context.tsx';
import { projectPath } from '#renderer/project/routes.ts';
import { menuModel } from '#renderer/shell/menu-model.ts';
import { useAuditRuns } from '#renderer/stores/audit-runs.ts';
import { usePlanRuns } from '#renderer/stores/plan-runs.ts';
import { usePreferences } from '#renderer/stores/preferences.ts';
import { useTrialProgress } from '#renderer/stores/trial-progress.ts';

/** Screens come and go command by command; the menus follow once they have settled. */
const SETTLED_MS = 80;

/** Ties the desktop shell around this page to it: menus, projects that the system opens, colours. Nothing in a browser. */
export function Desktop() {
  useMenus();
  useOpenedProjects();
  useTheme();
  return null;
}

function useMenus(): void {
  const commands = useCommandRegistry((registry) => registry.commands);
  const shortcuts = usePreferences((preferences) => preferences.shortcuts);
  useEffect(() => {
    const desktop = window.userferry;
    if (desktop === undefined) return;
    const model = menuModel([...commands.values()], shortcuts);
    const timer = setTimeout(() => void desktop.showMenu(model), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [commands, shortcuts]);
  useEffect(() => window.userferry?.onMenuCommand((id) => void runCommand(id)), []);
}

function useOpenedProjects(): void {
  const [, navigate] = useLocation();
  useEffect(
    () => window.userferry?.onOpenProject(({ folder }) => navigate(projectPath(folder, 'legacy'))),
    [navigate],
  );
}

function useTheme(): void {
  const { colorScheme } = useMantineColorScheme();
  useEffect(() => {
    void window.userferry?.setTheme(colorScheme === 'auto' ? 'system' : colorScheme);
  }, [colorScheme]);
}

/** Tells the window's frame which project is open and how far its work has come. */
export function DesktopActivity() {
  const { name, running, done } = useActivity();
  useEffect(() => {
    void window.userferry?.showActivity({ project: name, running, done });
  }, [name, running, done]);
  return null;
}

function useActivity(): { readonly name: string | null } & Omit<Activity, 'project'> {
  const project = useProjectIfAny();
  const folder = project?.folder ?? '';
  const trial = useTrialProgress((store) => store.runningIn(folder))?.progress;
  const audit = useAuditRuns((store) => store.runs[folder]);
  const plan = usePlanRuns((store) => store.runs[folder]);
  const exporting = useIsMutating({ mutationKey: ['export', folder] }) > 0;
  const name = project?.name.slice(0, 200) ?? null;
  if (trial !== undefined) return { name, running: true, done: share(trial.done, trial.expected) };
  if (audit?.stop != null) {
    const reading = audit.progress;
    if (reading === null) return { name, running: true, done: null };
    // Both sides are read side by side and then compared once.
    if (reading.type === 'comparing')
      return { name, running: true, done: 0.5 + (share(reading.done, reading.expected) ?? 0) / 2 };
    const { legacy, tenant } = reading;
    return {
      name,
      running: true,
      done: ((share(legacy.done, legacy.expected) ?? 0) + (share(tenant.done, tenant.expected) ?? 0)) / 4,
    };
  }
  if (plan?.stop != null) return { name, running: true, done: null };
  return { name, running: exporting, done: null };
}

/** In whole percents: the frame of a window shows no more. */
function share(done: number, expected: number): number | null {
  return expected === 0 ? null : Math.min(1, Math.floor((100 * done) / expected) / 100);
}
