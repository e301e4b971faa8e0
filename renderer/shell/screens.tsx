import { type ComponentType, lazy } from 'react';
import type { ProjectScreen } from '#renderer/project/routes.ts';

/** Each screen is its own part of the bundle: the editor is not loaded for somebody who reads a report. */
export const SCREENS: Readonly<Record<ProjectScreen, ComponentType>> = {
  legacy: lazy(async () => ({
    default: (await import('#renderer/features/legacy/legacy-screen.tsx')).LegacyScreen,
  })),
  scripts: lazy(async () => ({
    default: (await import('#renderer/features/scripts/scripts-screen.tsx')).ScriptsScreen,
  })),
  trials: lazy(async () => ({
    default: (await import('#renderer/features/trials/trials-screen.tsx')).TrialsScreen,
  })),
  report: lazy(async () => ({
    default: (await import('#renderer/features/report/report-screen.tsx')).ReportScreen,
  })),
  plan: lazy(async () => ({ default: (await import('#renderer/features/plan/plan-screen.tsx')).PlanScreen })),
  audit: lazy(async () => ({
    default: (await import('#renderer/features/audit/audit-screen.tsx')).AuditScreen,
  })),
  export: lazy(async () => ({
    default: (await import('#renderer/features/export/export-screen.tsx')).ExportScreen,
  })),
  assumptions: lazy(async () => ({
    default: (await import('#renderer/features/assumptions/assumptions-screen.tsx')).AssumptionsScreen,
  })),
  settings: lazy(async () => ({
    default: (await import('#renderer/features/settings/settings-screen.tsx')).SettingsScreen,
  })),
};
