import type { TrialSetup } from '#renderer/stores/trial-setup.ts';

export type SetupProblem = Partial<
  Record<'lazyDays' | 'first' | 'where' | 'only' | 'timeLimitSeconds' | 'workers', string>
>;

/** What stands in the way of a start, by field. */
export function problemsOf(setup: TrialSetup): SetupProblem {
  const { kind, who, first, where, only, lazyDays, timeLimitSeconds, workers } = setup;
  return {
    ...(kind === 'mixed' && !isCount(lazyDays) ? { lazyDays: 'Give a number of days.' } : {}),
    ...(who === 'first' && !isCount(first) ? { first: 'Give a number of users.' } : {}),
    ...(who === 'where' && where.trim() === '' ? { where: 'Give a condition.' } : {}),
    ...(who === 'only' && only.length === 0 ? { only: 'Choose users from a report first.' } : {}),
    ...(timeLimitSeconds === null || timeLimitSeconds < 0.1 || timeLimitSeconds > 600
      ? { timeLimitSeconds: 'From 0.1 to 600 seconds.' }
      : {}),
    ...(workers !== null && (!isCount(workers) || workers > 64) ? { workers: 'From 1 to 64.' } : {}),
  };
}

function isCount(value: number | null): value is number {
  return value !== null && Number.isInteger(value) && value > 0;
}

/** The set-up as the engine takes it. Null where something is missing. Only what the kind of trial uses is sent. */
export function requestOf(project: string, setup: TrialSetup) {
  if (Object.keys(problemsOf(setup)).length > 0) return null;
  const { kind, depth, order, lazyDays, container, pipeline, timeLimitSeconds, workers, upsert } = setup;
  const bulk = kind === 'bulk';
  return {
    project,
    kind,
    filter: filterOf(setup),
    ...(bulk ? {} : { depth, container, timeLimitMs: Math.round((timeLimitSeconds ?? 20) * 1000) }),
    ...(takesPipeline(setup) && pipeline !== 'off' ? { pipeline } : {}),
    ...(bulk || workers === null ? {} : { workers }),
    ...(kind === 'mixed' ? { order, lazyDays: lazyDays ?? 90 } : {}),
    ...(kind === 'lazy' ? {} : { upsert }),
  };
}

/** Whether logins take place, after which something could run. */
export function takesPipeline({ kind, depth }: TrialSetup): boolean {
  return kind !== 'bulk' && (depth === 'assumed' || depth === 'proven');
}

export type SetupRequest = NonNullable<ReturnType<typeof requestOf>>;

function filterOf({ who, first, where, only }: TrialSetup) {
  switch (who) {
    case 'first':
      return { limit: first ?? 1 };
    case 'where':
      return { where: where.trim() };
    case 'only':
      return { only: only.map((key) => [...key]) };
    case 'everybody':
      return {};
  }
}

/** The part of a request that its cost depends on. */
export function costRequest({ project, kind, filter, ...rest }: SetupRequest) {
  return {
    project,
    kind,
    filter,
    ...('depth' in rest ? { depth: rest.depth } : {}),
    ...('workers' in rest ? { workers: rest.workers } : {}),
  };
}
