import type { TlsSettings } from '#legacy/tls.ts';

/** A server's connection with secrets filled in. Times in milliseconds. */
export interface ServerConnection {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly schema: string | null;
  readonly tls: TlsSettings;
  readonly connectTimeoutMs: number;
  readonly statementTimeoutMs: number;
}
