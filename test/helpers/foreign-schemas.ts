import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseServer } from '#test/postgresql.ts';

/** What other people's databases look like, with enough rows to judge their columns by. For PostgreSQL. */
export const DJANGO = `
  CREATE TABLE auth_user (
    id serial PRIMARY KEY, password varchar(128) NOT NULL, last_login timestamptz, is_superuser boolean NOT NULL,
    username varchar(150) NOT NULL UNIQUE, first_name varchar(150) NOT NULL, last_name varchar(150) NOT NULL,
    email varchar(254) NOT NULL, is_staff boolean NOT NULL, is_active boolean NOT NULL,
    date_joined timestamptz NOT NULL);
  CREATE TABLE auth_group (id serial PRIMARY KEY, name varchar(150) UNIQUE);
  CREATE TABLE django_session (session_key varchar(40) PRIMARY KEY, session_data text, expire_date timestamptz);
  INSERT INTO auth_user (password, last_login, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined)
    SELECT 'pbkdf2_sha256$260000$canarysalt' || i || '$' || encode(sha256(i::text::bytea), 'base64'),
      '2026-01-01'::timestamptz + i * interval '1 day', false, 'canary' || i, 'Canary', 'Smith',
      'canary' || i || '@example.com', false, i % 7 <> 0, '2020-05-06'
    FROM generate_series(1, 60) AS i`;

/** For MariaDB. */
export const WORDPRESS = `
  CREATE TABLE wp_users (
    ID bigint(20) unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, user_login varchar(60) NOT NULL DEFAULT '',
    user_pass varchar(255) NOT NULL DEFAULT '', user_nicename varchar(50) NOT NULL DEFAULT '',
    user_email varchar(100) NOT NULL DEFAULT '', user_url varchar(100) NOT NULL DEFAULT '',
    user_registered datetime NOT NULL, user_activation_key varchar(255) NOT NULL DEFAULT '',
    user_status int(11) NOT NULL DEFAULT 0, display_name varchar(250) NOT NULL DEFAULT '',
    KEY user_login_key (user_login), KEY user_email (user_email));
  CREATE TABLE wp_usermeta (
    umeta_id bigint unsigned AUTO_INCREMENT PRIMARY KEY, user_id bigint unsigned, meta_key varchar(255), meta_value longtext);
  CREATE TABLE wp_comments (
    comment_ID bigint unsigned AUTO_INCREMENT PRIMARY KEY, comment_author tinytext, comment_author_email varchar(100), comment_content text);
  INSERT INTO wp_users (user_login, user_pass, user_nicename, user_email, user_registered, display_name)
    SELECT concat('canary', seq), '$P$BcanaryXYabcdefghijklmnopqrstu.', concat('canary-', seq),
      concat('canary', seq, '@example.org'), '2020-01-02 03:04:05', concat('Canary Lee ', seq)
    FROM seq_1_to_60`;

/** What a newcomer edits: the connection in the settings and the one secret. */
export function adaptProject(folder: string, server: DatabaseServer): void {
  const path = join(folder, 'userferry.json');
  const settings = JSON.parse(readFileSync(path, 'utf8')) as { readonly legacy: object };
  const { host, port, database, user } = server;
  const legacy = { ...settings.legacy, host, port, database, user };
  writeFileSync(path, `${JSON.stringify({ ...settings, legacy }, null, 2)}\n`);
  const secrets = join(folder, '.userferry/secrets.json');
  writeFileSync(secrets, JSON.stringify({ DB_PASSWORD: server.password }));
  chmodSync(secrets, 0o600);
}
