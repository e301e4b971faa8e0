import { describe, expect, it } from 'vitest';
import type { LegacyConnection } from '#contract/project-settings.ts';
import { Secret } from '#domain/secret.ts';
import { withLegacyValues } from '#project/legacy-values.ts';
import type { Secrets } from '#project/secrets.ts';

const NAMES = ['DB_HOST', 'DB_PORT', 'DB_NAME', 'DB_USER', 'DB_PASSWORD', 'DB_TLS', 'OTHER'];

function secretsOf(values: Readonly<Record<string, string>>): Secrets {
  const get = (name: string) => (values[name] === undefined ? null : new Secret(values[name]));
  return { get, fromEnvironment: get, namesInFile: [], resealed: new Map(), problems: [] };
}

const shown = (secrets: Secrets) => NAMES.map((name) => secrets.get(name)?.reveal() ?? null);

const server: LegacyConnection = {
  engine: 'mysql',
  host: 'db.acme.example',
  database: 'shop',
  user: 'reader',
  password: '${env:PGPASS}',
  tls: 'verify',
};

describe('values of the legacy connection', () => {
  it('stand in for what nobody gave', () => {
    expect(shown(withLegacyValues(secretsOf({ PGPASS: 'secret' }), server))).toEqual([
      'db.acme.example',
      '3306',
      'shop',
      'reader',
      'secret',
      'on',
      null,
    ]);
  });

  it('give way to what somebody gave', () => {
    const given = { DB_HOST: 'from-the-tenant', DB_PASSWORD: 'its-own', DB_PORT: '3307' };
    expect(shown(withLegacyValues(secretsOf(given), server))).toEqual([
      'from-the-tenant',
      '3307',
      'shop',
      'reader',
      'its-own',
      'on',
      null,
    ]);
  });

  it('do not exist for files', () => {
    const file: LegacyConnection = { engine: 'sqlite', file: 'legacy.db' };
    expect(shown(withLegacyValues(secretsOf({}), file))).toEqual(NAMES.map(() => null));
  });
});
