import type { TlsMaterial, TlsRequest } from '../tls-session.ts';
import { bytes, field, optional, text, whole } from './leaf-arguments.ts';

type WireMaterial = string | { readonly base64: string };

/** TLS options of the guest, field by field; whatever else the object holds is not looked at. */
export function tlsRequest(value: unknown): TlsRequest {
  const get = <T>(name: string, read: (value: unknown) => T): T | undefined =>
    optional(field(value, name), read);
  const passphrase =
    get('passphrase', text) ?? optional(field(first(field(value, 'key')), 'passphrase'), text);
  return {
    servername: get('servername', (name) => (typeof name === 'string' ? text(name, 253) : undefined)),
    alpn: get('alpn', bytes),
    minVersion: get('minVersion', version),
    maxVersion: get('maxVersion', version),
    ca: get('ca', materials),
    cert: get('cert', materials),
    key: get('key', materials),
    crl: get('crl', materials),
    pfx: get('pfx', (pfx) => materials(pfx)[0]),
    session: get('session', bytes),
    passphrase,
    ciphers: get('ciphers', text),
    ecdhCurve: get('ecdhCurve', text),
    sigalgs: get('sigalgs', text),
    secureOptions: get('secureOptions', (bits) => whole(bits, 0, 2 ** 32 - 1)),
    rejectUnauthorized: get('rejectUnauthorized', (on) => on !== false),
  };
}

const version = (value: unknown): number => whole(value, 0, 0xff_ff);
const first = (value: unknown): unknown => (Array.isArray(value) ? (value as unknown[])[0] : value);

function materials(value: unknown): TlsMaterial[] {
  if (Array.isArray(value)) return (value as unknown[]).flatMap(materials);
  if (typeof value === 'string') return [value];
  const nested = field(value, 'pem') ?? field(value, 'buf');
  return nested === undefined ? [bytes(value)] : materials(nested);
}

/** The request as it travels to the engine: JSON with bytes as base64. */
export function wireTlsOptions(request: TlsRequest): Record<string, unknown> {
  const wire = Object.entries(request).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [[name, Array.isArray(value) ? value.map(wireMaterial) : wireValue(value)] as const],
  );
  return Object.fromEntries(wire);
}

function wireMaterial(value: TlsMaterial): WireMaterial {
  return typeof value === 'string' ? value : { base64: value.toString('base64') };
}

function wireValue(value: unknown): unknown {
  return Buffer.isBuffer(value) ? wireMaterial(value) : value;
}
