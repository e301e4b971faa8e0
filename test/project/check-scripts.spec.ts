import { describe, expect, it } from 'vitest';
import { projectSettingsSchema } from '#contract/project-settings.ts';
import type { Slot } from '#domain/migration/slots.ts';
import type { Project } from '#engine/ports/project-store.ts';
import { checkScripts } from '#project/check-scripts.ts';

interface Given {
  readonly scripts: Readonly<Partial<Record<Slot, string>>>;
  readonly importMode?: boolean;
  readonly names?: readonly string[];
}

function project({ scripts, importMode = true, names = [] }: Given): Project {
  return {
    folder: '/nowhere',
    settings: projectSettingsSchema.parse({
      version: 1,
      name: 'acme',
      legacy: { engine: 'sqlite', file: 'legacy.db' },
      users: { table: 'users', key: ['id'] },
      fields: { id: 'id' },
      connection: 'acme',
    }),
    scripts: new Map(
      Object.entries(scripts).map(([slot, text]) => [
        slot as Slot,
        { slot: slot as Slot, text, checksum: '' },
      ]),
    ),
    configuration: {},
    configurationNames: names,
    connection: {
      name: 'acme',
      importMode,
      enableScriptContext: false,
      requiresUsername: false,
      usernameLength: { min: 1, max: 15 },
      passwordPolicy: 'none',
      disableSignup: false,
      setUserRootAttributes: 'on_each_login',
    },
    problems: [],
  };
}

const login = 'function login(email, password, callback) { callback(null); }';
const get_user = 'function getUser(email, callback) { callback(null); }';
const found = (given: Given) =>
  checkScripts(project(given)).map(({ code, message, place }) => [code, message, place]);

describe('scripts of a project', () => {
  it('are fine when the mode has what it needs', () => {
    expect([
      found({ scripts: { login, get_user } }),
      found({ scripts: { login, get_user }, importMode: false }),
    ]).toEqual([[], []]);
  });

  it('are missed by what each mode needs', () => {
    const missing = (slot: Slot, mode: string) => [
      'project.slot-missing',
      `Connection "acme" has import ${mode} and no script for "${slot}".`,
      { kind: 'script', slot },
    ];
    expect(found({ scripts: {} })).toEqual([missing('login', 'on'), missing('get_user', 'on')]);
    expect(found({ scripts: { login } })).toEqual([missing('get_user', 'on')]);
    expect(found({ scripts: { create: get_user }, importMode: false })).toEqual([
      missing('login', 'off'),
      [
        'project.slot-recommended',
        'Connection "acme" has import off and no script for "get_user".',
        { kind: 'script', slot: 'get_user' },
      ],
    ]);
  });

  it('that nobody has written yet are told from written ones', () => {
    const bare = `function login(email, password, callback) {
  // comment
  var msg = 'Please implement the Login script for this database connection at https://manage.example';
  return callback(new Error(msg));
}`;
    expect(found({ scripts: { login: bare, get_user } })).toEqual([
      [
        'project.slot-bare',
        'The script of "login" only says that somebody should implement it.',
        { kind: 'script', slot: 'login', line: 3 },
      ],
    ]);
  });

  it('that do not parse are placed, and nothing is said about what they might use', () => {
    expect(found({ scripts: { login: 'function login( {', get_user }, names: ['DB'] })).toEqual([
      [
        'project.script-syntax',
        'The script of "login" cannot be parsed: unexpected token.',
        { kind: 'script', slot: 'login', line: 1, column: 18 },
      ],
    ]);
  });

  it('are compared with the configuration, with a hint at misspelt names', () => {
    const using = 'function login(email, password, callback) {\n  callback(configuration.DB_PASWORD);\n}';
    expect(found({ scripts: { login: using, get_user }, names: ['DB_PASSWORD', 'DB_HOST'] })).toEqual([
      [
        'project.configuration-undefined',
        'The script of "login" reads configuration.DB_PASWORD, which is not defined. Did you mean "DB_PASSWORD"?',
        { kind: 'script', slot: 'login', line: 2, column: 26 },
      ],
      [
        'project.configuration-unused',
        'No script reads configuration.DB_PASSWORD.',
        { kind: 'setting', name: 'configuration.DB_PASSWORD' },
      ],
      [
        'project.configuration-unused',
        'No script reads configuration.DB_HOST.',
        { kind: 'setting', name: 'configuration.DB_HOST' },
      ],
    ]);
  });

  it('that pass the whole configuration on may use every name', () => {
    const all = 'function login(email, password, callback) { callback(Object.keys(configuration)); }';
    expect(found({ scripts: { login: all, get_user }, names: ['DB_HOST'] })).toEqual([]);
  });
});
