import type { PipelineRun } from '#contract/pipeline.ts';

const HIDDEN = '***';

type Value = PipelineRun['metadata'][number]['before'];

/** A run without what would tell who the person is: names, steps, times and codes stay, values do not. */
export function maskedPipeline(run: PipelineRun): PipelineRun {
  const hideAll = (values: Record<string, Value>): Record<string, Value> =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, hidden(value)]));
  const token = (one: PipelineRun['idToken']): PipelineRun['idToken'] =>
    one === null
      ? null
      : { ...one, before: hideAll(one.before), after: one.after === null ? null : hideAll(one.after) };
  const { outcome } = run;
  return {
    ...run,
    steps: run.steps.map((step) => ({
      ...step,
      error: step.error === null ? null : { ...step.error, message: HIDDEN },
      console: step.console.map((line) => ({ ...line, text: HIDDEN })),
    })),
    outcome: outcome.status === 'denied' ? { ...outcome, reason: HIDDEN, userMessage: null } : outcome,
    user: run.user === null ? null : hideAll(run.user),
    metadata: run.metadata.map((one) => ({ ...one, before: hidden(one.before), after: hidden(one.after) })),
    idToken: token(run.idToken),
    accessToken: token(run.accessToken),
    differences: run.differences.map((one) => ({
      ...one,
      before: one.what === 'outcome' ? one.before : hidden(one.before),
      after: one.what === 'outcome' ? one.after : hidden(one.after),
    })),
  };
}

/** The shape of a value without its texts. */
function hidden(value: Value): Value {
  if (typeof value === 'string') return HIDDEN;
  if (Array.isArray(value)) return value.map((one) => hidden(one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, hidden(one)]));
}
