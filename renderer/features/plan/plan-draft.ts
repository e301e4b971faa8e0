import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { PlanRequest } from '#contract/plan.ts';

/** The plan's form as it is typed; empty fields are left to the engine. */
export interface PlanDraft {
  readonly start: string;
  readonly days: number | null;
  readonly cutover: string;
  readonly tier: PlanRequest['tier'] | null;
  readonly accessLog: string;
}

export const EMPTY_PLAN: PlanDraft = { start: '', days: null, cutover: '', tier: null, accessLog: '' };

interface PlanDrafts {
  readonly drafts: Readonly<Record<string, PlanDraft>>;
  readonly set: (folder: string, change: Partial<PlanDraft>) => void;
}

/** What was asked for in each project; kept over a reload. */
export const usePlanDraft = create<PlanDrafts>()(
  persist(
    (set) => ({
      drafts: {},
      set: (folder, change) =>
        set((now) => ({
          drafts: { ...now.drafts, [folder]: { ...(now.drafts[folder] ?? EMPTY_PLAN), ...change } },
        })),
    }),
    { name: 'userferry.plans', version: 1 },
  ),
);

export function requestOf(project: string, draft = EMPTY_PLAN, personalData = false): PlanRequest {
  const { start, days, cutover, tier, accessLog } = draft;
  return {
    project,
    trials: [],
    list: false,
    allow: 0,
    personalData,
    ...(start === '' ? {} : { start }),
    ...(days === null ? {} : { days }),
    ...(cutover === '' ? {} : { cutover }),
    ...(tier === null || tier === undefined ? {} : { tier }),
    ...(accessLog.trim() === '' ? {} : { accessLog: { files: [accessLog.trim()], only: {} } }),
  };
}
