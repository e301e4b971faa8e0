import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#domain/json.ts';
import { renderExport } from '#exporters/render.ts';

const FILE = {
  name: 'legacy-users',
  strategy: 'auth0',
  options: {
    enabledDatabaseCustomization: true,
    import_mode: true,
    requires_username: true,
    configuration: { DB_HOST: 'localhost', DB_PASSWORD: '##DB_PASSWORD##' },
  },
};
const SCRIPTS = [
  { slot: 'login' as const, text: 'function login() {}\n', validated: true },
  { slot: 'get_user' as const, text: 'function getUser() {}\n', validated: true },
];
const CURRENT = {
  id: 'con_0123456789abcdef',
  name: 'legacy-users',
  strategy: 'auth0',
  enabled_clients: ['c1'],
  options: {
    import_mode: true,
    brute_force_protection: true,
    customScripts: { login: 'old login', change_email: 'old change_email' },
    configuration: { DB_HOST: '2.0$abc', OLD_TOKEN: '2.0$def' },
  },
};

function render(current: JsonObject | null, file: JsonObject = FILE) {
  const { files, diagnostics, placeholders, scripts } = renderExport({
    format: 'management-api',
    file,
    scripts: SCRIPTS,
    current,
  });
  return {
    path: files[0]!.path,
    body: JSON.parse(files[0]!.text) as JsonObject,
    codes: diagnostics.map(({ severity, code }) => `${severity} ${code}`),
    placeholders,
    origins: scripts.map(({ slot, origin }) => `${slot} ${origin}`),
  };
}

describe('the body of a request', () => {
  it('creates the connection, and warns that it must not update it', () => {
    expect(render(null)).toEqual({
      path: 'create-connection.json',
      body: {
        name: 'legacy-users',
        strategy: 'auth0',
        options: {
          enabledDatabaseCustomization: true,
          import_mode: true,
          requires_username: true,
          configuration: { DB_HOST: '##DB_HOST##', DB_PASSWORD: '##DB_PASSWORD##' },
          customScripts: { get_user: 'function getUser() {}\n', login: 'function login() {}\n' },
        },
      },
      codes: ['warning export.patch-replaces-options'],
      placeholders: ['DB_HOST', 'DB_PASSWORD'],
      origins: ['login project', 'get_user project'],
    });
  });

  it('updates it with everything the tenant has, but for secrets, name and strategy', () => {
    expect(render(CURRENT)).toEqual({
      path: 'update-connection.json',
      body: {
        options: {
          import_mode: true,
          brute_force_protection: true,
          enabledDatabaseCustomization: true,
          requires_username: true,
          configuration: {
            OLD_TOKEN: '##OLD_TOKEN##',
            DB_HOST: '##DB_HOST##',
            DB_PASSWORD: '##DB_PASSWORD##',
          },
          customScripts: {
            change_email: 'old change_email',
            get_user: 'function getUser() {}\n',
            login: 'function login() {}\n',
          },
        },
      },
      codes: ['warning export.remote-script-kept', 'warning export.remote-configuration'],
      placeholders: ['DB_HOST', 'DB_PASSWORD', 'OLD_TOKEN'],
      origins: ['login project', 'get_user project', 'change_email tenant'],
    });
  });

  it.each([
    ['another connection', { ...CURRENT, name: 'other' }, FILE, 'export.other-connection'],
    [
      'a connection read without its scope',
      { id: 'x', name: 'legacy-users' },
      FILE,
      'export.current-incomplete',
    ],
    [
      'import mode on, which the project has off',
      CURRENT,
      { ...FILE, options: { import_mode: false } },
      'export.import-switched-off',
    ],
    [
      'script context, which the project does not know',
      { ...CURRENT, options: { ...CURRENT.options, enable_script_context: true } },
      FILE,
      'export.context-mismatch',
    ],
    [
      'the other way of describing identifiers',
      { ...CURRENT, options: { ...CURRENT.options, attributes: { email: {} } } },
      FILE,
      'export.options-exclude-each-other',
    ],
  ])('is refused for %s', (_what, current, file, code) => {
    expect(
      render(current as JsonObject, file as JsonObject).codes.filter((one) => one.startsWith('error')),
    ).toEqual([`error ${code}`]);
  });
});
