import type { Json, JsonObject } from '#domain/json.ts';
import {
  claimRefusal,
  type DropReason,
  isNamespaced,
  SCOPE_CLAIMS,
  type TokenKind,
} from '#domain/pipeline/claim-rules.ts';
import { jsonBytes } from '#domain/profile/metadata-rules.ts';

/** A claim that a step asked for; `value` undefined takes an earlier one back. */
export interface ClaimSet {
  readonly name: string;
  readonly value: Json | undefined;
  /** Name of the Action or Rule. */
  readonly by: string;
  readonly from: 'action' | 'rule' | 'hook';
  readonly line?: number;
}

export interface DroppedClaim {
  readonly name: string;
  readonly by: string;
  readonly why: DropReason;
  readonly line?: number;
}

export interface OverwrittenClaim {
  readonly name: string;
  readonly by: string;
  /** Step whose value is lost, or `the profile`. */
  readonly replaced: string;
}

export interface TokenView {
  readonly before: JsonObject;
  readonly after: JsonObject;
  readonly dropped: readonly DroppedClaim[];
  readonly overwritten: readonly OverwrittenClaim[];
}

export interface TokenFacts extends TokenKind {
  readonly issuer: string;
  readonly clientId: string;
  readonly nowMs: number;
  /** Rules may only set namespaced claims. */
  readonly rulesNeedNamespace: boolean;
}

const LIFETIME_SECONDS = { id: 36_000, access: 86_400 } as const;
const MOST_CLAIM_BYTES = 100 * 1024;

/** The token as scopes alone make it. `user` is the event's. */
export function bareToken(user: JsonObject | null, facts: TokenFacts): JsonObject {
  const issued = Math.floor(facts.nowMs / 1000);
  const times = { iat: issued, exp: issued + LIFETIME_SECONDS[facts.token] };
  const sub = user === null ? `${facts.clientId}@clients` : (user['user_id'] ?? '');
  if (facts.token === 'access') {
    const userinfo = `${facts.issuer}userinfo`;
    const api = facts.audience ?? userinfo;
    const aud = user === null ? api : facts.audience === null ? userinfo : [facts.audience, userinfo];
    const gty = user === null ? { gty: 'client-credentials' } : {};
    return {
      iss: facts.issuer,
      sub,
      aud,
      azp: facts.clientId,
      ...times,
      scope: facts.scopes.join(' '),
      ...gty,
    };
  }
  const shown: Record<string, Json> = {};
  for (const scope of facts.scopes) {
    for (const name of SCOPE_CLAIMS[scope] ?? []) {
      const value = user?.[name];
      if (value !== undefined && value !== null) shown[name] = value;
    }
  }
  return { iss: facts.issuer, sub, aud: facts.clientId, ...times, ...shown };
}

/** The token after all claims were asked for, in order: the last one of a name wins. */
export function tokenView(
  user: JsonObject | null,
  claims: readonly ClaimSet[],
  facts: TokenFacts,
): TokenView {
  const before = bareToken(user, facts);
  const after: Record<string, Json> = { ...before };
  const dropped: DroppedClaim[] = [];
  const overwritten: OverwrittenClaim[] = [];
  const setBy = new Map<string, string>();
  let bytes = 0;
  for (const { name, value, by, from, line } of claims) {
    const drop = (why: DropReason): void => {
      if (dropped.some((one) => one.name === name && one.by === by)) return;
      dropped.push({ name, by, why, ...(line === undefined ? {} : { line }) });
    };
    const refusal =
      from === 'rule' && facts.rulesNeedNamespace && !isNamespaced(name)
        ? 'not-namespaced'
        : claimRefusal(name, facts);
    if (refusal !== null) {
      drop(refusal);
      continue;
    }
    if (value === undefined) {
      if (setBy.delete(name)) delete after[name];
      continue;
    }
    bytes += jsonBytes({ [name]: value });
    if (bytes > MOST_CLAIM_BYTES) {
      drop('too-large');
      continue;
    }
    const earlier = setBy.get(name) ?? (name in before ? 'the profile' : null);
    if (earlier !== null && earlier !== by && JSON.stringify(after[name]) !== JSON.stringify(value))
      overwritten.push({ name, by, replaced: earlier });
    after[name] = value;
    setBy.set(name, by);
  }
  return { before, after, dropped, overwritten };
}
