import type { PlanEvent, PlanResult } from '#contract/plan.ts';
import type { startEngine } from '#test/engine.ts';
import { type Finished, toTheEnd } from '#test/to-the-end.ts';

type Request = Parameters<ReturnType<typeof startEngine>['client']['plan']['make']>[0];

export type FinishedPlan = Finished<PlanEvent>;

/** One plan to its end. */
export function runPlanOf(request: Request): Promise<FinishedPlan> {
  return toTheEnd<PlanEvent>((client) => client.plan.make(request));
}

/** Codes of everything a plan has to say about itself, in order. */
export function codesOf({ diagnostics }: PlanResult): readonly string[] {
  return [...new Set(diagnostics.map(({ code }) => code))];
}
