import type { PlanFormat, PlanResult } from '#contract/plan.ts';
import type { RenderedReport } from '#engine/ports/ports.ts';
import { planHtml } from '#reporters/html/plan.ts';
import { planMarkdown } from '#reporters/plan-markdown.ts';

const WRITERS = {
  html: { extension: 'html', mediaType: 'text/html', write: planHtml },
  markdown: { extension: 'md', mediaType: 'text/markdown', write: planMarkdown },
  json: {
    extension: 'json',
    mediaType: 'application/json',
    write: (plan: PlanResult) => `${JSON.stringify(plan, null, 2)}\n`,
  },
} as const satisfies Record<PlanFormat, object>;

/** The plan in one of its formats; the command line and the app get the same text. */
export function renderPlan(plan: PlanResult, format: PlanFormat): RenderedReport {
  const { extension, mediaType, write } = WRITERS[format];
  return { extension, mediaType, text: write(plan) };
}
