import { describe, expect, it } from 'vitest';
import { renderExport } from '#exporters/render.ts';

const FILE = {
  name: 'legacy-users',
  enabled_clients: [],
  display_name: 'Legacy',
  options: { import_mode: true, enable_script_context: true, configuration: { DB_HOST: 'localhost' } },
};
const SCRIPTS = [
  { slot: 'login' as const, text: '\ufefffunction login() {}\r\n', validated: true },
  { slot: 'delete' as const, text: 'function remove() {}', validated: false },
];

describe('the formats of the deploy tool', () => {
  it('hold scripts to the letter, and say in a name which one nobody rehearsed', () => {
    const { files, placeholders, diagnostics } = renderExport({
      format: 'deploy-directory',
      file: FILE,
      scripts: SCRIPTS,
      current: null,
    });
    const [database, ...scripts] = files;
    expect({
      database: { path: database!.path, json: JSON.parse(database!.text) as unknown },
      scripts,
      placeholders,
      codes: diagnostics.map(({ code }) => code),
    }).toEqual({
      database: {
        path: 'database-connections/legacy-users/database.json',
        json: {
          name: 'legacy-users',
          strategy: 'auth0',
          display_name: 'Legacy',
          options: {
            import_mode: true,
            enable_script_context: true,
            configuration: { DB_HOST: '##DB_HOST##' },
            customScripts: { delete: './delete.unvalidated.js', login: './login.js' },
          },
        },
      },
      scripts: [
        { path: 'database-connections/legacy-users/login.js', text: '\ufefffunction login() {}\r\n' },
        { path: 'database-connections/legacy-users/delete.unvalidated.js', text: 'function remove() {}' },
      ],
      placeholders: ['DB_HOST'],
      codes: ['export.script-map-replaced', 'export.deploy-tool-default', 'export.connection-completed'],
    });
  });

  it('end a migration with scripts that know nobody, called the way the connection calls them', () => {
    const { files, scripts } = renderExport({
      format: 'end-of-migration',
      file: { ...FILE, options: { ...FILE.options, import_mode: false } },
      scripts: SCRIPTS,
      current: null,
    });
    const parameters = scripts.map(({ slot, text }) => `${slot}: ${/\((.*)\) \{/.exec(text)![1]}`);
    expect({ options: (JSON.parse(files[0]!.text) as { options: unknown }).options, parameters }).toEqual({
      options: {
        enabledDatabaseCustomization: true,
        import_mode: true,
        enable_script_context: true,
        configuration: {},
        customScripts: { get_user: './get_user.js', login: './login.js' },
      },
      parameters: [
        'get_user: identifierValue, context, callback',
        'login: userNameOrEmail, password, context, callback',
      ],
    });
  });
});
