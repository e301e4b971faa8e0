import type { PlanRequest } from '#contract/plan.ts';
import { pairsOf, pathsOf } from '#renderer/files/typed-lists.ts';
import { createFormDrafts } from '#renderer/stores/form-drafts.ts';

/** The plan's form as it is typed; empty fields are left to the engine. */
export interface PlanDraft {
  readonly start: string;
  readonly days: number | null;
  readonly cutover: string;
  readonly tier: PlanRequest['tier'] | null;
  /** Files of the access log, one path a line. */
  readonly accessLog: string;
  readonly logUser: string;
  readonly logTime: string;
  /** Lines that count, as `event=login`. */
  readonly logOnly: string;
}

export const EMPTY_PLAN: PlanDraft = {
  start: '',
  days: null,
  cutover: '',
  tier: null,
  accessLog: '',
  logUser: '',
  logTime: '',
  logOnly: '',
};

/** What was asked for in each project. */
export const usePlanDraft = createFormDrafts<PlanDraft>('userferry.plans', EMPTY_PLAN);

export function planRequest(project: string, draft: PlanDraft, personalData: boolean): PlanRequest {
  const { start, days, cutover, tier } = draft;
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
    ...accessLogOf(draft),
  };
}

function accessLogOf({ accessLog, logUser, logTime, logOnly }: PlanDraft): Pick<PlanRequest, 'accessLog'> {
  const files = pathsOf(accessLog);
  if (files.length === 0) return {};
  const [user, time] = [logUser.trim(), logTime.trim()];
  return {
    accessLog: {
      files,
      only: pairsOf(logOnly),
      ...(user === '' ? {} : { user }),
      ...(time === '' ? {} : { time }),
    },
  };
}
