import { createHash } from 'node:crypto';
import { chmodSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Fault } from '#engine/fault.ts';
import { createProjectStore } from '#project/project-store.ts';
import { describeWith } from '#test/describe-with.ts';
import { DATABASE, GET_USER, LOGIN, projectFolder, SETTINGS } from '#test/project-folder.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const open = (folder: string, environment = {}) => createProjectStore(environment).open(folder);
const problemsOf = async (files: Readonly<Record<string, unknown>>, environment = {}) =>
  (await open(projectFolder(files), environment)).problems.map(({ code, message, place }) => [
    code,
    message,
    place,
  ]);
const database = (change: object) => ({ 'connection/database.json': { ...DATABASE, ...change } });
const options = (change: object) => database({ options: { ...DATABASE.options, ...change } });
const FILE = 'database-connections/acme-users/database.json';
const at = (line: number, column: number, path = FILE) => ({ kind: 'file', path, line, column });
const checksum = (text: string) => createHash('sha256').update(text).digest('hex');

describe('a sound project', () => {
  it('opens with everything a trial needs', async () => {
    const folder = projectFolder();
    expect(await open(folder)).toEqual({
      folder,
      settings: { ...SETTINGS, egress: [], assumptions: {} },
      scripts: new Map([
        ['login', { slot: 'login', text: LOGIN, checksum: checksum(LOGIN) }],
        ['get_user', { slot: 'get_user', text: GET_USER, checksum: checksum(GET_USER) }],
      ]),
      configuration: {},
      configurationNames: [],
      connection: {
        name: 'acme-users',
        importMode: true,
        enableScriptContext: false,
        requiresUsername: false,
        usernameLength: { min: 1, max: 15 },
        passwordPolicy: 'none',
        disableSignup: false,
        setUserRootAttributes: 'on_each_login',
      },
      problems: [],
    });
  });

  it('takes options as they are written, flexible identifiers before legacy ones', async () => {
    const files = options({
      enable_script_context: true,
      disable_signup: true,
      passwordPolicy: 'good',
      set_user_root_attributes: 'never_on_login',
      requires_username: false,
      validation: { username: { min: 2, max: 20 } },
      attributes: { username: { identifier: { active: true }, validation: { max_length: 40 } } },
    });
    expect((await open(projectFolder(files))).connection).toEqual({
      name: 'acme-users',
      importMode: true,
      enableScriptContext: true,
      requiresUsername: true,
      usernameLength: { min: 2, max: 40 },
      passwordPolicy: 'good',
      disableSignup: true,
      setUserRootAttributes: 'never_on_login',
    });
  });

  it('takes a level with its own length, a flexible policy before any level, and protection that is off', async () => {
    const longer = options({ passwordPolicy: 'low', password_complexity_options: { min_length: 12 } });
    const flexible = options({
      passwordPolicy: 'low',
      password_options: {
        complexity: { min_length: 15, character_types: ['number'], identical_characters: 'block' },
      },
      brute_force_protection: false,
    });
    const connections = [];
    for (const files of [longer, flexible]) connections.push((await open(projectFolder(files))).connection);
    expect(
      connections.map(({ passwordPolicy, bruteForceProtection }) => [passwordPolicy, bruteForceProtection]),
    ).toEqual([
      [{ level: 'low', minLength: 12 }, undefined],
      [
        {
          minLength: 15,
          characterTypes: ['number'],
          characterTypeRule: 'all',
          identicalCharacters: 'block',
          sequentialCharacters: 'allow',
          maxLengthExceeded: 'truncate',
        },
        false,
      ],
    ]);
  });

  it('fills placeholders from the environment before the secrets file, in configuration and scripts', async () => {
    const folder = projectFolder({
      ...options({ configuration: { HOST: '##HOST##', KEY: '@@KEY@@', MODE: 'fast' } }),
      '.userferry/secrets.json': { HOST: 'from-file', KEY: 'key "of" file' },
      'connection/login.js': LOGIN.replace('null', "'##HOST##' + @@KEY@@"),
    });
    const project = await open(folder, { HOST: 'from-environment' });
    expect(project.problems).toEqual([]);
    expect(project.configuration).toEqual({ HOST: 'from-environment', KEY: 'key "of" file', MODE: 'fast' });
    expect(project.scripts.get('login')!.text).toBe(
      LOGIN.replace('null', String.raw`'from-environment' + "key \"of\" file"`),
    );
  });

  it('reads markers without quotes as the deploy tool does', async () => {
    const written = JSON.stringify(DATABASE).replace('"configuration":{}', '"configuration":{"KEY":@@KEY@@}');
    const project = await open(projectFolder({ 'connection/database.json': written }), { KEY: 'a"b' });
    expect([project.problems, project.configuration]).toEqual([[], { KEY: 'a"b' }]);
  });

  it('needs nobody to give what the lookup service supplies for a file', async () => {
    const configuration = { LEGACY_URL: '##LEGACY_URL##', LEGACY_API_KEY: '##LEGACY_API_KEY##' };
    const project = await open(projectFolder(options({ configuration })));
    expect([project.problems, project.configuration, project.configurationNames]).toEqual([
      [],
      {},
      ['LEGACY_URL', 'LEGACY_API_KEY'],
    ]);
  });
});

describe('what is wrong with a project', () => {
  const server = { engine: 'postgresql', host: 'db', database: 'shop', user: 'u', password: '${secret:DB}' };

  it.each<[string, Readonly<Record<string, unknown>>, unknown[]]>([
    [
      'no connection folder',
      { 'connection/database.json': null },
      [
        [
          'project.connection-missing',
          `${FILE} cannot be read (ENOENT): the deploy tool skips such a folder.`,
          { kind: 'file', path: FILE },
        ],
      ],
    ],
    [
      'a database.json that is no JSON',
      { 'connection/database.json': '{\n  "name": "acme-users"\n  "strategy": "auth0"\n}' },
      [['project.json-syntax', `${FILE}: a comma is expected here.`, at(3, 3)]],
    ],
    [
      'a database.json of options alone',
      { 'connection/database.json': { options: DATABASE.options } },
      [
        [
          'project.connection-dropped',
          `${FILE} has a single top-level key: the deploy tool drops the whole connection without a word.`,
          at(1, 1),
        ],
        ['project.setting-missing', `"name" is missing in ${FILE}.`, at(1, 1)],
      ],
    ],
    [
      'another name, strategy and switch',
      {
        'connection/database.json': {
          name: 'other',
          strategy: 'sms',
          options: { customScripts: DATABASE.options.customScripts },
        },
      },
      [
        [
          'project.connection-name',
          `"name" in ${FILE} is not the name of its folder and of "connection" in userferry.json, "acme-users".`,
          at(2, 11),
        ],
        [
          'project.connection-strategy',
          `"strategy" in ${FILE} is not "auth0": only that strategy has database action scripts.`,
          at(3, 15),
        ],
        [
          'project.customization-off',
          `"options.enabledDatabaseCustomization" in ${FILE} is not true: the tenant never runs the scripts.`,
          at(4, 14),
        ],
      ],
    ],
    [
      'a text for a switch',
      options({ import_mode: 'true' }),
      [['project.setting-invalid', '"options.import_mode": true or false is expected here.', at(6, 20)]],
    ],
    [
      'an unknown slot',
      options({ customScripts: { ...DATABASE.options.customScripts, getUser: './get_user.js' } }),
      [
        [
          'project.slot-unknown',
          `"getUser" in ${FILE} is no slot for a script. Did you mean "get_user"?`,
          at(11, 7),
        ],
      ],
    ],
    [
      'a script that is not there',
      { 'connection/login.js': null },
      [
        [
          'project.script-missing',
          'The script of "login" is missing: there is no file ./login.js beside database.json.',
          at(9, 16),
        ],
      ],
    ],
    [
      'a script outside the project',
      options({
        customScripts: { ...DATABASE.options.customScripts, login: '../../../../../../etc/hostname' },
      }),
      [
        [
          'project.script-outside',
          'The script of "login" lies outside the project: it is not read.',
          at(9, 16),
        ],
        [
          'project.script-not-listed',
          `login.js lies beside ${FILE}, which does not list it: the deploy tool does not send it.`,
          at(8, 22),
        ],
      ],
    ],
    [
      'a script of 101 KB',
      { 'connection/login.js': LOGIN + '/'.repeat(101 * 1024 - LOGIN.length) },
      [
        [
          'project.script-too-large',
          'The script of "login" has 101 KB; the tenant takes 100 KB.',
          { kind: 'script', slot: 'login' },
        ],
      ],
    ],
    [
      'a forgotten script',
      { 'connection/verify.js': LOGIN },
      [
        [
          'project.script-not-listed',
          `verify.js lies beside ${FILE}, which does not list it: the deploy tool does not send it.`,
          at(8, 22),
        ],
      ],
    ],
    [
      'placeholders without a value',
      {
        ...options({ configuration: { HOST: '##DB_HOST##' } }),
        'connection/get_user.js': `// header\n${GET_USER.replace('null', "'##KEY##'")}`,
      },
      [
        [
          'project.secret-missing',
          '"configuration.HOST" needs DB_HOST, which neither the environment nor the secrets file has.',
          at(8, 15),
        ],
        [
          'project.secret-missing',
          'The script of "get_user" needs KEY, which neither the environment nor the secrets file has.',
          { kind: 'script', slot: 'get_user', line: 2 },
        ],
      ],
    ],
    [
      'a secret that the deploy tool would break',
      {
        ...options({ configuration: { HOST: '##DB_HOST##' } }),
        '.userferry/secrets.json': { DB_HOST: 'a"b-canary' },
      },
      [
        [
          'project.placeholder-unsafe',
          `The value of DB_HOST holds a quote, a backslash or a line break: pasted into ${FILE} by the deploy tool it breaks the file.`,
          at(8, 15),
        ],
      ],
    ],
    [
      'a secret in clear text and a number',
      options({ configuration: { DB_PASSWORD: 'clear-canary', DB_PORT: 5432 } }),
      [
        [
          'project.secret-in-clear-text',
          `"configuration.DB_PASSWORD" in ${FILE} looks like a secret and is written out.`,
          at(8, 22),
        ],
        [
          'project.configuration-not-text',
          '"configuration.DB_PORT" is no text: the tenant stores texts only.',
          at(9, 18),
        ],
      ],
    ],
    [
      'a database password without a value',
      { 'userferry.json': { ...SETTINGS, legacy: server }, '.userferry/secrets.json': { DB: '' } },
      [
        [
          'project.secret-missing',
          'The password of the legacy database, ${secret:DB}, has no value.',
          { kind: 'setting', name: 'legacy.password' },
        ],
      ],
    ],
    [
      'a secrets file that is no object of texts',
      { '.userferry/secrets.json': '{"DB": {"password": "canary"}}' },
      [
        [
          'project.secrets-unreadable',
          '.userferry/secrets.json is not a JSON object of names and texts.',
          { kind: 'file', path: '.userferry/secrets.json' },
        ],
      ],
    ],
  ])('is found: %s', async (_what, files, expected) => {
    const problems = await problemsOf(files);
    expect(problems).toEqual(expected);
    expect(JSON.stringify(problems)).not.toContain('canary');
  });

  it('is found: a script that is a link to a private file', async () => {
    const outside = join(temporaryFolder('outside'), 'private.js');
    writeFileSync(outside, LOGIN);
    const folder = projectFolder({ 'connection/login.js': null });
    symlinkSync(outside, join(folder, 'database-connections/acme-users/login.js'));
    const project = await open(folder);
    expect(project.problems.map(({ code }) => code)).toEqual(['project.script-outside']);
    expect([...project.scripts.keys()]).toEqual(['get_user']);
  });
});

describe('a folder that is no usable project', () => {
  it.each<[string, () => string, object]>([
    ['that does not exist', () => join(temporaryFolder(), 'gone'), { kind: 'project-missing' }],
    ['without settings', () => temporaryFolder(), { kind: 'project-missing' }],
    [
      'with broken settings',
      () => projectFolder({ 'userferry.json': { ...SETTINGS, name: 1, connection: 'a b' } }),
      {
        kind: 'project-invalid',
        message: '"name": a text is expected here (and 1 more)',
        where: 'userferry.json:3:11',
        problems: [expect.objectContaining({ code: 'project.setting-invalid' }), expect.anything()],
      },
    ],
    [
      'of a newer version',
      () => projectFolder({ 'userferry.json': { ...SETTINGS, version: 2 } }),
      { kind: 'project-newer' },
    ],
  ])('%s is a fault', async (_what, folder, expected) => {
    const opened = open(folder());
    await expect(opened).rejects.toThrow(Fault);
    await expect(opened).rejects.toThrow(expect.objectContaining(expected));
  });
});

describeWith('the secrets file', process.platform === 'win32' ? 'modes of files' : null, () => {
  it('warns about one that others can read', async () => {
    const folder = projectFolder({ '.userferry/secrets.json': {} });
    chmodSync(join(folder, '.userferry/secrets.json'), 0o640);
    expect((await open(folder)).problems).toMatchObject([
      {
        severity: 'warning',
        code: 'project.secrets-permissions',
        message: '.userferry/secrets.json can be read by other accounts of this machine (mode 0640).',
      },
    ]);
  });
});
