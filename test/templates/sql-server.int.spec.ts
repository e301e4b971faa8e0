import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuthority } from '#test/certificates.ts';
import { type SqlServerStandIn, startSqlServerStandIn } from '#test/stand-ins/sql-server.ts';
import { type Configuration, HOSTS } from '#test/template-scripts.ts';
import { survivingEndings, templateSuite } from '#test/template-suite.ts';
import { BCRYPT, hashLogins, hashUsers, IDENTITY, MEMBERSHIP, PASSWORD } from './hashes.ts';

const TEXT = 'NVARCHAR(256) COLLATE NOCASE';

const USERS = [
  `CREATE TABLE dbo.users (id INTEGER PRIMARY KEY, email ${TEXT} NOT NULL UNIQUE, email_verified BIT NOT NULL,
     username ${TEXT}, password_hash NVARCHAR(100) NOT NULL, first_name NVARCHAR(150), last_name NVARCHAR(150))`,
  `INSERT INTO dbo.users VALUES (7, 'Ada@Example.com', 1, 'Ada.L', '${BCRYPT}', 'Ada', 'Lovelace'),
     (8, 'grace@example.com', 0, NULL, '${BCRYPT}', NULL, NULL)`,
];

const ID = (n: number) => `0E984725-C51C-4BF4-9960-E1C80E27AB${String(n).padStart(2, '0')}`;
const member = (
  n: number,
  email: string,
  name: string,
  hash: string,
  { salt = MEMBERSHIP.salt, format = 1, approved = 1, locked = 0, application = 1 } = {},
) => [
  `INSERT INTO dbo.Users VALUES ('${ID(application)}', '${ID(n)}', '${name}', 0, '2012-01-01')`,
  `INSERT INTO dbo.Memberships VALUES ('${ID(application)}', '${ID(n)}', '${hash}', ${format}, '${salt}', '${email}', NULL, NULL,
     ${approved}, ${locked}, '2012-01-01', '2012-01-01', '2012-01-01', '2012-01-01', 0, '1754-01-01', 0, '1754-01-01', NULL)`,
];
const { salt: _, ...MEMBERSHIP_HASHES } = MEMBERSHIP;
const MEMBERS = [
  'CREATE TABLE dbo.Applications (ApplicationName NVARCHAR(235) NOT NULL, ApplicationId UNIQUEIDENTIFIER PRIMARY KEY, Description NVARCHAR(256))',
  `CREATE TABLE dbo.Users (ApplicationId UNIQUEIDENTIFIER NOT NULL, UserId UNIQUEIDENTIFIER PRIMARY KEY, UserName ${TEXT} NOT NULL,
     IsAnonymous BIT NOT NULL, LastActivityDate DATETIME NOT NULL, UNIQUE (ApplicationId, UserName))`,
  `CREATE TABLE dbo.Memberships (ApplicationId UNIQUEIDENTIFIER NOT NULL, UserId UNIQUEIDENTIFIER PRIMARY KEY,
     Password NVARCHAR(128) NOT NULL, PasswordFormat INT NOT NULL, PasswordSalt NVARCHAR(128) NOT NULL, Email ${TEXT},
     PasswordQuestion NVARCHAR(256), PasswordAnswer NVARCHAR(128), IsApproved BIT NOT NULL, IsLockedOut BIT NOT NULL,
     CreateDate DATETIME NOT NULL, LastLoginDate DATETIME NOT NULL, LastPasswordChangedDate DATETIME NOT NULL,
     LastLockoutDate DATETIME NOT NULL, FailedPasswordAttemptCount INT NOT NULL, FailedPasswordAttemptWindowStart DATETIME NOT NULL,
     FailedPasswordAnswerAttemptCount INT NOT NULL, FailedPasswordAnswerAttemptWindowsStart DATETIME NOT NULL, Comment NVARCHAR(256))`,
  `INSERT INTO dbo.Applications VALUES ('/', '${ID(1)}', NULL), ('/other', '${ID(2)}', NULL)`,
  ...member(10, 'Ada@Example.com', 'Ada.L', MEMBERSHIP['hmac-sha256']),
  ...member(11, 'grace@example.com', 'grace@example.com', MEMBERSHIP.sha1),
  // Same person, another application.
  ...member(12, 'ada@example.com', 'Ada.L', 'AAAA', { application: 2 }),
  ...member(13, 'edgar@example.com', 'edgar', MEMBERSHIP['hmac-sha256'], { locked: 1 }),
  ...member(14, 'clear@hashes.example', 'clear', PASSWORD, { format: 0 }),
  ...member(15, 'encrypted@hashes.example', 'encrypted', 'AAAA', { format: 2 }),
  ...hashUsers(MEMBERSHIP_HASHES).flatMap(({ email, hash }, i) => member(20 + i, email, email, hash)),
];

const V2 = IDENTITY.v2;
const SIMPLE = [
  `CREATE TABLE dbo.UserProfile (UserId INTEGER PRIMARY KEY, UserName ${TEXT} NOT NULL UNIQUE)`,
  `CREATE TABLE dbo.webpages_Membership (UserId INT PRIMARY KEY, CreateDate DATETIME, ConfirmationToken NVARCHAR(128), IsConfirmed BIT,
     LastPasswordFailureDate DATETIME, PasswordFailuresSinceLastSuccess INT NOT NULL, Password NVARCHAR(128) NOT NULL,
     PasswordChangedDate DATETIME, PasswordSalt NVARCHAR(128) NOT NULL, PasswordVerificationToken NVARCHAR(128),
     PasswordVerificationTokenExpirationDate DATETIME)`,
  "INSERT INTO dbo.UserProfile VALUES (7, 'Ada@Example.com'), (8, 'grace@example.com'), (9, 'social@example.com')",
  `INSERT INTO dbo.webpages_Membership VALUES (7, '2013-01-01', NULL, 1, NULL, 0, '${V2}', NULL, '', NULL, NULL),
     (8, '2013-01-01', NULL, NULL, NULL, 0, '${V2}', NULL, '', NULL, NULL), (9, '2013-01-01', NULL, 1, NULL, 0, '', NULL, '', NULL, NULL)`,
];

const identityUser = (id: string, email: string, username: string, hash: string, core: boolean) =>
  core
    ? `INSERT INTO dbo.AspNetUsers VALUES ('${id}', '${username}', '${username.toUpperCase()}', '${email}', '${email.toUpperCase()}', 1, '${hash}', 'S', 'C', NULL, 0, 0, NULL, 1, 0)`
    : `INSERT INTO dbo.AspNetUsers VALUES ('${id}', '${email}', 1, '${hash}', 'S', NULL, 0, 0, NULL, 1, 0, '${username}')`;
const identity = (core: boolean) => [
  core
    ? `CREATE TABLE dbo.AspNetUsers (Id ${TEXT} PRIMARY KEY, UserName ${TEXT}, NormalizedUserName ${TEXT} UNIQUE, Email ${TEXT}, NormalizedEmail ${TEXT},
         EmailConfirmed BIT NOT NULL, PasswordHash NVARCHAR(400), SecurityStamp NVARCHAR(400), ConcurrencyStamp NVARCHAR(400), PhoneNumber NVARCHAR(400),
         PhoneNumberConfirmed BIT NOT NULL, TwoFactorEnabled BIT NOT NULL, LockoutEnd DATETIME, LockoutEnabled BIT NOT NULL, AccessFailedCount INT NOT NULL)`
    : `CREATE TABLE dbo.AspNetUsers (Id ${TEXT} PRIMARY KEY, Email ${TEXT}, EmailConfirmed BIT NOT NULL, PasswordHash NVARCHAR(400), SecurityStamp NVARCHAR(400),
         PhoneNumber NVARCHAR(400), PhoneNumberConfirmed BIT NOT NULL, TwoFactorEnabled BIT NOT NULL, LockoutEndDateUtc DATETIME,
         LockoutEnabled BIT NOT NULL, AccessFailedCount INT NOT NULL, UserName ${TEXT} NOT NULL UNIQUE)`,
  identityUser('id-of-ada', 'Ada@Example.com', 'Ada.L', core ? IDENTITY.v3 : IDENTITY.v2, core),
  identityUser('id-of-grace', 'grace@example.com', 'grace@example.com', '', core),
  ...hashUsers(IDENTITY).map(({ email, hash }) => identityUser(`id-of-${email}`, email, email, hash, core)),
];

const wrong = (userId: string) => ({
  error: 'WrongUsernameOrPasswordError',
  code: 'wrongusernameorpassword',
  userId,
});

describe('the scripts for SQL Server, against a stand-in', () => {
  const authority = createAuthority();
  let plain: SqlServerStandIn;
  let encrypted: SqlServerStandIn;

  beforeAll(async () => {
    plain = await startSqlServerStandIn();
    encrypted = await startSqlServerStandIn(authority.issue(['localhost']));
  });
  afterAll(async () => {
    await plain?.close();
    await encrypted?.close();
  });

  const configuration = (server: SqlServerStandIn, more: Configuration): Configuration => ({
    DB_HOST: 'localhost',
    DB_PORT: String(server.port),
    DB_NAME: 'legacy',
    DB_USER: server.user,
    DB_PASSWORD: server.password,
    ...more,
  });
  const at = (settings: Configuration, port: number) => ({ ...settings, DB_PORT: String(port) });
  const stranger = (settings: Configuration) => ({ ...settings, DB_PASSWORD: 'of somebody else' });
  const refill = (server: () => SqlServerStandIn, statements: readonly string[]) => () => {
    server().load(statements);
    return Promise.resolve();
  };
  const ada = { email: 'Ada@Example.com', email_verified: true };

  describe.each([
    ['sqlserver', () => encrypted, { DB_TLS: 'on', DB_CA: authority.ca }],
    ['azure-sql', () => encrypted, { DB_CA: authority.ca }],
  ] as const)('%s', (set, server, more) => {
    templateSuite({
      at,
      stranger,
      untrusting: (settings) => ({ ...settings, DB_CA: '' }),
      reset: refill(server, USERS),
      given: () => ({
        set,
        configuration: configuration(server(), more),
        known: {
          password: PASSWORD,
          profile: { user_id: '7', ...ada, username: 'Ada.L', given_name: 'Ada', family_name: 'Lovelace' },
        },
        taken: 'Grace@example.com',
        usernames: true,
      }),
    });
  });

  it.each(HOSTS)('forget idle connections that the server has closed, in %s', async (name) => {
    plain.load(USERS);
    const settings = configuration(plain, { DB_TLS: 'off', DB_CA: '' });
    const store = { stop: () => plain.dropConnections(), start: () => Promise.resolve() };
    const endings = await survivingEndings(name, 'sqlserver', settings, store);
    expect(endings).toEqual(['called-back', 'called-back', 'called-back']);
  });

  describe('aspnet-membership-universal', () => {
    templateSuite({
      at,
      stranger,
      reset: refill(() => plain, MEMBERS),
      given: () => ({
        set: 'aspnet-membership-universal',
        configuration: configuration(plain, { DB_TLS: 'off', DB_CA: '', MEMBERSHIP_APPLICATION: '/' }),
        known: { password: PASSWORD, profile: { user_id: ID(10).toLowerCase(), ...ada, username: 'Ada.L' } },
        taken: 'grace@example.com',
        usernames: true,
        more: [
          ...hashLogins(MEMBERSHIP_HASHES),
          ['clear@hashes.example', PASSWORD],
          ['edgar@example.com', PASSWORD],
          ['encrypted@hashes.example', PASSWORD],
        ],
      }),
      quirks: () => ({
        'login clear@hashes.example': {
          value: { email: 'clear@hashes.example', email_verified: true, username: 'clear' },
        },
        'login edgar@example.com': { error: 'UnauthorizedError', code: 'unauthorized' },
        'login encrypted@hashes.example': { error: 'Error' },
        'login encrypted@hashes.example, wrong password': { error: 'Error' },
      }),
    });
  });

  describe('aspnet-membership-simple', () => {
    templateSuite({
      at,
      stranger,
      reset: refill(() => plain, SIMPLE),
      given: () => ({
        set: 'aspnet-membership-simple',
        configuration: configuration(plain, { DB_TLS: 'off', DB_CA: '' }),
        known: { password: PASSWORD, profile: { user_id: '7', ...ada } },
        taken: 'grace@example.com',
        usernames: false,
        more: [['social@example.com', PASSWORD]],
      }),
      quirks: () => ({ 'login social@example.com': wrong('social@example.com') }),
    });
  });

  describe.each(['2', '3'])('aspnet-identity of version %s', (version) => {
    templateSuite({
      at,
      stranger,
      reset: refill(() => plain, identity(version === '3')),
      given: () => ({
        set: 'aspnet-identity',
        configuration: configuration(plain, { DB_TLS: 'off', DB_CA: '', IDENTITY_VERSION: version }),
        known: { password: PASSWORD, profile: { user_id: 'id-of-ada', ...ada, username: 'Ada.L' } },
        taken: 'grace@example.com',
        usernames: true,
        more: [...hashLogins(IDENTITY), ['grace@example.com', PASSWORD]],
      }),
      quirks: () => ({ 'login grace@example.com': wrong('grace@example.com') }),
    });
  });
});
