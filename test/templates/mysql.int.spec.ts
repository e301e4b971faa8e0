import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWith } from '#test/describe-with.ts';
import { mariadbMissing, startMariadb } from '#test/mariadb.ts';
import type { DatabaseServer } from '#test/postgresql.ts';
import { type Configuration, HOSTS, startTemplateHost } from '#test/template-scripts.ts';
import { survivingEndings, templateSuite } from '#test/template-suite.ts';
import { BCRYPT, hashLogins, hashUsers, PASSWORD, WORDPRESS } from './hashes.ts';

const USERS = [
  `CREATE TABLE users (
     id bigint AUTO_INCREMENT PRIMARY KEY, email varchar(254) NOT NULL UNIQUE, email_verified tinyint(1) NOT NULL,
     username varchar(128) UNIQUE, password_hash varchar(100) NOT NULL, first_name varchar(150), last_name varchar(150))`,
  `INSERT INTO users (id, email, email_verified, username, password_hash, first_name, last_name) VALUES
     (9007199254740993, 'Ada@Example.com', 1, 'Ada.L', '${BCRYPT.replace('$2b$', '$2y$')}', 'Ada', 'Lovelace'),
     (9007199254740995, 'grace@example.com', 0, NULL, '${BCRYPT}', NULL, NULL)`,
];

const wpUser = (id: number, email: string, login: string, hash: string, name: string) =>
  `INSERT INTO wp_users VALUES (${id}, '${login}', '${hash}', '${login}', '${email}', '', '2015-01-01', '', 0, '${name}')`;
const verified = (id: number) =>
  `INSERT INTO wp_usermeta (user_id, meta_key, meta_value) VALUES (${id}, 'email_verified', '1')`;

const WORDPRESS_SITE = [
  `CREATE TABLE wp_users (
     ID bigint unsigned AUTO_INCREMENT PRIMARY KEY, user_login varchar(60) NOT NULL DEFAULT '',
     user_pass varchar(255) NOT NULL DEFAULT '', user_nicename varchar(50) NOT NULL DEFAULT '',
     user_email varchar(100) NOT NULL DEFAULT '', user_url varchar(100) NOT NULL DEFAULT '',
     user_registered datetime NOT NULL DEFAULT '0000-00-00 00:00:00', user_activation_key varchar(255) NOT NULL DEFAULT '',
     user_status int NOT NULL DEFAULT 0, display_name varchar(250) NOT NULL DEFAULT '')`,
  `CREATE TABLE wp_usermeta (
     umeta_id bigint unsigned AUTO_INCREMENT PRIMARY KEY, user_id bigint unsigned NOT NULL DEFAULT 0,
     meta_key varchar(255), meta_value longtext, KEY (user_id))`,
  wpUser(1, 'Ada@Example.com', 'Ada L', WORDPRESS['wp-bcrypt'], 'Countess'),
  wpUser(2, 'grace@example.com', 'grace', WORDPRESS.phpass, ''),
  verified(1),
  `INSERT INTO wp_usermeta (user_id, meta_key, meta_value) VALUES (1, 'first_name', 'Ada'), (1, 'last_name', 'Lovelace')`,
  ...hashUsers(WORDPRESS).flatMap(({ email, hash }, i) => [
    wpUser(10 + i, email, email, hash, ''),
    verified(10 + i),
  ]),
];

describeWith('the scripts for MySQL and MariaDB', mariadbMissing(), () => {
  let server: DatabaseServer;

  beforeAll(async () => {
    server = await startMariadb({ tls: 'offered', settings: ['sql-mode='] });
  });
  afterAll(() => server?.remove());

  const configuration = (more: Configuration = {}): Configuration => ({
    DB_HOST: 'localhost',
    DB_PORT: String(server.port),
    DB_NAME: server.database,
    DB_USER: server.user,
    DB_PASSWORD: server.password,
    DB_TLS: 'on',
    DB_CA: server.ca ?? '',
    ...more,
  });
  const at = (settings: Configuration, port: number) => ({ ...settings, DB_PORT: String(port) });
  const stranger = (settings: Configuration) => ({ ...settings, DB_PASSWORD: 'of somebody else' });
  const refill = (statements: readonly string[]) => async () => {
    await server.query('DROP TABLE IF EXISTS users, wp_users, wp_usermeta');
    for (const sql of statements) await server.query(sql);
  };
  const ada = { email: 'Ada@Example.com', email_verified: true, given_name: 'Ada', family_name: 'Lovelace' };

  describe('mysql', () => {
    templateSuite({
      at,
      stranger,
      untrusting: (settings) => ({ ...settings, DB_CA: '' }),
      reset: refill(USERS),
      given: () => ({
        set: 'mysql',
        configuration: configuration(),
        known: { password: PASSWORD, profile: { user_id: '9007199254740993', username: 'Ada.L', ...ada } },
        taken: 'Grace@example.com',
        usernames: true,
      }),
    });

    it.each(HOSTS)('go on when the database was away, in %s', async (name) => {
      await refill(USERS)();
      const store = { stop: () => server.stop('crash'), start: () => server.start() };
      const endings = await survivingEndings(name, 'mysql', configuration(), store);
      expect(endings).toEqual(['called-back', 'called-back-error', 'called-back']);
    });

    it.each(HOSTS)('tell letters with and without accents apart, in %s', async (name) => {
      await refill(USERS)();
      const host = await startTemplateHost(name, configuration());
      const { value } = await host.run('mysql', 'get_user', ['adá@example.com']);
      await host.close();
      expect(value).toBeNull();
    });
  });

  describe.each(['bcrypt', 'phpass'])('wordpress that writes %s', (notation) => {
    templateSuite({
      at,
      stranger,
      reset: refill(WORDPRESS_SITE),
      given: () => ({
        set: 'wordpress',
        configuration: configuration({ WP_PREFIX: 'wp_', WP_HASH: notation }),
        known: { password: PASSWORD, profile: { user_id: '1', username: 'Ada L', name: 'Countess', ...ada } },
        taken: 'grace@example.com',
        usernames: true,
        more: hashLogins(WORDPRESS),
      }),
      // WordPress shows users by their login until they choose a name.
      quirks: () =>
        Object.fromEntries(
          [
            ['login of the new user', 'lin.new@example.com', false] as const,
            ['get_user, verified', 'lin.new@example.com', true] as const,
            ['login, new password', 'lin.new@example.com', true] as const,
            ['get_user, new address', 'lin.moved@example.com', false] as const,
          ].map(([step, email, isVerified]) => [
            step,
            { value: { email, email_verified: isVerified, username: 'lin-new', name: 'lin-new' } },
          ]),
        ),
    });
  });
});
