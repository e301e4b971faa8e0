import type { Effects } from '#domain/pipeline/effects.ts';
import { applyRule, type RuleState } from '#domain/pipeline/apply-rule.ts';
import { ruleUser } from '#domain/pipeline/pipeline-user.ts';
import type { PipelineRule } from '#domain/pipeline/pipeline.ts';
import { ruleContext } from '#domain/pipeline/rule-context.ts';
import { canRedirect } from '#domain/pipeline/surroundings.ts';
import type { PipelineHost } from '#engine/pipeline/pipeline-host.ts';
import type { TriggerFacts } from '#engine/pipeline/run-actions.ts';
import {
  type Budget,
  failureNotice,
  runProgram,
  type StepRun,
  type TriggerRun,
} from '#engine/pipeline/step-run.ts';
import type { ScriptRun } from '#engine/ports/script-runner.ts';

/** Runs all Rules; after a redirect all of them once more, as a tenant did. */
export async function runRules(
  host: PipelineHost,
  facts: TriggerFacts,
  effects: Effects,
  budget: Budget,
): Promise<Pick<TriggerRun, 'steps' | 'failed'>> {
  const first = await runOnce(host, facts, effects, budget, null);
  if (effects.redirect === null || first.failed !== null || effects.denied !== null) return first;
  const { url, by } = effects.redirect;
  effects.redirect = null;
  if (!canRedirect(facts.around)) {
    const detail = `${by} sends the person to another page`;
    effects.notices.push({ code: 'pipeline.redirect-impossible', detail, step: by });
    return { steps: first.steps, failed: { step: by, code: 'pipeline.redirect-impossible', detail } };
  }
  const own = URL.canParse(url) ? Object.fromEntries(new URL(url).searchParams) : {};
  const back = { ...own, ...facts.around.returns, state: 'rehearsal-continue' };
  effects.idClaims.length = 0;
  effects.accessClaims.length = 0;
  const second = await runOnce(host, facts, effects, { leftMs: host.timeLimitMs }, back);
  effects.redirect = null;
  return { steps: [...first.steps, ...second.steps], failed: second.failed };
}

async function runOnce(
  host: PipelineHost,
  facts: TriggerFacts,
  effects: Effects,
  budget: Budget,
  query: Readonly<Record<string, string>> | null,
): Promise<Pick<TriggerRun, 'steps' | 'failed'>> {
  const user = facts.user;
  if (user === null) throw new Error('our bug: rules without a user');
  const steps: StepRun[] = [];
  let failed: TriggerRun['failed'] = null;
  let state: RuleState = {
    user: ruleUser(user),
    context: ruleContext(facts.around, { logins: user.logins, roles: host.roles, query }),
  };
  for (const [index, rule] of host.pipeline.rules.entries()) {
    if (failed !== null || effects.denied !== null) {
      steps.push({
        kind: 'rule',
        name: rule.name,
        handler: 'rule',
        status: 'not-run',
        run: null,
        line: null,
      });
      continue;
    }
    const input = { index, user: state.user, context: state.context };
    const run = await runProgram(host, budget, host.programs.rules, input, host.pipeline.configuration);
    const line = ownLine(host, index, run);
    if (run.ending === 'called-back') {
      state = applyRule(effects, rule.name, state, run.value, user);
      steps.push({ kind: 'rule', name: rule.name, handler: 'rule', status: 'ok', run, line: null });
    } else if (isDenial(run)) {
      effects.denied = denialOf(host, rule, run, line);
      steps.push({ kind: 'rule', name: rule.name, handler: 'rule', status: 'denied', run, line });
    } else {
      const notice = failureNotice(rule.name, run, line);
      effects.notices.push(notice);
      failed = { step: rule.name, code: notice.code, detail: notice.detail };
      steps.push({ kind: 'rule', name: rule.name, handler: 'rule', status: 'failed', run, line });
    }
  }
  return { steps, failed };
}

function isDenial({ ending, error }: ScriptRun): boolean {
  return ending === 'called-back-error' && error?.name === 'UnauthorizedError';
}

function denialOf(
  host: PipelineHost,
  rule: PipelineRule,
  run: ScriptRun,
  line: number | null,
): Effects['denied'] {
  return {
    by: rule.name,
    reason: run.error?.message ?? '',
    error: host.assumptions['rule-denial-error'],
    userMessage: null,
    ...(line === null ? {} : { line }),
  };
}

/** Lines of the program that all Rules make, as lines of the Rule they stand in. */
function ownLine(host: PipelineHost, index: number, { error }: ScriptRun): number | null {
  if (error?.line === undefined) return null;
  const place = host.programs.rules.place(error.line);
  return place.index === index ? place.line : null;
}
