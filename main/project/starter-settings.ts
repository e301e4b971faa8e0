import type { ProjectSettings } from '#contract/project-settings.ts';
import { DEFAULT_PORTS } from '#project/legacy-values.ts';

/** What a new project can start from. */
export const STARTS = ['sample', 'postgresql', 'mysql', 'sqlserver', 'oracle', 'sqlite', 'csv'] as const;
export type Start = (typeof STARTS)[number];

/** Facts about the legacy database that the caller knows already; the rest gets a telling example. */
export interface StarterAnswers {
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly database?: string | undefined;
  readonly user?: string | undefined;
  /** File of a SQLite or CSV store, relative to the project. */
  readonly file?: string | undefined;
}

/** What the templates of one kind of start are and how their texts are filled. */
export interface Starter {
  /** For the README: "the users in …". */
  readonly source: string;
  /** Folder below `templates`. */
  readonly scripts: string;
  readonly settings: ProjectSettings;
  readonly connection: Readonly<Record<string, unknown>>;
  /** Names of the secrets file with the values known so far. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Further lines of .gitignore. */
  readonly ignored: readonly string[];
}

const CONNECTION = 'legacy-users';
/** Beside the sample's database: `time,user,event` of every login of a year. */
export const SAMPLE_ACCESS_LOG = 'access-log.csv.gz';
type ServerStart = keyof typeof DEFAULT_PORTS;

const SOURCES: Readonly<Record<Start, string>> = {
  sample: 'a made-up online shop',
  postgresql: 'a PostgreSQL database',
  mysql: 'a MySQL or MariaDB database',
  sqlserver: 'a SQL Server database',
  oracle: 'an Oracle database',
  sqlite: 'a SQLite file',
  csv: 'a CSV file',
};

export function starter(from: Start, name: string, answers: StarterAnswers): Starter {
  if (from === 'sample') return sampleStarter(name);
  return from === 'sqlite' || from === 'csv'
    ? fileStarter(from, name, answers)
    : serverStarter(from, name, answers);
}

/** Users and mapping as a new project for such a store has them, before anybody adapted them. */
export function settingsToStartWith({
  legacy,
  name,
}: ProjectSettings): Pick<ProjectSettings, 'users' | 'fields'> {
  const from = legacy.engine === 'ndjson' ? 'csv' : legacy.engine;
  return starter(from, name, {}).settings;
}

function serverStarter(from: ServerStart, name: string, answers: StarterAnswers): Starter {
  const host = answers.host ?? 'localhost';
  const port = answers.port ?? DEFAULT_PORTS[from];
  const database = answers.database ?? 'legacy';
  const user = answers.user ?? 'userferry_readonly';
  // Oracle keeps unquoted names in capitals.
  const written = from === 'oracle' ? (text: string) => text.toUpperCase() : (text: string) => text;
  const byWeb = from === 'oracle';
  return {
    source: SOURCES[from],
    scripts: byWeb ? 'project/http' : `project/${from}`,
    settings: {
      version: 1,
      name,
      legacy: { engine: from, host, port, database, user, password: `\${secret:DB_PASSWORD}`, tls: 'off' },
      users: { table: written('users'), key: [written('id')] },
      fields: usualFields(written),
      connection: CONNECTION,
      egress: [],
      assumptions: {},
    },
    connection: connectionFile(CONNECTION, byWeb ? WEB_CONFIGURATION : SERVER_CONFIGURATION, false),
    secrets: byWeb
      ? { DB_PASSWORD: '', LEGACY_URL: 'https://users.example.com', LEGACY_API_KEY: '' }
      : { DB_PASSWORD: '' },
    ignored: [],
  };
}

function fileStarter(from: 'sqlite' | 'csv', name: string, answers: StarterAnswers): Starter {
  const file = answers.file ?? (from === 'sqlite' ? 'legacy.db' : 'users.csv');
  return {
    source: SOURCES[from],
    scripts: 'project/http',
    settings: {
      version: 1,
      name,
      legacy: from === 'sqlite' ? { engine: 'sqlite', file } : { engine: 'csv', file, delimiter: ',' },
      users: { table: 'users', key: ['id'] },
      fields: usualFields((text) => text),
      connection: CONNECTION,
      egress: [],
      assumptions: {},
    },
    connection: connectionFile(CONNECTION, WEB_CONFIGURATION, false),
    secrets: {},
    ignored: [`/${file.replace(/^\.?\//, '')}`],
  };
}

function sampleStarter(name: string): Starter {
  return {
    source: SOURCES.sample,
    scripts: 'sample/lookup',
    settings: {
      version: 1,
      name,
      legacy: { engine: 'sqlite', file: 'legacy.db' },
      users: { table: 'app_users', key: ['id'] },
      fields: {
        id: 'id',
        email: 'email',
        emailVerified: 'email_confirmed',
        username: 'login_name',
        passwordHash: 'pw_hash',
        passwordSalt: 'pw_salt',
        passwordScheme: 'pw_scheme',
        name: 'display_name',
        givenName: 'first_name',
        familyName: 'last_name',
        picture: 'avatar',
        phoneNumber: 'phone',
        lastLogin: 'last_login_at',
        createdAt: 'created_at',
        blocked: 'is_locked',
        userMetadata: 'preferences',
        appMetadata: 'profile_json',
      },
      connection: 'acme-customers',
      egress: [],
      credentials: '.userferry/credentials.csv',
      assumptions: {},
    },
    connection: connectionFile('acme-customers', WEB_CONFIGURATION, true),
    secrets: {},
    ignored: ['/legacy.db', `/${SAMPLE_ACCESS_LOG}`],
  };
}

function usualFields(written: (text: string) => string): ProjectSettings['fields'] {
  return {
    id: written('id'),
    email: written('email'),
    emailVerified: written('email_verified'),
    passwordHash: written('password_hash'),
    givenName: written('first_name'),
    familyName: written('last_name'),
  };
}

const SERVER_CONFIGURATION = ['DB_HOST', 'DB_PORT', 'DB_NAME', 'DB_USER', 'DB_PASSWORD', 'DB_TLS'];
const WEB_CONFIGURATION = ['LEGACY_URL', 'LEGACY_API_KEY'];

function connectionFile(name: string, configuration: readonly string[], usernames: boolean) {
  return {
    name,
    strategy: 'auth0',
    enabled_clients: [],
    options: {
      enabledDatabaseCustomization: true,
      import_mode: true,
      strategy_version: 2,
      requires_username: usernames,
      ...(usernames ? { validation: { username: { min: 3, max: 15 } } } : {}),
      configuration: Object.fromEntries(configuration.map((key) => [key, `##${key}##`])),
      customScripts: { get_user: './get_user.js', login: './login.js' },
    },
  };
}
