import type { LegacySummary } from '#contract/projects.ts';
import type { ProjectSettings } from '#contract/project-settings.ts';

/** Engines whose sessions cannot write, because the database itself refuses. SQL Server has no such switch. */
const READ_ONLY: Readonly<Record<ProjectSettings['legacy']['engine'], boolean>> = {
  postgresql: true,
  mysql: true,
  oracle: true,
  sqlserver: false,
  sqlite: true,
  csv: true,
  ndjson: true,
};

const TLS = { off: 'no TLS', on: 'TLS, certificate not checked', verify: 'TLS' } as const;

/** The legacy connection in words that anybody may see. */
export function legacySummary(
  { legacy, users, environment }: ProjectSettings,
  passwordMissing: boolean,
): LegacySummary {
  const server = 'host' in legacy;
  return {
    engine: legacy.engine,
    description: server
      ? `${legacy.user} at ${legacy.host}${legacy.port === undefined ? '' : `:${legacy.port}`}/${legacy.database}, ${TLS[legacy.tls]}`
      : legacy.file,
    kind: server ? 'server' : 'file',
    users: users.table ?? 'a query',
    readOnly: READ_ONLY[legacy.engine],
    environment: environment ?? null,
    passwordSet: server && legacy.password !== undefined ? !passwordMissing : null,
  };
}
