import type { TrialOptions } from '#contract/trial-record.ts';
import { FIRST_SETUP, type TrialSetup } from '#renderer/stores/trial-setup.ts';

/** The set-up that gives a trial with these options. */
export function setupOf(options: TrialOptions): TrialSetup {
  const { kind, depth, order, lazyDays, container, pipeline, timeLimitMs, upsert, workers, filter } = options;
  return {
    ...FIRST_SETUP,
    kind,
    depth,
    order,
    lazyDays,
    container,
    pipeline: pipeline ?? 'off',
    timeLimitSeconds: timeLimitMs / 1000,
    upsert,
    workers: workers ?? null,
    ...whoOf(filter),
  };
}

function whoOf({ only, where, limit }: TrialOptions['filter']): Partial<TrialSetup> {
  if (only !== undefined) return { who: 'only', only };
  if (where !== undefined) return { who: 'where', where };
  if (limit !== undefined) return { who: 'first', first: limit };
  return { who: 'everybody' };
}
