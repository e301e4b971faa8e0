/**
 * What scripts may `require` besides Node's own modules. One entry per module; its first version is the one that
 * `require('name')` gives. Every version runs as it is published, inside the isolate; native addons below them are replaced by calls of the host.
 */
export interface SandboxModule {
  readonly name: string;
  readonly versions: readonly ModuleVersion[];
  /** Paths below the name that can be required: `mysql2/promise`. */
  readonly subpaths?: readonly string[];
  /** Modules that share one snapshot of the isolate; null: loaded on demand. */
  readonly family: string | null;
  /** What every version of it is run against in the conformance suite, value by value with plain Node 22. */
  readonly testedAgainst: string;
}

export interface ModuleVersion {
  readonly version: string;
  /** Folder in the build's packages; differs from the name where several versions are installed. */
  readonly installedAs: string;
  /** Cannot be evaluated into a snapshot. */
  readonly onDemand?: true;
  /** File below `modules/` that replaces the native addon (or the slow computation) and asks the host instead. */
  readonly addon?: string;
}

const one = (name: string, version: string): readonly ModuleVersion[] => [{ version, installedAs: name }];

const DRIVERS: readonly SandboxModule[] = [
  {
    name: 'pg',
    versions: one('pg', '8.23.1'),
    family: 'pg',
    testedAgainst: 'PostgreSQL 18, SCRAM, TLS',
  },
  {
    name: 'pg-pool',
    versions: one('pg-pool', '3.14.0'),
    family: null,
    testedAgainst: 'PostgreSQL 18, SCRAM',
  },
  {
    name: 'mysql',
    versions: one('mysql', '2.18.1'),
    family: 'mysql',
    testedAgainst: 'MariaDB 10.11 with TLS, MySQL 5.6',
  },
  {
    name: 'mysql2',
    versions: [
      { version: '3.24.6', installedAs: 'mysql2' },
      { version: '2.3.3', installedAs: 'mysql2-2' },
    ],
    subpaths: ['promise'],
    family: 'mysql2',
    testedAgainst: 'MariaDB 10.11 with TLS, MySQL 5.6',
  },
  {
    name: 'tedious',
    versions: [
      { version: '19.2.2', installedAs: 'tedious' },
      { version: '11.8.0', installedAs: 'tedious-11', onDemand: true },
    ],
    family: 'tedious',
    testedAgainst: 'a SQL Server stand-in, TLS inside TDS',
  },
  {
    name: 'mssql',
    versions: one('mssql', '12.7.14'),
    family: 'mssql',
    testedAgainst: 'a SQL Server stand-in, TLS inside TDS',
  },
  {
    name: 'mongodb',
    versions: [
      { version: '6.22.0', installedAs: 'mongodb-6' },
      { version: '5.9.2', installedAs: 'mongodb-5' },
      { version: '4.17.2', installedAs: 'mongodb-4' },
      { version: '3.7.4', installedAs: 'mongodb-3' },
    ],
    family: 'mongodb',
    testedAgainst: 'a MongoDB stand-in, SCRAM-SHA-256, TLS',
  },
  {
    name: 'oracledb',
    versions: one('oracledb', '26.0.0'),
    family: null,
    testedAgainst: 'load and a refused connection; thin mode only',
  },
  {
    name: 'redis',
    versions: [
      { version: '5.8.0', installedAs: 'redis' },
      { version: '3.1.2', installedAs: 'redis-3' },
    ],
    family: null,
    testedAgainst: 'Redis 7, password; TLS (5.8.0)',
  },
  {
    name: 'ldapjs',
    versions: [
      { version: '3.0.7', installedAs: 'ldapjs' },
      { version: '2.3.3', installedAs: 'ldapjs-2' },
    ],
    family: null,
    testedAgainst: 'OpenLDAP 2.5, TLS',
  },
];

const HASHING: readonly SandboxModule[] = [
  {
    name: 'bcrypt',
    versions: [{ version: '6.0.0', installedAs: 'bcrypt', addon: 'addons/bcrypt.cjs' }],
    family: null,
    testedAgainst: 'the same calls in plain Node 22',
  },
  {
    name: 'bcryptjs',
    versions: [
      { version: '3.0.3', installedAs: 'bcryptjs', addon: 'addons/bcryptjs.cjs' },
      { version: '2.4.3', installedAs: 'bcryptjs-2', addon: 'addons/bcryptjs.cjs' },
    ],
    family: null,
    testedAgainst: 'the same calls in plain Node 22',
  },
  {
    name: 'argon2',
    versions: [{ version: '0.44.0', installedAs: 'argon2', addon: 'addons/argon2.cjs' }],
    family: null,
    testedAgainst: 'the same calls in plain Node 22',
  },
];

const HTTP: readonly SandboxModule[] = [
  {
    name: 'axios',
    versions: [
      { version: '1.21.1', installedAs: 'axios' },
      { version: '0.27.2', installedAs: 'axios-0' },
    ],
    family: 'http',
    testedAgainst: 'Node http and https servers',
  },
  {
    name: 'request',
    versions: one('request', '2.88.2'),
    family: 'request',
    testedAgainst: 'Node http and https servers',
  },
  {
    name: 'request-promise',
    versions: one('request-promise', '4.2.6'),
    family: null,
    testedAgainst: 'Node http servers',
  },
  {
    name: 'node-fetch',
    versions: [
      { version: '2.7.0', installedAs: 'node-fetch' },
      { version: '3.3.2', installedAs: 'node-fetch-3' },
    ],
    family: null,
    testedAgainst: 'Node http and https servers',
  },
  {
    name: 'superagent',
    versions: [
      { version: '10.2.3', installedAs: 'superagent' },
      { version: '8.1.2', installedAs: 'superagent-8' },
    ],
    family: null,
    testedAgainst: 'Node http and https servers',
  },
  {
    name: 'auth0',
    versions: one('auth0', '4.37.0'),
    family: null,
    testedAgainst: 'a Node http server, one call of the Management API',
  },
  { name: 'jwks-rsa', versions: one('jwks-rsa', '3.2.0'), family: null, testedAgainst: 'a Node http server' },
];

/** The parts that are asked for one by one; a package's other files are not offered. */
const LODASH_PARTS =
  'fp assign camelCase capitalize chunk cloneDeep compact debounce defaults filter find first flatten forEach get groupBy has includes isArray isEmpty isEqual isFunction isNil isNumber isObject isPlainObject isString isUndefined kebabCase keyBy keys last map mapKeys mapValues merge omit omitBy orderBy pick pickBy reduce set snakeCase sortBy startCase throttle toLower trim uniq uniqBy values'.split(
    ' ',
  );
const ASYNC_PARTS =
  'auto each eachLimit eachSeries map mapLimit mapSeries parallel queue retry series waterfall whilst'.split(
    ' ',
  );

const PLAIN: readonly SandboxModule[] = [
  {
    name: 'lodash',
    versions: one('lodash', '4.18.1'),
    subpaths: LODASH_PARTS,
    family: null,
    testedAgainst: 'the same calls in plain Node 22',
  },
  {
    name: 'async',
    versions: [
      { version: '3.2.6', installedAs: 'async' },
      { version: '2.6.4', installedAs: 'async-2' },
    ],
    subpaths: ASYNC_PARTS,
    family: null,
    testedAgainst: 'the same calls in plain Node 22',
  },
  {
    name: 'uuid',
    versions: [
      { version: '11.1.0', installedAs: 'uuid' },
      { version: '9.0.1', installedAs: 'uuid-9' },
      { version: '8.3.2', installedAs: 'uuid-8' },
    ],
    family: null,
    testedAgainst: 'the same calls in plain Node 22',
  },
  {
    name: 'jsonwebtoken',
    versions: [
      { version: '9.0.3', installedAs: 'jsonwebtoken' },
      { version: '8.5.1', installedAs: 'jsonwebtoken-8' },
    ],
    family: null,
    testedAgainst: 'the same calls in plain Node 22',
  },
  {
    name: 'bluebird',
    versions: one('bluebird', '3.7.2'),
    family: null,
    testedAgainst: 'the same calls in plain Node 22',
  },
  {
    name: 'moment',
    versions: one('moment', '2.30.1'),
    family: null,
    testedAgainst: 'the same calls in plain Node 22',
  },
  {
    name: 'qs',
    versions: one('qs', '6.14.0'),
    family: null,
    testedAgainst: 'the same calls in plain Node 22',
  },
  {
    name: 'xml2js',
    versions: one('xml2js', '0.6.2'),
    family: null,
    testedAgainst: 'the same calls in plain Node 22',
  },
];

export const SANDBOX_MODULES: readonly SandboxModule[] = [...DRIVERS, ...HASHING, ...HTTP, ...PLAIN];

/** Node's own modules that work inside, fully or for what a client needs. The rest of Node's throw when used. */
export const SANDBOX_BUILTINS: readonly string[] = [
  'assert',
  'assert/strict',
  'async_hooks',
  'buffer',
  'crypto',
  'diagnostics_channel',
  'dns',
  'dns/promises',
  'events',
  'http',
  'https',
  'net',
  'os',
  'path',
  'path/posix',
  'path/win32',
  'perf_hooks',
  'process',
  'punycode',
  'querystring',
  'stream',
  'stream/consumers',
  'stream/promises',
  'stream/web',
  'string_decoder',
  'timers',
  'timers/promises',
  'tls',
  'tty',
  'url',
  'util',
  'util/types',
  'zlib',
];
