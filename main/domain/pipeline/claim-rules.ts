/** Which custom claims a token takes. */

/** Names that a tenant keeps for itself: setting one of them does nothing, and nothing says so. */
const RESTRICTED: ReadonlySet<string> = new Set(
  `
    acr act active amr at_hash ath attest aud auth_time authorization_details azp c_hash client_id cnf cty dest
    entitlements events exp groups gty htm htu iat internalService iss jcard jku jti jwe jwk kid may_act mky nbf
    nonce object_id org_id org_name orig origid permissions roles rph s_hash sid sip_callid sip_cseq_num sip_date
    sip_from_tag sip_via_branch sub sub_jwk toe txn typ uuid vot vtm x5t#S256
  `
    .trim()
    .split(/\s+/),
);

/** Standard claims of a profile, by the scope that lets them into a token. */
export const SCOPE_CLAIMS: Readonly<Record<string, readonly string[]>> = {
  profile:
    'name family_name given_name middle_name nickname preferred_username profile picture website gender birthdate zoneinfo locale updated_at'.split(
      ' ',
    ),
  email: ['email', 'email_verified'],
  phone: ['phone_number', 'phone_number_verified'],
  address: ['address'],
};

const SCOPE_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(SCOPE_CLAIMS).flatMap(([scope, names]) => names.map((name) => [name, scope] as const)),
);
const OWN_HOSTS = /(?:^|\.)(?:auth0\.com|webtask\.io|webtask\.run)$/i;

export type DropReason =
  | 'restricted'
  | 'reserved-namespace'
  | 'urn-without-api'
  | 'private-for-auth0-api'
  | 'scope-missing'
  | 'not-namespaced'
  | 'too-large';

export interface TokenKind {
  readonly token: 'id' | 'access';
  /** Identifier of the API the access token is for; null: none of the project's own. */
  readonly audience: string | null;
  readonly scopes: readonly string[];
}

/** Why a token would leave out a claim of this name; null if it takes it. */
export function claimRefusal(name: string, kind: TokenKind): DropReason | null {
  if (RESTRICTED.has(name)) return 'restricted';
  const scope = SCOPE_OF.get(name);
  if (scope !== undefined) return kind.scopes.includes(scope) ? null : 'scope-missing';
  if (name.startsWith('urn:'))
    return name.startsWith('urn:auth0')
      ? 'reserved-namespace'
      : kind.audience === null
        ? 'urn-without-api'
        : null;
  const host = hostOf(name);
  if (host !== null) return OWN_HOSTS.test(host) ? 'reserved-namespace' : null;
  return kind.token === 'access' && isAuth0Api(kind.audience) ? 'private-for-auth0-api' : null;
}

export function isNamespaced(name: string): boolean {
  return hostOf(name) !== null || name.startsWith('urn:');
}

function hostOf(name: string): string | null {
  return /^https?:\/\/([^/:?#\s]+)/i.exec(name)?.[1] ?? null;
}

function isAuth0Api(audience: string | null): boolean {
  return audience !== null && /^https:\/\/[^/]+\/api\/v2\/?$/.test(audience);
}
