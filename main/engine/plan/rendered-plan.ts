import type { PlanFormat, PlanResult } from '#contract/plan.ts';
import type { Ports } from '#engine/ports/ports.ts';

/** A plan as a file: its name, what it is, its text. */
export function renderedPlan(
  ports: Pick<Ports, 'renderPlan'>,
  plan: PlanResult,
  format: PlanFormat,
): { fileName: string; mediaType: string; text: string } {
  const { extension, mediaType, text } = ports.renderPlan(plan, format);
  return { fileName: `userferry-plan-${plan.generatedAt.slice(0, 10)}.${extension}`, mediaType, text };
}
