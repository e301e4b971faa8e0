import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '#test/temporary-folder.ts';

export const SETTINGS = {
  version: 1,
  name: 'acme',
  legacy: { engine: 'sqlite', file: 'legacy.db' },
  users: { table: 'users', key: ['id'] },
  fields: { id: 'id', email: 'email' },
  connection: 'acme-users',
};

export const DATABASE = {
  name: 'acme-users',
  strategy: 'auth0',
  options: {
    enabledDatabaseCustomization: true,
    import_mode: true,
    configuration: {},
    customScripts: { login: './login.js', get_user: './get_user.js' },
  },
};

export const LOGIN = 'function login(email, password, callback) { callback(null); }\n';
export const GET_USER = 'function getUser(email, callback) { callback(null); }\n';

const text = (content: unknown) =>
  typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`;

/**
 * A project on disk: a small sound one, with these files added, replaced, or (null) left out. Paths below
 * `connection/` are those of the connection's folder.
 */
export function projectFolder(files: Readonly<Record<string, unknown>> = {}): string {
  const folder = temporaryFolder('project');
  const all: Record<string, unknown> = {
    'userferry.json': SETTINGS,
    'connection/database.json': DATABASE,
    'connection/login.js': LOGIN,
    'connection/get_user.js': GET_USER,
    ...files,
  };
  for (const [name, content] of Object.entries(all)) {
    if (content === null) continue;
    const path = join(folder, name.replace(/^connection\//, 'database-connections/acme-users/'));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text(content));
    if (name === '.userferry/secrets.json') chmodSync(path, 0o600);
  }
  return folder;
}
