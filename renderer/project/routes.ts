import {
  IconAdjustments,
  IconChartHistogram,
  IconCode,
  IconDatabase,
  IconFlask,
  IconListCheck,
  IconPackageExport,
  IconRoute,
  IconSettings,
} from '@tabler/icons-react';

/** The screens of a project, in the order of the work. Sidebar, palette and shortcuts read this. */
export const PROJECT_SCREENS = [
  { id: 'legacy', title: 'Legacy', icon: IconDatabase },
  { id: 'scripts', title: 'Scripts', icon: IconCode },
  { id: 'trials', title: 'Trials', icon: IconFlask },
  { id: 'report', title: 'Report', icon: IconChartHistogram },
  { id: 'plan', title: 'Plan', icon: IconRoute },
  { id: 'audit', title: 'Audit', icon: IconListCheck },
  { id: 'export', title: 'Export', icon: IconPackageExport },
  { id: 'assumptions', title: 'Assumptions', icon: IconAdjustments },
  { id: 'settings', title: 'Settings', icon: IconSettings },
] as const;

export type ProjectScreen = (typeof PROJECT_SCREENS)[number]['id'];

/** Address of a screen of a project; further parts are encoded. */
export function projectPath(folder: string, screen: ProjectScreen, ...parts: readonly string[]): string {
  return `/project/${[folder, screen, ...parts].map(encodeURIComponent).join('/')}`;
}
