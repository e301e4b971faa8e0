/** What replaces the constructs of Rules and Hooks in an Action. */
export interface Replacement {
  /** What is found: a path of members as it is written, `*` for any one name. The first fit counts. */
  readonly path: string;
  /** Only where it is given a value, or only where it is called. */
  readonly where?: 'set' | 'called' | 'made';
  /** What an Action uses instead; null where there is nothing. */
  readonly action: string | null;
  readonly hint?: string;
}

const SECRETS = 'event.secrets.NAME (a secret of the Action)';

export const RULE_REPLACEMENTS: readonly Replacement[] = [
  {
    path: 'UnauthorizedError',
    where: 'made',
    action: 'api.access.deny(reason); the application then gets access_denied',
  },
  { path: 'context.idToken.*', where: 'set', action: 'api.idToken.setCustomClaim(name, value)' },
  {
    path: 'context.accessToken.scope',
    where: 'set',
    action: 'api.accessToken.addScope(scope) and removeScope(scope)',
  },
  { path: 'context.accessToken.*', where: 'set', action: 'api.accessToken.setCustomClaim(name, value)' },
  { path: 'context.accessToken.scope', action: 'event.transaction.requested_scopes' },
  {
    path: 'context.multifactor',
    where: 'set',
    action: 'api.multifactor.enable(provider, options), or api.authentication.challengeWith(factor)',
  },
  {
    path: 'context.redirect',
    where: 'set',
    action: 'api.redirect.sendUserTo(url, { query }), and onContinuePostLogin for the return',
  },
  { path: 'context.primaryUser', where: 'set', action: 'api.authentication.setPrimaryUser(userId)' },
  { path: 'context.samlConfiguration', action: 'the set… methods of api.samlResponse' },
  {
    path: 'context.protocol',
    action: 'event.transaction.protocol; the return of a redirect is onContinuePostLogin',
  },
  { path: 'context.stats.loginsCount', action: 'event.stats.logins_count' },
  { path: 'context.stats', action: 'event.stats' },
  { path: 'context.clientID', action: 'event.client.client_id' },
  { path: 'context.clientName', action: 'event.client.name' },
  { path: 'context.clientMetadata', action: 'event.client.metadata' },
  { path: 'context.connectionID', action: 'event.connection.id' },
  { path: 'context.connectionStrategy', action: 'event.connection.strategy' },
  { path: 'context.connectionMetadata', action: 'event.connection.metadata' },
  {
    path: 'context.connectionOptions',
    action: null,
    hint: 'Options of the connection are not in the event; put what you need into its metadata.',
  },
  { path: 'context.connection', action: 'event.connection.name' },
  {
    path: 'context.sso',
    action: null,
    hint: 'Nothing says which applications share the session; event.session and event.authentication.methods say how the user got in.',
  },
  { path: 'context.sessionID', action: 'event.session.id' },
  { path: 'context.request.userAgent', action: 'event.request.user_agent' },
  {
    path: 'context.request.geoip',
    action: 'event.request.geoip, with names such as countryCode and cityName',
  },
  { path: 'context.request', action: 'event.request' },
  { path: 'context.authentication', action: 'event.authentication' },
  { path: 'context.authorization', action: 'event.authorization' },
  { path: 'context.organization', action: 'event.organization' },
  { path: 'context.riskAssessment', action: 'event.authentication.riskAssessment' },
  { path: 'context.tenant', action: 'event.tenant.id' },
  {
    path: 'auth0.users.updateUserMetadata',
    action: 'api.user.setUserMetadata(key, value), once for each key',
  },
  { path: 'auth0.users.updateAppMetadata', action: 'api.user.setAppMetadata(key, value), once for each key' },
  {
    path: 'auth0.*',
    action: null,
    hint: 'Actions get no token for the Management API; use an application of your own whose credentials are secrets of the Action.',
  },
  { path: 'configuration.*', action: SECRETS },
  { path: 'global.*', action: 'api.cache.get(key) and api.cache.set(key, value, { ttl })' },
  {
    path: 'user.blocked',
    action: null,
    hint: 'event.user does not say it; a blocked user does not get as far as an Action.',
  },
  { path: 'user.last_login', action: null, hint: 'event.user has no last login; keep one in app_metadata.' },
  { path: 'user.logins_count', action: 'event.stats.logins_count' },
  { path: 'user.last_ip', action: 'event.request.ip' },
  { path: 'user.user_metadata', where: 'set', action: 'api.user.setUserMetadata(key, value)' },
  { path: 'user.app_metadata', where: 'set', action: 'api.user.setAppMetadata(key, value)' },
  {
    path: 'user.*',
    where: 'set',
    action: null,
    hint: 'Changes of the user last for one login only and no later step sees them; use api.transaction.setMetadata(key, value).',
  },
  { path: 'user.*', action: 'event.user, with the same name' },
];

const HOOK_CONTEXT: readonly Replacement[] = [
  { path: 'context.webtask.secrets.*', action: SECRETS },
  { path: 'context.webtask.secrets', action: 'event.secrets' },
  { path: 'context.webtask', action: null, hint: 'Only its secrets have a successor.' },
  { path: 'context.requestLanguage', action: 'event.request.language' },
  { path: 'context.renderLanguage', action: 'event.transaction.locale' },
  { path: 'context.connection', action: 'event.connection' },
];

/** `client`, `scope` and so on are the names of the parameters in the order of the Hook, whatever the code calls them. */
export const HOOK_REPLACEMENTS: Readonly<
  Record<string, { readonly parameters: readonly string[]; readonly list: readonly Replacement[] }>
> = {
  'credentials-exchange': {
    parameters: ['client', 'scope', 'audience', 'context'],
    list: [
      { path: 'InvalidScopeError', where: 'made', action: "api.access.deny('invalid_scope', reason)" },
      { path: 'InvalidRequestError', where: 'made', action: "api.access.deny('invalid_request', reason)" },
      { path: 'ServerError', where: 'made', action: "api.access.deny('server_error', reason)" },
      { path: 'client.id', action: 'event.client.client_id' },
      { path: 'client.tenant', action: 'event.tenant.id' },
      { path: 'client.*', action: 'event.client, with the same name' },
      { path: 'audience', action: 'event.resource_server.identifier' },
      {
        path: 'scope',
        action: 'event.transaction.requested_scopes; change them with api.transaction.addTargetScope',
      },
      ...HOOK_CONTEXT,
    ],
  },
  'pre-user-registration': {
    parameters: ['user', 'context'],
    list: [
      { path: 'PreUserRegistrationError', where: 'made', action: 'api.access.deny(reason, userMessage)' },
      { path: 'user.password', action: null, hint: 'Actions never see a password.' },
      { path: 'user.phoneNumber', action: 'event.user.phone_number' },
      { path: 'user.tenant', action: 'event.tenant.id' },
      { path: 'user.emailVerified', action: null, hint: 'event.user of this trigger does not say it.' },
      { path: 'user.*', action: 'event.user, with the same name' },
      ...HOOK_CONTEXT,
    ],
  },
  'post-user-registration': {
    parameters: ['user', 'context'],
    list: [
      { path: 'user.id', action: 'event.user.user_id, which begins with auth0|' },
      { path: 'user.emailVerified', action: 'event.user.email_verified' },
      { path: 'user.phoneNumber', action: 'event.user.phone_number' },
      { path: 'user.tenant', action: 'event.tenant.id' },
      { path: 'user.*', action: 'event.user, with the same name' },
      ...HOOK_CONTEXT,
    ],
  },
  'post-change-password': {
    parameters: ['user', 'context'],
    list: [
      { path: 'user.id', action: 'event.user.user_id, which begins with auth0|' },
      { path: 'user.*', action: 'event.user, with the same name' },
      ...HOOK_CONTEXT,
    ],
  },
};
