import { type LegacyConnection, legacyConnectionSchema } from '#contract/project-settings.ts';

export type LegacyEngine = LegacyConnection['engine'];

/** The connection form as it is typed: everything is text, nothing is checked yet. */
export interface ConnectionDraft {
  readonly engine: LegacyEngine;
  readonly host: string;
  readonly port: string;
  readonly database: string;
  readonly schema: string;
  readonly user: string;
  readonly tls: 'off' | 'on' | 'verify';
  readonly ca: string;
  readonly file: string;
  readonly delimiter: string;
}

export const ENGINES: readonly {
  readonly engine: LegacyEngine;
  readonly title: string;
  readonly port: string;
  readonly lead: string;
}[] = [
  { engine: 'postgresql', title: 'PostgreSQL', port: '5432', lead: 'also Aurora, Cloud SQL, Timescale' },
  { engine: 'mysql', title: 'MySQL, MariaDB', port: '3306', lead: 'also Aurora, PlanetScale' },
  { engine: 'sqlserver', title: 'SQL Server', port: '1433', lead: 'also Azure SQL' },
  { engine: 'oracle', title: 'Oracle', port: '1521', lead: 'thin mode, no client to install' },
  { engine: 'sqlite', title: 'SQLite', port: '', lead: 'a file' },
  { engine: 'csv', title: 'CSV', port: '', lead: 'a dump with a heading line' },
  { engine: 'ndjson', title: 'NDJSON', port: '', lead: 'a dump, one object a line' },
];

export const FILE_ENGINES: readonly LegacyEngine[] = ['sqlite', 'csv', 'ndjson'];

export function emptyDraft(engine: LegacyEngine): ConnectionDraft {
  const port = ENGINES.find((one) => one.engine === engine)?.port ?? '';
  const fields = { host: '', database: '', schema: '', user: '', ca: '', file: '', delimiter: ',' };
  return { engine, port, tls: 'off', ...fields };
}

export function draftOf(connection: LegacyConnection): ConnectionDraft {
  const draft = emptyDraft(connection.engine);
  const { engine: _engine, ...rest } = connection;
  const texts = Object.entries(rest)
    .filter(([name, value]) => name in draft && value !== undefined)
    .map(([name, value]) => [name, String(value)] as const);
  return { ...draft, ...Object.fromEntries(texts) };
}

export interface DraftErrors {
  readonly [field: string]: string;
}

/** The connection that a draft means, or what is missing by field. */
export function connectionOf(
  draft: ConnectionDraft,
  password?: string,
): { readonly connection: LegacyConnection } | { readonly errors: DraftErrors } {
  const errors = errorsOf(draft);
  if (Object.keys(errors).length > 0) return { errors };
  const optional = (name: string, value: string): object =>
    value.trim() === '' ? {} : { [name]: value.trim() };
  const file = { engine: draft.engine, file: draft.file.trim() };
  const server = {
    engine: draft.engine,
    host: draft.host.trim(),
    ...(draft.port.trim() === '' ? {} : { port: Number(draft.port) }),
    database: draft.database.trim(),
    user: draft.user.trim(),
    tls: draft.tls,
    ...(password === undefined ? {} : { password }),
    ...optional('ca', draft.ca),
    ...(['postgresql', 'sqlserver'].includes(draft.engine) ? optional('schema', draft.schema) : {}),
  };
  const wanted = FILE_ENGINES.includes(draft.engine)
    ? { ...file, ...(draft.engine === 'csv' ? { delimiter: draft.delimiter } : {}) }
    : server;
  const parsed = legacyConnectionSchema.safeParse(wanted);
  if (parsed.success) return { connection: parsed.data };
  const issues = parsed.error.issues.map(
    (issue) => [String(issue.path[0] ?? 'host'), issue.message] as const,
  );
  return { errors: Object.fromEntries(issues) };
}

function errorsOf(draft: ConnectionDraft): DraftErrors {
  const errors: Record<string, string> = {};
  const need = (field: keyof ConnectionDraft, words: string): void => {
    if (draft[field].trim() === '') errors[field] = words;
  };
  if (FILE_ENGINES.includes(draft.engine)) {
    need('file', 'Say which file it is');
    if (draft.engine === 'csv' && draft.delimiter.length !== 1) errors['delimiter'] = 'One character';
    return errors;
  }
  need('host', 'Say where the server is');
  need('database', 'Say which database it is');
  need('user', 'Say who signs in; an account that may only read is best');
  const port = Number(draft.port);
  const isPort = draft.port.trim() === '' || (Number.isInteger(port) && port > 0 && port < 65_536);
  if (!isPort) errors['port'] = 'A number from 1 to 65535';
  return errors;
}
