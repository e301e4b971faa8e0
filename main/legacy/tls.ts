import { readFileSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import { Fault } from '#engine/fault.ts';

export type TlsMode = 'off' | 'on' | 'verify';

export interface TlsSettings {
  readonly mode: TlsMode;
  /** Absolute path of the authority's PEM file. */
  readonly caPath: string | null;
}

export function tlsSettings(
  connection: { readonly tls: TlsMode; readonly ca?: string | undefined },
  projectFolder: string,
): TlsSettings {
  const { ca } = connection;
  if (ca === undefined) return { mode: connection.tls, caPath: null };
  return { mode: connection.tls, caPath: isAbsolute(ca) ? ca : join(projectFolder, ca) };
}

export function authority({ caPath }: TlsSettings): string | undefined {
  if (caPath === null) return undefined;
  try {
    // A pipe would hold up the whole engine.
    if (!statSync(caPath).isFile()) throw new Error('no file');
    return readFileSync(caPath, 'utf8');
  } catch {
    throw new Fault('input-invalid', `the authority file ${caPath} cannot be read`, {
      where: 'legacy.ca',
      help: 'Give the path of a PEM file, relative to the project.',
    });
  }
}

/** Options of Node's own TLS client; `host` is what the certificate must name, also when it is an address. */
export function tlsOptions(tls: TlsSettings, host: string) {
  if (tls.mode === 'on') return { rejectUnauthorized: false };
  const ca = authority(tls);
  return {
    rejectUnauthorized: true,
    checkServerIdentity: (_name: string, certificate: PeerCertificate) =>
      checkServerIdentity(host, certificate),
    ...(ca === undefined ? {} : { ca }),
  };
}
