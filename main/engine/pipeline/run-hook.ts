import type { Json } from '#domain/json.ts';
import type { Effects } from '#domain/pipeline/effects.ts';
import { hookArguments } from '#domain/pipeline/hook-arguments.ts';
import { metadataRefusal } from '#domain/pipeline/metadata-limits.ts';
import type { PipelineHook } from '#domain/pipeline/pipeline.ts';
import { isNamespaced } from '#domain/pipeline/claim-rules.ts';
import { isJsonObject } from '#domain/profile/row-json.ts';
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

/** Runs the Hook of a point. */
export async function runHook(
  host: PipelineHost,
  hook: PipelineHook,
  facts: TriggerFacts,
  effects: Effects,
  budget: Budget,
): Promise<Pick<TriggerRun, 'steps' | 'failed'>> {
  const secrets = Object.fromEntries([...hook.secrets].map(([key, secret]) => [key, secret.reveal()]));
  const args = hookArguments(hook.point, facts.around, facts.user, secrets);
  const run = await runProgram(host, budget, host.programs.hook(hook.name), { args });
  const line = run.error?.line ?? null;
  const step = (status: StepRun['status']): StepRun => ({
    kind: 'hook',
    name: hook.name,
    handler: hook.point,
    status,
    run,
    line,
  });
  if (run.ending === 'called-back') {
    if (hook.point === 'pre-user-registration') registrationAnswer(effects, hook, run.value, facts);
    if (hook.point === 'credentials-exchange') exchangeAnswer(effects, hook, run.value);
    return { steps: [step('ok')], failed: null };
  }
  const denial = denialOf(hook, run, line);
  if (denial !== null) {
    effects.denied = denial;
    return { steps: [step('denied')], failed: null };
  }
  const notice = failureNotice(hook.name, run, line);
  const waits = hook.point === 'pre-user-registration' || hook.point === 'credentials-exchange';
  const code = waits ? notice.code : 'pipeline.background-failed';
  effects.notices.push({ ...notice, code });
  return { steps: [step('failed')], failed: waits ? { step: hook.name, code, detail: notice.detail } : null };
}

const EXCHANGE_ERRORS: Readonly<Record<string, string>> = {
  InvalidScopeError: 'invalid_scope',
  InvalidRequestError: 'invalid_request',
  ServerError: 'server_error',
};

function denialOf(hook: PipelineHook, run: ScriptRun, line: number | null): Effects['denied'] {
  const { error } = run;
  if (run.ending !== 'called-back-error' || error === null) return null;
  const at = line === null ? {} : { line };
  if (hook.point === 'pre-user-registration' && error.name === 'PreUserRegistrationError') {
    const userMessage = error.description ?? null;
    return { by: hook.name, reason: error.message, error: 'access_denied', userMessage, ...at };
  }
  const code = EXCHANGE_ERRORS[error.name];
  if (hook.point !== 'credentials-exchange' || code === undefined) return null;
  return { by: hook.name, reason: error.message, error: code, userMessage: null, ...at };
}

/** Metadata for the new user; whatever else the Hook answers is left out. */
function registrationAnswer(effects: Effects, hook: PipelineHook, value: Json, { user }: TriggerFacts): void {
  const answer = isJsonObject(value) ? value['user'] : undefined;
  if (!isJsonObject(answer ?? null)) return;
  for (const store of ['user_metadata', 'app_metadata'] as const) {
    const metadata = (answer as { readonly [key: string]: Json })[store];
    if (!isJsonObject(metadata ?? null)) continue;
    for (const [key, one] of Object.entries(metadata as { readonly [key: string]: Json })) {
      const change = { store, key, value: one, by: hook.name };
      const refusal = metadataRefusal(change, effects.metadata, user);
      if (refusal === null) effects.metadata.push(change);
      else
        effects.notices.push({
          code: 'pipeline.metadata-refused',
          detail: `${hook.name}: ${store}.${key}: ${refusal}`,
          step: hook.name,
        });
    }
  }
}

/** Only `scope` and namespaced claims of the answer count; without a scope there is none. */
function exchangeAnswer(effects: Effects, hook: PipelineHook, value: Json): void {
  const answer = isJsonObject(value) ? value : {};
  const scope = answer['scope'];
  effects.scopes = Array.isArray(scope) ? (scope as readonly Json[]).map(String) : [];
  for (const [name, claim] of Object.entries(answer)) {
    if (name === 'scope') continue;
    if (isNamespaced(name)) effects.accessClaims.push({ name, value: claim, by: hook.name, from: 'hook' });
    else
      effects.notices.push({
        code: 'pipeline.claim-dropped',
        detail: `${hook.name}: ${name}`,
        step: hook.name,
      });
  }
}
