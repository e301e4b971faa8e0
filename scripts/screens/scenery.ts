import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateSample } from '#sample/generate-sample.ts';
import { sampleAccessLog, writeSampleAccessLog } from '#sample/access-log.ts';
import { startEngine } from '#test/engine.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';

const USERS = 4_000;

/** What the pictures are taken of. */
export interface Scenery {
  /** A fresh home: the app of each walk knows no project yet. */
  home(): string;
  /** A sample with trials. */
  readonly project: string;
  /** The same without any trial. */
  readonly fresh: string;
  readonly accessLog: string;
  /** User exports of a tenant. */
  readonly tenant: string;
  readonly bulk: readonly [string, string];
  readonly lazy: string;
  /** Free paths for exports. */
  free(name: string): string;
  /** Identifier and password of a user that can log in. */
  readonly credentials: readonly [string, string];
}

/** Makes the sample, rehearses it and writes what a tenant would have exported half-way. */
export async function prepareScreens(work: string): Promise<Scenery> {
  const nowMs = Date.now();
  const project = await sqliteSampleProject(join(work, 'acme-migration'), { users: USERS, nowMs });
  const fresh = await sqliteSampleProject(join(work, 'acme-fresh'), { users: 300, nowMs });
  editSettings(project, (settings) => ({ ...settings, name: 'acme-migration' }));
  editSettings(fresh, (settings) => ({ ...settings, name: 'acme-pilot' }));
  const options = { seed: 1, now: nowMs, days: 365 };
  const accessLog = join(work, 'logins.csv.gz');
  await writeSampleAccessLog(
    accessLog,
    sampleAccessLog(generateSample({ ...options, users: USERS }), options),
  );
  const engine = startEngine();
  try {
    const before = await engine.trial({ project, kind: 'bulk' });
    editSettings(project, (settings) => ({
      ...settings,
      environment: { label: 'copy of production', colour: 'amber' },
      fields: withoutPhone(settings['fields'] as Record<string, unknown>),
    }));
    const after = await engine.trial({ project, kind: 'bulk' });
    const lazy = await engine.trial({ project, kind: 'lazy', depth: 'profiles', timeLimitMs: 2_000 });
    const tenant = join(work, 'tenant-users.json');
    writeFileSync(tenant, tenantExport(nowMs));
    let homes = 0;
    let frees = 0;
    return {
      home: () => {
        homes += 1;
        const home = join(work, `home-${homes}`);
        mkdirSync(home);
        return home;
      },
      project,
      fresh,
      accessLog,
      tenant,
      bulk: [before.trial.id, after.trial.id],
      lazy: lazy.trial.id,
      free: (name) => {
        frees += 1;
        return join(work, `${name}-${frees}`);
      },
      credentials: credentialsOf(project),
    };
  } finally {
    await engine.close();
  }
}

function editSettings(
  project: string,
  change: (settings: Record<string, unknown>) => Record<string, unknown>,
): void {
  const file = join(project, 'userferry.json');
  const settings = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  writeFileSync(file, `${JSON.stringify(change(settings), null, 2)}\n`);
}

/** Its bad values are refused by the import: an edit that fixes something. */
function withoutPhone({ phoneNumber: _phone, ...fields }: Record<string, unknown>): Record<string, unknown> {
  return fields;
}

/** The tenant after some weeks of lazy migration: two of three users are there, a few of them changed. */
function tenantExport(nowMs: number): string {
  const lines: string[] = [];
  for (const { row } of generateSample({ users: USERS, seed: 1, now: nowMs })) {
    if (row.id % 3 === 0 || row.email === null) continue;
    const migratedAt = new Date(nowMs - (row.id % 90) * 86_400_000).toISOString();
    const user = {
      user_id: `auth0|${row.id}`,
      email: row.id % 41 === 0 ? `changed.${row.email}` : row.email.toLowerCase(),
      email_verified: true,
      username: row.login_name,
      given_name: row.id % 57 === 0 ? 'Grace' : row.first_name,
      family_name: row.last_name,
      created_at: migratedAt,
      updated_at: migratedAt,
      last_login: migratedAt,
      logins_count: 1 + (row.id % 9),
      identities: [
        { connection: 'acme-customers', user_id: String(row.id), provider: 'auth0', isSocial: false },
      ],
      ...(row.id % 7 === 0 ? {} : { app_metadata: { userferry: { migratedAt, by: 'login' } } }),
    };
    lines.push(`${JSON.stringify(user)}\n`);
  }
  return lines.join('');
}

function credentialsOf(project: string): readonly [string, string] {
  const [, first = ''] = readFileSync(join(project, '.userferry', 'credentials.csv'), 'utf8').split('\n');
  const [identifier = '', password = ''] = first.trim().split(',');
  return [identifier, password];
}
