import type { Json, JsonObject } from '#domain/json.ts';

/** What a login, a sign-up or an exchange comes with besides its user. */
export interface Surroundings {
  readonly tenant: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientName: string;
  readonly connection: string;
  readonly protocol: string;
  readonly scopes: readonly string[];
  readonly audience: string | null;
  readonly prompt: string | null;
  /** What an outside page adds when it sends the person back. */
  readonly returns: Readonly<Record<string, string>>;
  /** Fields of a sign-up form beside the known ones. */
  readonly body: Readonly<Record<string, string>>;
  readonly nowMs: number;
}

/** Values that a rehearsal makes up; addresses and names are those reserved for documentation. */
export const REHEARSAL = {
  tenant: 'rehearsal',
  issuer: 'https://rehearsal.example.auth0.com/',
  hostname: 'rehearsal.example.auth0.com',
  clientId: 'rehearsal-client',
  clientName: 'Rehearsal',
  ip: '192.0.2.1',
  userAgent: 'Userferry rehearsal',
  protocol: 'oidc-basic-profile',
  scopes: ['openid', 'profile', 'email'],
} as const;

const WITHOUT_PAGE: ReadonlySet<string> = new Set([
  'oauth2-resource-owner',
  'oauth2-resource-owner-jwt-bearer',
  'oauth2-password',
  'oauth2-refresh-token',
  'oauth2-token-exchange',
  'oauth2-access-token',
]);

/** Whether a browser is there to be sent elsewhere. */
export function canRedirect({ protocol, prompt }: Pick<Surroundings, 'protocol' | 'prompt'>): boolean {
  return !WITHOUT_PAGE.has(protocol) && prompt !== 'none';
}

export function requestOf(
  query: Readonly<Record<string, Json>>,
  body: Readonly<Record<string, Json>>,
): JsonObject {
  return {
    ip: REHEARSAL.ip,
    method: 'POST',
    hostname: REHEARSAL.hostname,
    language: 'en',
    user_agent: REHEARSAL.userAgent,
    query,
    body,
    geoip: {},
  };
}

export function clientOf({ clientId, clientName }: Surroundings): JsonObject {
  return { client_id: clientId, name: clientName, metadata: {} };
}

export function connectionOf({ connection }: Surroundings): JsonObject {
  return { id: 'con_0000000000000000', name: connection, strategy: 'auth0', metadata: {} };
}

export function transactionOf(around: Surroundings, metadata: JsonObject): JsonObject {
  return {
    protocol: around.protocol,
    requested_scopes: around.scopes,
    redirect_uri: 'https://app.example.com/callback',
    response_type: ['code'],
    response_mode: 'query',
    state: 'rehearsal-state',
    acr_values: [],
    ui_locales: [],
    locale: 'en',
    ...(around.prompt === null ? {} : { prompt: [around.prompt] }),
    metadata,
  };
}
