import type { Leftover, PlanEvent, PlanResult } from '#contract/plan.ts';
import { startEngine } from '#test/engine.ts';

type Request = Parameters<ReturnType<typeof startEngine>['client']['plan']['make']>[0];

export interface FinishedPlan {
  readonly result: PlanResult;
  readonly people: readonly Leftover[];
  readonly events: readonly PlanEvent['type'][];
}

/** One plan to its end, through the same calls as every host. */
export async function runPlanOf(request: Request): Promise<FinishedPlan> {
  const engine = startEngine();
  const people: Leftover[] = [];
  const events: PlanEvent['type'][] = [];
  let result: PlanResult | null = null;
  try {
    for await (const event of await engine.client.plan.make(request)) {
      events.push(event.type);
      if (event.type === 'people') people.push(...event.people);
      if (event.type === 'result') result = event.result;
    }
  } finally {
    await engine.close();
  }
  if (engine.bugs.length > 0) throw engine.bugs[0];
  if (result === null) throw new Error('the plan ended without a result');
  return { result, people, events };
}

/** Codes of everything a plan has to say about itself, in order. */
export function codesOf({ diagnostics }: PlanResult): readonly string[] {
  return [...new Set(diagnostics.map(({ code }) => code))];
}
