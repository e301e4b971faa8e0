import type { Json, JsonObject } from '#domain/json.ts';
import { commandsOf } from '#domain/pipeline/commands.ts';
import type { Effects } from '#domain/pipeline/effects.ts';
import { metadataRefusal } from '#domain/pipeline/metadata-limits.ts';
import { factorTypes, type PipelineUser } from '#domain/pipeline/pipeline-user.ts';
import { isJsonObject } from '#domain/profile/row-json.ts';

export interface RuleState {
  readonly user: JsonObject;
  readonly context: JsonObject;
}

/** What a Rule called back with, added to what is asked for; the next Rule starts from the answer. */
export function applyRule(
  effects: Effects,
  by: string,
  before: RuleState,
  value: Json,
  user: PipelineUser,
): RuleState {
  const answer = isJsonObject(value) ? value : {};
  const after: RuleState = {
    user: objectOr(answer['user'], before.user),
    context: objectOr(answer['context'], before.context),
  };
  for (const { name, value: claim } of changedMembers(before.context['idToken'], after.context['idToken']))
    effects.idClaims.push({ name, value: claim, by, from: 'rule' });
  for (const { name, value: claim } of changedMembers(
    before.context['accessToken'],
    after.context['accessToken'],
  )) {
    if (name === 'scope') effects.scopes = textsOf(claim) ?? effects.scopes;
    else effects.accessClaims.push({ name, value: claim, by, from: 'rule' });
  }
  for (const { method, args } of commandsOf(answer['commands'])) persist(effects, by, method, args, user);
  noteContext(effects, by, before.context, after.context, user);
  return after;
}

function persist(
  effects: Effects,
  by: string,
  method: string,
  args: readonly Json[],
  user: PipelineUser,
): void {
  const store = method === 'user.updateAppMetadata' ? 'app_metadata' : 'user_metadata';
  const [id, metadata] = args;
  if (id !== `auth0|${user.profile.userId ?? ''}` || !isJsonObject(metadata ?? null)) {
    effects.requests.push({ by, what: `${store} of another user` });
    return;
  }
  for (const [key, value] of Object.entries(metadata as JsonObject)) {
    const change = { store, key, value, by } as const;
    const refusal = metadataRefusal(change, effects.metadata, user);
    if (refusal === null) effects.metadata.push(change);
    else
      effects.notices.push({
        code: 'pipeline.metadata-refused',
        detail: `${by}: ${store}.${key}: ${refusal}`,
        step: by,
      });
  }
}

function noteContext(
  effects: Effects,
  by: string,
  before: JsonObject,
  after: JsonObject,
  user: PipelineUser,
): void {
  const { multifactor, redirect, primaryUser } = after;
  if (multifactor !== undefined && multifactor !== null && !same(before['multifactor'], multifactor)) {
    effects.requests.push({ by, what: 'a second factor' });
    if (factorTypes(user.profile.mfaFactors).length === 0)
      effects.notices.push({
        code: 'pipeline.enrolment-asked',
        detail: `${by}: context.multifactor`,
        step: by,
      });
  }
  if (isJsonObject(redirect ?? null)) {
    const { url } = redirect as JsonObject;
    if (typeof url === 'string') effects.redirect = { url, query: {}, by };
  }
  if (typeof primaryUser === 'string' && primaryUser !== before['primaryUser'])
    effects.primaryUser = primaryUser;
  if (!same(before['samlConfiguration'], after['samlConfiguration']))
    effects.requests.push({ by, what: 'changes of the SAML configuration' });
}

function changedMembers(before: Json | undefined, after: Json | undefined) {
  const old = isJsonObject(before ?? null) ? (before as JsonObject) : {};
  const now = isJsonObject(after ?? null) ? (after as JsonObject) : {};
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  return names.filter((name) => !same(old[name], now[name])).map((name) => ({ name, value: now[name] }));
}

function same(one: Json | undefined, other: Json | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function objectOr(value: Json | undefined, otherwise: JsonObject): JsonObject {
  return isJsonObject(value ?? null) ? (value as JsonObject) : otherwise;
}

function textsOf(value: Json | undefined): readonly string[] | null {
  return Array.isArray(value) ? (value as readonly Json[]).map(String) : null;
}
