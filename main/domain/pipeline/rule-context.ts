import type { JsonObject } from '#domain/json.ts';
import { REHEARSAL, type Surroundings } from '#domain/pipeline/surroundings.ts';

/** `context` of the first Rule of a login. */
export function ruleContext(
  around: Surroundings,
  facts: {
    readonly logins: number;
    readonly roles: readonly string[];
    readonly query: Readonly<Record<string, string>> | null;
  },
): JsonObject {
  return {
    tenant: around.tenant,
    clientID: around.clientId,
    clientName: around.clientName,
    clientMetadata: {},
    connectionID: 'con_0000000000000000',
    connection: around.connection,
    connectionStrategy: 'auth0',
    connectionOptions: {},
    connectionMetadata: {},
    samlConfiguration: {},
    protocol: facts.query === null ? around.protocol : 'redirect-callback',
    stats: { loginsCount: facts.logins },
    sso: { with_auth0: false, with_dbconn: false, current_clients: [] },
    accessToken: { scope: around.scopes },
    idToken: {},
    sessionID: 'rehearsal-session',
    request: {
      userAgent: REHEARSAL.userAgent,
      ip: REHEARSAL.ip,
      hostname: REHEARSAL.hostname,
      query: facts.query ?? {},
      body: around.body,
      geoip: {},
    },
    authentication: { methods: [{ name: 'pwd', timestamp: around.nowMs }] },
    authorization: { roles: facts.roles },
  };
}
