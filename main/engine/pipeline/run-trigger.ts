import { noEffects } from '#domain/pipeline/effects.ts';
import { hookPoint, type TriggerName } from '#domain/pipeline/triggers.ts';
import type { PipelineHost } from '#engine/pipeline/pipeline-host.ts';
import { runActions, type TriggerFacts } from '#engine/pipeline/run-actions.ts';
import { runHook } from '#engine/pipeline/run-hook.ts';
import { runRules } from '#engine/pipeline/run-rules.ts';
import type { StepRun, TriggerRun } from '#engine/pipeline/step-run.ts';

/** Everything that one trigger sets off, in the tenant's order: a Hook, then all Rules, then the Actions. */
export async function runTrigger(
  host: PipelineHost,
  trigger: TriggerName,
  facts: TriggerFacts,
): Promise<TriggerRun> {
  const effects = noEffects(facts.around.scopes);
  const budget = { leftMs: host.timeLimitMs };
  const steps: StepRun[] = [];
  let failed: TriggerRun['failed'] = null;
  const old = host.mode === 'actions+rules';
  const point = hookPoint(trigger);
  const hook = old && point !== null ? host.pipeline.hooks.get(point) : undefined;
  const goesOn = (): boolean => failed === null && effects.denied === null;
  const add = (part: Pick<TriggerRun, 'steps' | 'failed'>): void => {
    steps.push(...part.steps);
    failed ??= part.failed;
  };
  if (hook !== undefined) add(await runHook(host, hook, facts, effects, budget));
  if (old && trigger === 'post-login' && host.pipeline.rules.length > 0 && goesOn())
    add(await runRules(host, facts, effects, budget));
  if (goesOn()) add(await runActions(host, trigger, facts, effects, budget));
  const ms = steps.reduce((sum, { run }) => sum + (run?.ms.total ?? 0), 0);
  return { steps, effects, failed, ms };
}
