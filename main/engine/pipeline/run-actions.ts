import type { Json, JsonObject } from '#domain/json.ts';
import { applyCommands, remarkNotices } from '#domain/pipeline/apply-commands.ts';
import { actionAnswer } from '#domain/pipeline/commands.ts';
import type { Effects } from '#domain/pipeline/effects.ts';
import { eventOf } from '#domain/pipeline/events.ts';
import { boundActions, type PipelineAction } from '#domain/pipeline/pipeline.ts';
import type { PipelineUser } from '#domain/pipeline/pipeline-user.ts';
import { canRedirect, type Surroundings } from '#domain/pipeline/surroundings.ts';
import { type TriggerName, TRIGGERS } from '#domain/pipeline/triggers.ts';
import type { PipelineHost } from '#engine/pipeline/pipeline-host.ts';
import {
  type Budget,
  failureNotice,
  runProgram,
  type StepRun,
  type TriggerRun,
} from '#engine/pipeline/step-run.ts';

export interface TriggerFacts {
  readonly around: Surroundings;
  readonly user: PipelineUser | null;
}

/** Runs the Actions of a trigger in their order until one of them ends the flow. */
export async function runActions(
  host: PipelineHost,
  trigger: TriggerName,
  facts: TriggerFacts,
  effects: Effects,
  budget: Budget,
): Promise<Pick<TriggerRun, 'steps' | 'failed'>> {
  const steps: StepRun[] = [];
  let failed: TriggerRun['failed'] = null;
  for (const action of boundActions(host.pipeline, trigger)) {
    const { handler, continues, blocking } = TRIGGERS[trigger];
    const over = blocking && (failed !== null || effects.denied !== null);
    if (over) {
      steps.push({ kind: 'action', name: action.name, handler, status: 'not-run', run: null, line: null });
      continue;
    }
    const first = await runHandler(host, trigger, action, facts, effects, budget, null);
    steps.push(first.step);
    failed ??= first.failed;
    if (first.step.status !== 'left') continue;
    const query = comeBack(effects, facts.around);
    if (continues === null) continue;
    const second = await runHandler(
      host,
      trigger,
      action,
      facts,
      effects,
      { leftMs: host.timeLimitMs },
      query,
    );
    steps.push(second.step);
    failed ??= second.failed;
  }
  return { steps, failed };
}

interface Handled {
  readonly step: StepRun;
  readonly failed: TriggerRun['failed'];
}

/** `query`: what the person comes back with; null in a first run. */
async function runHandler(
  host: PipelineHost,
  trigger: TriggerName,
  action: PipelineAction,
  facts: TriggerFacts,
  effects: Effects,
  budget: Budget,
  query: Readonly<Record<string, string>> | null,
): Promise<Handled> {
  const { name } = action;
  const spec = TRIGGERS[trigger];
  const handler = query === null ? spec.handler : spec.continues!;
  const input = inputOf(host, trigger, action, facts, effects, query, handler);
  const run = await runProgram(host, budget, host.programs.action(name), input);
  const line = run.error?.line ?? null;
  const step = (status: StepRun['status'], at = line): StepRun => ({
    kind: 'action',
    name,
    handler,
    status,
    run,
    line: at,
  });
  if (run.ending !== 'called-back') {
    const notice = failureNotice(name, run, line);
    const code = spec.blocking ? notice.code : 'pipeline.background-failed';
    effects.notices.push({ ...notice, code });
    return {
      step: step('failed'),
      failed: spec.blocking ? { step: name, code, detail: notice.detail } : null,
    };
  }
  const answer = actionAnswer(run.value);
  if (!answer.found)
    return { step: step('ok'), failed: missingHandler(name, handler, query !== null, effects) };
  if (answer.cache !== null) host.caches.set(trigger, answer.cache);
  effects.notices.push(...remarkNotices(answer.remarks, name), ...consoleNotice(name, run.console));
  applyCommands(effects, answer.commands, { step: name, trigger, user: facts.user });
  if (effects.denied !== null) return { step: step('denied', effects.denied.line ?? null), failed: null };
  if (effects.redirect === null || query !== null) {
    effects.redirect = null;
    return { step: step('ok'), failed: null };
  }
  if (canRedirect(facts.around)) return { step: step('left'), failed: null };
  const detail = `${name} sends the person to another page`;
  effects.notices.push({ code: 'pipeline.redirect-impossible', detail, step: name });
  return { step: step('failed'), failed: { step: name, code: 'pipeline.redirect-impossible', detail } };
}

function missingHandler(name: string, handler: string, continues: boolean, effects: Effects): null {
  const detail = `${name} exports no ${handler}`;
  effects.redirect = null;
  effects.notices.push({
    code: continues ? 'pipeline.continue-missing' : 'pipeline.handler-missing',
    detail,
    step: name,
  });
  return null;
}

function inputOf(
  host: PipelineHost,
  trigger: TriggerName,
  action: PipelineAction,
  { around, user }: TriggerFacts,
  effects: Effects,
  query: Readonly<Record<string, string>> | null,
  handler: string,
): Json {
  const event = eventOf(trigger, {
    around: { ...around, scopes: trigger === 'credentials-exchange' ? effects.scopes : around.scopes },
    user,
    roles: host.roles,
    transaction: effects.transaction,
    query,
    withOther: host.assumptions['action-user-other-attributes'] === 'shown',
    claims: claimsSoFar(effects),
  });
  const secrets = Object.fromEntries([...action.secrets].map(([key, secret]) => [key, secret.reveal()]));
  return {
    trigger,
    handler,
    continues: query !== null,
    event: { ...event, secrets },
    cache: host.caches.get(trigger) ?? [],
    rules: host.mode === 'actions+rules' ? host.pipeline.rules.map(({ name }) => name) : [],
    canRedirect: canRedirect(around),
    issuer: around.issuer,
    now: around.nowMs,
    strict: host.assumptions['action-argument-invalid'] === 'throws',
  };
}

function claimsSoFar({ accessClaims }: Effects): JsonObject {
  return Object.fromEntries(
    accessClaims.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
  );
}

/** The rehearsal is the other page: it sends the person back at once with everything that they came with. */
function comeBack(effects: Effects, around: Surroundings): Readonly<Record<string, string>> {
  const { url, query } = effects.redirect!;
  effects.redirect = null;
  const own = URL.canParse(url) ? Object.fromEntries(new URL(url).searchParams) : {};
  return { ...own, ...query, ...around.returns, state: 'rehearsal-continue' };
}

const CONSOLE_CHARACTERS = 256;

function consoleNotice(step: string, lines: readonly { readonly text: string }[]): Effects['notices'] {
  const characters = lines.reduce((sum, { text }) => sum + text.length, 0);
  if (characters <= CONSOLE_CHARACTERS) return [];
  const detail = `${step}: a tenant keeps ${CONSOLE_CHARACTERS} of ${characters} characters of the console`;
  return [{ code: 'pipeline.limit-reached', detail, step }];
}
