import type { LegacyConnection } from '#contract/project-settings.ts';
import { Secret } from '#domain/secret.ts';
import { resolveReference, type Secrets } from '#project/secrets.ts';

/**
 * Secrets that fall back to the project's own legacy connection for the names that the starter scripts use, so
 * that host, port and the rest need not be written twice. A value that somebody gave wins: a tenant may well reach
 * the database under another address.
 */
export function withLegacyValues(secrets: Secrets, legacy: LegacyConnection): Secrets {
  if (!('host' in legacy)) return secrets;
  const { host, port, database, user, password, tls } = legacy;
  const known: Readonly<Record<string, string>> = {
    DB_HOST: host,
    DB_PORT: String(port ?? DEFAULT_PORTS[legacy.engine]),
    DB_NAME: database,
    DB_USER: user,
    DB_TLS: tls === 'off' ? 'off' : 'on',
  };
  const fallback = (name: string): Secret | null => {
    if (name === 'DB_PASSWORD') return password === undefined ? null : resolveReference(password, secrets);
    return Object.hasOwn(known, name) ? new Secret(known[name]!) : null;
  };
  return { ...secrets, get: (name) => secrets.get(name) ?? fallback(name) };
}

export const DEFAULT_PORTS = { postgresql: 5432, mysql: 3306, sqlserver: 1433, oracle: 1521 } as const;
