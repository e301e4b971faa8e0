import { isIP } from 'node:net';
import {
  checkServerIdentity,
  type ConnectionOptions,
  type DetailedPeerCertificate,
  type PeerCertificate,
  type SecureVersion,
  type TLSSocket,
} from 'node:tls';

export type TlsMaterial = string | Buffer;

/** What a script asked of a TLS connection, read from the guest's options field by field. */
export interface TlsRequest {
  readonly servername?: string | undefined;
  readonly alpn?: Buffer | undefined;
  readonly minVersion?: number | undefined;
  readonly maxVersion?: number | undefined;
  readonly ca?: readonly TlsMaterial[] | undefined;
  readonly cert?: readonly TlsMaterial[] | undefined;
  readonly key?: readonly TlsMaterial[] | undefined;
  readonly crl?: readonly TlsMaterial[] | undefined;
  readonly pfx?: TlsMaterial | undefined;
  readonly session?: Buffer | undefined;
  readonly passphrase?: string | undefined;
  readonly ciphers?: string | undefined;
  readonly ecdhCurve?: string | undefined;
  readonly sigalgs?: string | undefined;
  readonly secureOptions?: number | undefined;
  readonly rejectUnauthorized?: boolean | undefined;
}

const VERSIONS: Readonly<Record<number, SecureVersion>> = {
  0x3_01: 'TLSv1',
  0x3_02: 'TLSv1.1',
  0x3_03: 'TLSv1.2',
  0x3_04: 'TLSv1.3',
};

/**
 * Options for the host's handshake. It never rejects by itself: Node's lib in the guest gets the result of the
 * verification and decides, as it would in a tenant, `checkServerIdentity` of the script included.
 */
export function tlsConnectionOptions(request: TlsRequest): ConnectionOptions {
  const copied = {
    ca: request.ca,
    cert: request.cert,
    key: request.key,
    crl: request.crl,
    pfx: request.pfx,
    session: request.session,
    passphrase: request.passphrase,
    ciphers: request.ciphers,
    ecdhCurve: request.ecdhCurve,
    sigalgs: request.sigalgs,
    secureOptions: request.secureOptions,
    minVersion: VERSIONS[request.minVersion ?? 0],
    maxVersion: VERSIONS[request.maxVersion ?? 0],
    servername:
      request.servername !== undefined && isIP(request.servername) === 0 ? request.servername : undefined,
    ALPNProtocols: request.alpn === undefined ? undefined : protocols(request.alpn),
  };
  const given = Object.fromEntries(Object.entries(copied).filter(([, value]) => value !== undefined));
  return { ...given, rejectUnauthorized: false, checkServerIdentity: () => undefined };
}

function protocols(list: Buffer): string[] {
  const names: string[] = [];
  for (let at = 0; at < list.length; at += 1 + list[at]!)
    names.push(list.toString('latin1', at + 1, at + 1 + list[at]!));
  return names;
}

export interface SecureEvent {
  readonly verifyError: { readonly code: string; readonly message: string } | null;
  readonly cert: Readonly<Record<string, unknown>>;
  readonly protocol: string | null;
  readonly cipher: unknown;
  readonly alpn: string | false | null;
  readonly reused: boolean;
}

const VERIFY_MESSAGES: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'self-signed certificate in certificate chain',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unable to verify the first certificate',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unable to get local issuer certificate',
  CERT_HAS_EXPIRED: 'certificate has expired',
};

const CERTIFICATE_FIELDS = [
  'subject',
  'issuer',
  'subjectaltname',
  'valid_from',
  'valid_to',
  'fingerprint',
  'fingerprint256',
  'fingerprint512',
  'serialNumber',
  'raw',
  'ca',
  'bits',
  'exponent',
  'modulus',
  'asn1Curve',
  'nistCurve',
  'pubkey',
  'ext_key_usage',
] as const;

/** A finished handshake as the guest's `TLSWrap` shows it. */
export function secureEvent(socket: TLSSocket): SecureEvent {
  // Typed as an Error, but Node gives the code of the failed verification as text, or null.
  const failed = socket.authorizationError as unknown;
  const code = typeof failed === 'string' ? failed : failed instanceof Error ? failed.message : null;
  return {
    verifyError: code === null ? null : { code, message: VERIFY_MESSAGES[code] ?? code },
    cert: certificate(socket.getPeerCertificate(false)),
    protocol: socket.getProtocol(),
    cipher: socket.getCipher(),
    alpn: socket.alpnProtocol,
    reused: socket.isSessionReused(),
  };
}

/** Whether the host itself would have accepted the server: its chain and, where it is known, its name. */
export function isVerified(secure: TLSSocket, event: SecureEvent, name: string | null): boolean {
  if (event.verifyError !== null) return false;
  return name === null || checkServerIdentity(name, secure.getPeerCertificate(false)) === undefined;
}

function certificate(peer: PeerCertificate | DetailedPeerCertificate): Record<string, unknown> {
  const fields = peer as unknown as Record<string, unknown>;
  const told: Record<string, unknown> = {};
  for (const name of CERTIFICATE_FIELDS) {
    const value = fields[name];
    if (value === undefined) {
      if (name in fields) told[name] = undefined;
    } else if (Buffer.isBuffer(value)) told[name] = new Uint8Array(value);
    else told[name] = name === 'subject' || name === 'issuer' ? { ...(value as object) } : value;
  }
  return told;
}

export interface TlsErrorEvent {
  readonly message: string;
  readonly code?: string;
  readonly reason?: string;
  readonly library?: string;
}

export function tlsErrorEvent(error: unknown): TlsErrorEvent {
  const own = error as { message?: unknown; code?: unknown; reason?: unknown; library?: unknown };
  return {
    message: typeof own.message === 'string' ? own.message.slice(0, 500) : 'TLS failed',
    ...(typeof own.code === 'string' ? { code: own.code } : {}),
    ...(typeof own.reason === 'string' ? { reason: own.reason } : {}),
    ...(typeof own.library === 'string' ? { library: own.library } : {}),
  };
}
