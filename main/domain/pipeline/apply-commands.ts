import type { Json } from '#domain/json.ts';
import type { Command, Remark } from '#domain/pipeline/commands.ts';
import type { Effects, Notice } from '#domain/pipeline/effects.ts';
import { factorWish, type Wish } from '#domain/pipeline/factors.ts';
import { metadataRefusal } from '#domain/pipeline/metadata-limits.ts';
import type { PipelineUser } from '#domain/pipeline/pipeline-user.ts';
import type { TriggerName } from '#domain/pipeline/triggers.ts';

export interface StepFacts {
  readonly step: string;
  readonly trigger: TriggerName;
  readonly user: PipelineUser | null;
}

/** Adds what one Action asked for, call by call. */
export function applyCommands(effects: Effects, commands: readonly Command[], facts: StepFacts): void {
  for (const command of commands) applyCommand(effects, command, facts);
}

function applyCommand(effects: Effects, command: Command, facts: StepFacts): void {
  const { step: by, trigger } = facts;
  const { method, args, line } = command;
  const [first, second] = args;
  const text = typeof first === 'string' ? first : '';
  const at = line === undefined ? {} : { line };
  switch (method) {
    case 'access.deny':
    case 'validation.error':
    case 'session.revoke':
    case 'refreshToken.revoke':
      deny(effects, command, facts);
      return;
    case 'idToken.setCustomClaim':
      effects.idClaims.push({ name: text, value: second, by, from: 'action', ...at });
      return;
    case 'accessToken.setCustomClaim':
      effects.accessClaims.push({ name: text, value: second, by, from: 'action', ...at });
      return;
    case 'accessToken.addScope':
    case 'transaction.addTargetScope':
      if (!effects.scopes.includes(text)) effects.scopes = [...effects.scopes, text];
      return;
    case 'accessToken.removeScope':
    case 'transaction.removeTargetScope':
      effects.scopes = effects.scopes.filter((scope) => scope !== text);
      return;
    case 'transaction.setTargetScopes':
      effects.scopes = Array.isArray(first) ? (first as readonly Json[]).map(String) : effects.scopes;
      return;
    case 'transaction.clearTargetScopes':
      effects.scopes = [];
      return;
    case 'user.setUserMetadata':
      setMetadata(effects, 'user_metadata', command, facts);
      return;
    case 'user.setAppMetadata':
      setMetadata(effects, 'app_metadata', command, facts);
      return;
    case 'transaction.setMetadata':
      effects.transaction = withMember(effects.transaction, text, second ?? null);
      return;
    case 'redirect.sendUserTo':
      effects.redirect = { url: text, query: textsOf(second), by };
      return;
    case 'authentication.setPrimaryUser':
      effects.primaryUser = text;
      effects.requests.push({ by, what: `the login counts as one of ${text}` });
      return;
    case 'multifactor.enable':
    case 'authentication.challengeWith':
    case 'authentication.challengeWithAny':
    case 'authentication.enrollWith':
    case 'authentication.enrollWithAny':
      wish(effects, factorWish(command, facts.user), facts, at);
      return;
    case 'redirect.encodeToken':
      return;
    default:
      effects.requests.push({ by, what: `${trigger}: ${inWords(command)}` });
  }
}

function deny(effects: Effects, { method, args, line }: Command, { step: by, trigger }: StepFacts): void {
  const texts = args.map((one) => (typeof one === 'string' ? one : ''));
  const [first = '', second = ''] = texts;
  const coded = trigger === 'credentials-exchange' || method === 'validation.error';
  const at = line === undefined ? {} : { line };
  effects.denied = {
    by,
    reason: coded && second !== '' ? second : first,
    error:
      coded && method === 'access.deny' ? first : method === 'validation.error' ? first : 'access_denied',
    userMessage: !coded && method === 'access.deny' && second !== '' ? second : null,
    ...at,
  };
}

function setMetadata(
  effects: Effects,
  store: 'user_metadata' | 'app_metadata',
  { args, line }: Command,
  { step: by, user }: StepFacts,
): void {
  const [key, value = null] = args;
  if (typeof key !== 'string') return;
  const change = { store, key, value, by };
  const refusal = metadataRefusal(change, effects.metadata, user);
  if (refusal === null) effects.metadata.push(change);
  else
    effects.notices.push({
      code: 'pipeline.metadata-refused',
      detail: `${by}: ${store}.${key}: ${refusal}`,
      step: by,
      ...(line === undefined ? {} : { line }),
    });
}

function wish(effects: Effects, asked: Wish, { step: by }: StepFacts, at: { readonly line?: number }): void {
  effects.requests.push({ by, what: asked.what });
  if (asked.notice !== null)
    effects.notices.push({ ...asked.notice, detail: `${by}: ${asked.notice.detail}`, step: by, ...at });
}

function withMember(object: Effects['transaction'], key: string, value: Json): Effects['transaction'] {
  const { [key]: _old, ...rest } = object;
  return value === null ? rest : { ...rest, [key]: value };
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function textsOf(value: Json | undefined): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, textOf(one)]));
}

/** Without its values: some of them are keys and certificates. */
function inWords({ method, args }: Command): string {
  const [first] = args;
  const named =
    method === 'samlResponse.setAttribute' || method === 'prompt.render' || method.endsWith('Metadata');
  return named && typeof first === 'string' ? `${method}(${first})` : method;
}

const REMARK_CODES = {
  argument: 'pipeline.argument-invalid',
  limit: 'pipeline.limit-reached',
  misplaced: 'pipeline.call-misplaced',
  simulated: 'pipeline.lookup-simulated',
} as const satisfies Record<Remark['kind'], Notice['code']>;

export function remarkNotices(remarks: readonly Remark[], step: string): readonly Notice[] {
  return remarks.map(({ kind, method, detail, line }) => ({
    code: REMARK_CODES[kind],
    detail: `${step}: api.${method}: ${detail}`,
    step,
    ...(line === undefined ? {} : { line }),
  }));
}
