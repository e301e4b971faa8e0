import type { Socket } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { tlsConnectionOptions, type TlsMaterial, type TlsRequest } from '../tls-session.ts';
import type { WireTlsOptions } from '../worker-messages.ts';

/** TLS over a connection of the broker: it ends here, so the tap reads plaintext and the script never sees keys. */
export function startTls(raw: Socket, options: WireTlsOptions): TLSSocket {
  return connect({ ...tlsConnectionOptions(tlsRequest(options)), socket: raw });
}

function tlsRequest(wire: WireTlsOptions): TlsRequest {
  return {
    ...wire,
    alpn: bytes(wire.alpn),
    session: bytes(wire.session),
    ca: materials(wire.ca),
    cert: materials(wire.cert),
    key: materials(wire.key),
    crl: materials(wire.crl),
    pfx: wire.pfx === undefined ? undefined : material(wire.pfx),
  };
}

type WireMaterial = string | { readonly base64: string };

function material(value: WireMaterial): TlsMaterial {
  return typeof value === 'string' ? value : Buffer.from(value.base64, 'base64');
}

function materials(
  value: WireMaterial | readonly WireMaterial[] | undefined,
): readonly TlsMaterial[] | undefined {
  if (value === undefined) return undefined;
  return (Array.isArray(value) ? (value as readonly WireMaterial[]) : [value as WireMaterial]).map(material);
}

function bytes(value: { readonly base64: string } | undefined): Buffer | undefined {
  return value === undefined ? undefined : Buffer.from(value.base64, 'base64');
}
