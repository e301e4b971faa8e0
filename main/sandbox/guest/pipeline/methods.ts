/** The methods of `api` that ask for something, by trigger. What answers at once is in files of its own. */
import type { ArgumentKind } from './arguments.ts';

export type Methods = Readonly<Record<string, readonly ArgumentKind[]>>;

const METADATA: Methods = {
  'user.setUserMetadata': ['text', 'json'],
  'user.setAppMetadata': ['text', 'json'],
};
const CHALLENGES: Methods = {
  'authentication.challengeWith': ['factor', 'object?'],
  'authentication.challengeWithAny': ['factors'],
};
const PROMPT: Methods = { 'prompt.render': ['text', 'object?'] };

const SAML: Methods = {
  'samlResponse.setAttribute': ['text', 'json'],
  'samlResponse.setAudience': ['text'],
  'samlResponse.setRecipient': ['text'],
  'samlResponse.setCreateUpnClaim': ['boolean'],
  'samlResponse.setPassthroughClaimsWithNoMapping': ['boolean'],
  'samlResponse.setMapUnknownClaimsAsIs': ['boolean'],
  'samlResponse.setMapIdentities': ['boolean'],
  'samlResponse.setSignatureAlgorithm': [{ oneOf: ['rsa-sha256', 'rsa-sha1'] }],
  'samlResponse.setDigestAlgorithm': [{ oneOf: ['sha256', 'sha1'] }],
  'samlResponse.setDestination': ['text'],
  'samlResponse.setLifetimeInSeconds': ['number'],
  'samlResponse.setSignResponse': ['boolean'],
  'samlResponse.setNameIdentifierFormat': ['text'],
  'samlResponse.setNameIdentifierProbes': ['texts'],
  'samlResponse.setAuthnContextClassRef': ['text'],
  'samlResponse.setSigningCert': ['text'],
  'samlResponse.setIncludeAttributeNameFormat': ['boolean'],
  'samlResponse.setTypedAttributes': ['boolean'],
  'samlResponse.setEncryptionCert': ['text'],
  'samlResponse.setEncryptionPublicKey': ['text'],
  'samlResponse.setCert': ['text'],
  'samlResponse.setKey': ['text'],
  'samlResponse.setRelayState': ['text'],
  'samlResponse.setIssuer': ['text'],
  'samlResponse.setEncryptionAlgorithm': [{ oneOf: ['aes256-gcm', 'aes256-cbc'] }],
};

const POST_LOGIN: Methods = {
  'access.deny': ['text?'],
  'idToken.setCustomClaim': ['text', 'json'],
  'accessToken.setCustomClaim': ['text', 'json'],
  'accessToken.addScope': ['text'],
  'accessToken.removeScope': ['text'],
  ...METADATA,
  ...CHALLENGES,
  'multifactor.enable': [{ oneOf: ['any', 'none', 'guardian', 'google-authenticator', 'duo'] }, 'object?'],
  'authentication.enrollWith': ['factor', 'object?'],
  'authentication.enrollWithAny': ['factors'],
  'authentication.recordMethod': ['url'],
  'authentication.setPrimaryUser': ['text'],
  'validation.error': ['text', 'text'],
  ...PROMPT,
  ...SAML,
  'session.revoke': ['text', 'object?'],
  'session.setExpiresAt': ['number'],
  'session.setIdleExpiresAt': ['number'],
  'session.setCookieMode': [{ oneOf: ['persistent', 'non-persistent'] }],
  'session.setMetadata': ['text', 'scalar'],
  'session.deleteMetadata': ['text'],
  'session.evictMetadata': [],
  'refreshToken.revoke': ['text'],
  'refreshToken.setExpiresAt': ['number'],
  'refreshToken.setIdleExpiresAt': ['number'],
  'refreshToken.setMetadata': ['text', 'scalar'],
  'refreshToken.deleteMetadata': ['text'],
  'refreshToken.evictMetadata': [],
};

const METHODS: Readonly<Record<string, Methods>> = {
  'post-login': POST_LOGIN,
  'pre-user-registration': {
    'access.deny': ['text?', 'text?'],
    'validation.error': ['text', 'text'],
    ...METADATA,
  },
  'post-user-registration': {},
  'post-change-password': {},
  'password-reset-post-challenge': {
    'access.deny': ['text?'],
    ...CHALLENGES,
    ...PROMPT,
    'transaction.setResultUrl': ['url', 'object?'],
  },
  'credentials-exchange': {
    'access.deny': [{ oneOf: ['invalid_scope', 'invalid_request', 'server_error'] }, 'text?'],
    'accessToken.setCustomClaim': ['text', 'json'],
    'transaction.addTargetScope': ['text'],
    'transaction.removeTargetScope': ['text'],
    'transaction.setTargetScopes': ['texts'],
    'transaction.clearTargetScopes': [],
  },
};

export function methodsOf(trigger: string): Methods {
  return METHODS[trigger] ?? {};
}

/** Methods that a page has to be left or come back for: they work at one point of a run only. */
export const ONLY_IN_CONTINUE: ReadonlySet<string> = new Set(['authentication.recordMethod']);
export const ONLY_AT_REFRESH: ReadonlySet<string> = new Set(['refreshToken.revoke']);
export const ONLY_ONCE: ReadonlySet<string> = new Set(['authentication.setPrimaryUser']);
