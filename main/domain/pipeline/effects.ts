import type { DiagnosticCode } from '#domain/diagnostics/catalog.ts';
import type { Json, JsonObject } from '#domain/json.ts';
import type { ClaimSet } from '#domain/pipeline/tokens.ts';

/** Something that a step did and that somebody should know. `detail` names keys, claims and steps, never values. */
export interface Notice {
  readonly code: DiagnosticCode;
  readonly detail: string;
  readonly step: string;
  readonly line?: number;
}

export interface Denial {
  readonly by: string;
  /** For the tenant log. */
  readonly reason: string;
  /** What the application is told: an OAuth error code. */
  readonly error: string;
  /** Text for the person, where there is one of its own. */
  readonly userMessage: string | null;
  readonly line?: number;
}

export interface MetadataChange {
  readonly store: 'user_metadata' | 'app_metadata';
  readonly key: string;
  /** Null removes. */
  readonly value: Json;
  readonly by: string;
}

export interface Redirect {
  readonly url: string;
  readonly query: Readonly<Record<string, string>>;
  readonly by: string;
}

/** Everything that the steps of one transaction have asked for so far. Grows in place. */
export interface Effects {
  denied: Denial | null;
  readonly idClaims: ClaimSet[];
  readonly accessClaims: ClaimSet[];
  scopes: readonly string[];
  readonly metadata: MetadataChange[];
  transaction: JsonObject;
  redirect: Redirect | null;
  /** What else was asked for, in words: factors, sessions, SAML. */
  readonly requests: { readonly by: string; readonly what: string }[];
  primaryUser: string | null;
  readonly notices: Notice[];
}

export function noEffects(scopes: readonly string[]): Effects {
  return {
    denied: null,
    idClaims: [],
    accessClaims: [],
    scopes,
    metadata: [],
    transaction: {},
    redirect: null,
    requests: [],
    primaryUser: null,
    notices: [],
  };
}
