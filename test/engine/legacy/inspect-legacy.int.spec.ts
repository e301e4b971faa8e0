import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { initProject } from '#project/init-project.ts';
import { describeWith } from '#test/describe-with.ts';
import { engineClient } from '#test/engine-client.ts';
import { adaptProject, DJANGO, WORDPRESS } from '#test/foreign-schemas.ts';
import { hashProject, secretsIn } from '#test/hash-project.ts';
import { mariadbMissing, startMariadb } from '#test/mariadb.ts';
import { type DatabaseServer, postgresqlMissing, startPostgresql } from '#test/postgresql.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const client = engineClient();

/** From a new project to one whose check finds nothing: what the proposal is for. */
async function adopted(engine: 'postgresql' | 'mysql', server: DatabaseServer) {
  const folder = join(temporaryFolder('inspect'), 'shop');
  await initProject({ folder, from: engine }, Date.now());
  adaptProject(folder, server);
  const source = { kind: 'project', project: folder } as const;
  const inspection = await client.legacy.inspect({ source });
  await client.legacy.adopt({ project: folder, changes: inspection.settings!.changes });
  const { users, fields } = JSON.parse(readFileSync(join(folder, 'userferry.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  const { diagnostics } = await client.projects.check({ project: folder });
  const again = await client.legacy.inspect({ source });
  return {
    users,
    fields,
    errors: diagnostics.filter((one) => one.severity === 'error').map((one) => one.code),
    again: again.settings,
    preview: inspection.preview.length,
    formats: inspection.preview.map(
      ({ values }) => values.find((one) => one.attribute === 'passwordHash')?.value,
    ),
    findings: inspection.findings.map(({ code }) => code),
    leaked: JSON.stringify(inspection).match(/canary/gi),
  };
}

describeWith("a Django project's PostgreSQL", postgresqlMissing(), () => {
  let server: DatabaseServer;
  beforeAll(async () => {
    server = await startPostgresql();
    await server.query(DJANGO);
  });
  afterAll(() => server.remove());

  it('is mapped, key and all, so that the check finds no error', async () => {
    expect(await adopted('postgresql', server)).toEqual({
      users: { table: 'public.auth_user', key: ['id'] },
      fields: {
        id: 'id',
        email: 'email',
        username: 'username',
        passwordHash: 'password',
        givenName: 'first_name',
        familyName: 'last_name',
        lastLogin: 'last_login',
        createdAt: 'date_joined',
      },
      errors: [],
      again: { changes: [], kept: [] },
      preview: 3,
      formats: Array.from({ length: 3 }, () => expect.stringContaining('importable as custom_password_hash')),
      findings: ['legacy.active-flag'],
      leaked: null,
    });
  });

  it('can be looked into before there is a project', async () => {
    const { host, port, database, user, password } = server;
    const connection = { engine: 'postgresql', host, port, database, user } as const;
    const folder = temporaryFolder('nothing');
    const inspection = await client.legacy.inspect({
      source: { kind: 'connection', folder, connection, password },
    });
    expect({
      table: inspection.proposal.table?.name,
      settings: inspection.settings,
      tables: inspection.tables.map(({ name }) => name).toSorted(),
    }).toEqual({
      table: 'public.auth_user',
      settings: null,
      tables: ['public.auth_group', 'public.auth_user', 'public.django_session'],
    });
  });

  it('refuses a wrong password without repeating it', async () => {
    const { host, port, database, user } = server;
    const connection = { engine: 'postgresql', host, port, database, user } as const;
    const source = { kind: 'connection', folder: '/', connection, password: 'canary-password' } as const;
    const error: unknown = await client.legacy.inspect({ source }).catch((trouble: unknown) => trouble);
    expect({ error, leaked: JSON.stringify(error).match(/canary/gi) }).toMatchObject({
      error: { data: { kind: 'legacy-denied' } },
      leaked: null,
    });
  });
});

describeWith("a WordPress site's MariaDB", mariadbMissing(), () => {
  let server: DatabaseServer;
  beforeAll(async () => {
    server = await startMariadb();
    await server.query(WORDPRESS);
  });
  afterAll(() => server.remove());

  it('is mapped, key and all, so that the check finds no error', async () => {
    expect(await adopted('mysql', server)).toEqual({
      users: { table: 'wp_users', key: ['ID'] },
      fields: {
        id: 'ID',
        email: 'user_email',
        username: 'user_login',
        passwordHash: 'user_pass',
        name: 'display_name',
        nickname: 'user_nicename',
        createdAt: 'user_registered',
      },
      errors: [],
      again: { changes: [], kept: [] },
      preview: 3,
      formats: Array.from({ length: 3 }, () => 'phpass: only lazy migration can check it'),
      findings: [],
      leaked: null,
    });
  });
});

describe('an inspection', () => {
  it('stays with the table that somebody chose, and knows no other by that name', async () => {
    const project = hashProject();
    const source = { kind: 'project', project } as const;
    const chosen = await client.legacy.inspect({ source });
    const error: unknown = await client.legacy
      .inspect({ source, table: 'folk' })
      .catch((trouble: unknown) => trouble);
    expect({
      table: chosen.proposal.table?.name,
      leaked: secretsIn(JSON.stringify(chosen)),
      error,
    }).toMatchObject({
      table: 'people',
      leaked: [],
      error: { message: 'there is no table "folk"', data: { help: 'There are: people.' } },
    });
  });
});
