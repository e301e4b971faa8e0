import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readPipeline } from '#project/read-pipeline.ts';
import { readSecrets } from '#project/secrets.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

const root = temporaryFolder('pipeline-files');
afterAll(() => removeFolder(root));
let count = 0;

/** A project folder of these files; objects become JSON. */
function folderOf(files: Readonly<Record<string, unknown>>): string {
  const folder = join(root, String(count++));
  mkdirSync(folder, { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(
      join(folder, path),
      typeof content === 'string' ? content : JSON.stringify(content, null, 2),
    );
  }
  return folder;
}

const read = async (files: Readonly<Record<string, unknown>>, environment = {}) => {
  const folder = folderOf(files);
  return readPipeline(folder, await readSecrets(folder, environment));
};

const HANDLER = 'exports.onExecutePostLogin = async (event, api) => {};';
const action = (name: string, more: object = {}) => ({
  [`actions/${name}.json`]: {
    name,
    code: `./actions/${name}/code.js`,
    supported_triggers: [{ id: 'post-login', version: 'v3' }],
    ...more,
  },
  [`actions/${name}/code.js`]: HANDLER,
});
const bound = (...names: string[]) => ({
  'triggers/triggers.json': {
    'post-login': names.map((name) => ({ action_name: name, display_name: name })),
  },
});
const RULE = 'function (user, context, callback) {\n  callback(null, user, context);\n}';
const HOOK = 'module.exports = function (user, context, cb) { cb(); };';

describe('a pipeline on disk', () => {
  it('is absent where the project has none of its folders', async () => {
    expect(await read({ 'userferry.json': '{}' })).toBeNull();
  });

  it('is read in the order of its triggers, Rules by order, markers filled in', async () => {
    const found = await read(
      {
        ...action('b', {
          secrets: [
            { name: 'KEY', value: '##B_KEY##' },
            { name: 'MASKED', value: '_VALUE_NOT_SHOWN_' },
          ],
        }),
        ...action('a'),
        ...action('unbound'),
        'actions/a/code.js': `const host = @@HOST@@;\n${HANDLER}`,
        ...bound('b', 'a'),
        'rules/second.json': { name: 'second', script: './second.js', order: 20, stage: 'login_success' },
        'rules/second.js': RULE,
        'rules/first.json': { name: 'first', script: './first.js', order: 10, enabled: true },
        'rules/first.js': RULE,
        'rules/off.json': { name: 'off', script: './first.js', order: 1, enabled: false },
        'rules-configs/KEY.json': { key: 'KEY', value: '##RULE_KEY##' },
        'hooks/welcome.json': {
          name: 'Welcome',
          script: './welcome.js',
          triggerId: 'post-user-registration',
          enabled: true,
          secrets: { KEY: '##B_KEY##' },
        },
        'hooks/welcome.js': HOOK,
      },
      { B_KEY: 'b-secret', MASKED: 'm-secret', HOST: 'db.example', RULE_KEY: 'r-secret' },
    );
    const { actions, bindings, rules, configuration, hooks, problems } = found!;
    const secrets = (one: ReadonlyMap<string, { reveal(): string }>) =>
      [...one].map(([key, value]) => [key, value.reveal()]);
    expect({
      bindings: [...bindings],
      secrets: secrets(actions.get('b')!.secrets),
      code: actions.get('a')!.text.split('\n')[0],
      rules: rules.map(({ name }) => name),
      configuration,
      hooks: [...hooks].map(([point, hook]) => [point, hook.name, secrets(hook.secrets)]),
      problems: problems.map(({ code }) => code),
    }).toEqual({
      bindings: [['post-login', ['b', 'a']]],
      secrets: [
        ['KEY', 'b-secret'],
        ['MASKED', 'm-secret'],
      ],
      code: 'const host = "db.example";',
      rules: ['first', 'second'],
      configuration: { KEY: 'r-secret' },
      hooks: [['post-user-registration', 'Welcome', [['KEY', 'b-secret']]]],
      problems: ['pipeline.action-unbound', 'pipeline.end-of-life'],
    });
    expect(JSON.stringify(found)).not.toContain('b-secret');
  });

  const BAD: readonly (readonly [
    name: string,
    files: Readonly<Record<string, unknown>>,
    codes: readonly string[],
  ])[] = [
    ['a file that is no JSON', { 'actions/a.json': '{ "name": ' }, ['pipeline.file-invalid']],
    ['a file without its code', { 'actions/a.json': { name: 'a' } }, ['pipeline.file-invalid']],
    [
      'a trigger file of another shape',
      { ...action('a'), 'triggers/triggers.json': { 'post-login': 'a' } },
      ['pipeline.file-invalid', 'pipeline.action-unbound'],
    ],
    [
      'code that is not there',
      { 'actions/a.json': { name: 'a', code: './actions/a/code.js' } },
      ['pipeline.code-missing'],
    ],
    [
      'code outside the project',
      { 'actions/a.json': { name: 'a', code: '../other.js' } },
      ['pipeline.code-outside'],
    ],
    [
      'code that cannot be parsed',
      { ...action('a'), 'actions/a/code.js': 'exports.x = async () => { {;', ...bound('a') },
      ['pipeline.code-syntax'],
    ],
    [
      'code above 100 KB',
      { ...action('a'), 'actions/a/code.js': `${HANDLER}//${'x'.repeat(103_000)}`, ...bound('a') },
      ['pipeline.code-too-large'],
    ],
    ['an Action that is not there', { ...action('a'), ...bound('a', 'b') }, ['pipeline.action-unknown']],
    [
      'an Action of another trigger',
      { ...action('a', { supported_triggers: [{ id: 'credentials-exchange' }] }), ...bound('a') },
      ['pipeline.action-wrong-trigger'],
    ],
    [
      'an Action without its handler',
      { ...action('a'), 'actions/a/code.js': 'exports.onExecutePostLogn = async () => {};', ...bound('a') },
      ['pipeline.handler-missing'],
    ],
    [
      'an unknown trigger',
      { ...action('a'), 'triggers/triggers.json': { 'post-logn': [{ action_name: 'a' }] } },
      ['pipeline.trigger-unknown', 'pipeline.action-unbound'],
    ],
    [
      'a trigger that nothing reaches',
      {
        ...action('a', { supported_triggers: [{ id: 'send-phone-message' }] }),
        'triggers/triggers.json': { 'send-phone-message': [{ action_name: 'a' }] },
      },
      ['pipeline.trigger-not-rehearsed'],
    ],
    [
      'two Actions of one name',
      { ...action('a'), 'actions/z.json': { name: 'a', code: './actions/a/code.js' }, ...bound('a') },
      ['pipeline.name-taken'],
    ],
    [
      '21 Actions of one trigger',
      { ...action('a'), ...bound(...Array.from({ length: 21 }, () => 'a')) },
      ['pipeline.limit-exceeded'],
    ],
    [
      '11 dependencies',
      {
        ...action('a', {
          dependencies: Array.from({ length: 11 }, (_one, index) => ({
            name: `m${index}`,
            version: '1.0.0',
          })),
        }),
        ...bound('a'),
      },
      ['pipeline.limit-exceeded'],
    ],
    [
      '31 secrets',
      {
        ...action('a', {
          secrets: Array.from({ length: 31 }, (_one, index) => ({ name: `S${index}`, value: '' })),
        }),
        ...bound('a'),
      },
      ['pipeline.limit-exceeded'],
    ],
    [
      'a secret longer than a tenant takes',
      { ...action('a', { secrets: [{ name: 'LONG', value: '##LONG##' }] }), ...bound('a') },
      ['pipeline.limit-exceeded'],
    ],
    [
      'a secret without a value',
      { ...action('a', { secrets: [{ name: 'KEY', value: '##NOBODY##' }] }), ...bound('a') },
      ['pipeline.secret-missing'],
    ],
    [
      'a masked secret that nobody has',
      { ...action('a', { secrets: [{ name: 'KEY', value: '_VALUE_NOT_SHOWN_' }] }), ...bound('a') },
      ['pipeline.secret-missing'],
    ],
    [
      'a secret written out',
      { ...action('a', { secrets: [{ name: 'KEY', value: 'hunter2' }] }), ...bound('a') },
      ['pipeline.secret-in-clear-text'],
    ],
    [
      'a marker in code without a value',
      { ...action('a'), 'actions/a/code.js': `const a = '##NOBODY##';\n${HANDLER}`, ...bound('a') },
      ['pipeline.secret-missing'],
    ],
    [
      'a module with native parts',
      {
        ...action('a', { dependencies: [{ name: 'bcrypt', version: '5.1.1' }] }),
        'actions/a/code.js': `require('bcrypt');\n${HANDLER}`,
        ...bound('a'),
      },
      ['pipeline.native-module'],
    ],
    [
      'a module that is not declared',
      {
        ...action('a'),
        'actions/a/code.js': `require('node:crypto'); require('axios');\n${HANDLER}`,
        ...bound('a'),
      },
      ['pipeline.dependency-not-declared'],
    ],
    [
      'a Rule with a semicolon',
      { 'rules/a.json': { name: 'a', script: './a.js' }, 'rules/a.js': `${RULE};` },
      ['pipeline.rule-semicolon', 'pipeline.end-of-life'],
    ],
    [
      'a Rule that is more than a function',
      {
        'rules/a.json': { name: 'a', script: './a.js' },
        'rules/a.js': `const x = 1\nfunction a(u, c, cb) {}`,
      },
      ['pipeline.rule-not-a-function', 'pipeline.end-of-life'],
    ],
    [
      'a Rule that cannot be parsed',
      { 'rules/a.json': { name: 'a', script: './a.js' }, 'rules/a.js': 'function (' },
      ['pipeline.code-syntax', 'pipeline.end-of-life'],
    ],
    [
      'a Rule of another stage',
      { 'rules/a.json': { name: 'a', script: './a.js', stage: 'login_failure' }, 'rules/a.js': RULE },
      ['pipeline.rule-stage'],
    ],
    [
      'a value of the configuration that nobody has',
      {
        'rules/x.json': { name: 'x', script: './x.js' },
        'rules/x.js': RULE,
        'rules-configs/A.json': { key: 'A', value: '##NOBODY##' },
      },
      ['pipeline.secret-missing', 'pipeline.end-of-life'],
    ],
    [
      'a Hook at no point',
      {
        'hooks/a.json': { name: 'a', script: './a.js', triggerId: 'post-login', enabled: true },
        'hooks/a.js': HOOK,
      },
      ['pipeline.trigger-unknown'],
    ],
    [
      'a Hook with a bad name',
      {
        'hooks/a.json': { name: '-a', script: './a.js', triggerId: 'post-change-password', enabled: true },
        'hooks/a.js': HOOK,
      },
      ['pipeline.hook-name', 'pipeline.end-of-life'],
    ],
    [
      'two Hooks at one point',
      {
        'hooks/a.json': { name: 'a', script: './a.js', triggerId: 'post-change-password', enabled: true },
        'hooks/b.json': { name: 'b', script: './a.js', triggerId: 'post-change-password', active: true },
        'hooks/a.js': HOOK,
      },
      ['pipeline.hook-several', 'pipeline.end-of-life'],
    ],
  ];
  it.each(BAD)('says what is wrong: %s', async (_name, files, codes) => {
    const found = await read(files, { LONG: 'x'.repeat(4097) });
    expect(found!.problems.map(({ code }) => code)).toEqual(codes);
    expect(found!.problems.every(({ place }) => place !== undefined)).toBe(true);
  });

  it('does not follow a link out of the project', async () => {
    const folder = folderOf({ ...action('a'), ...bound('a') });
    writeFileSync(join(root, 'elsewhere.js'), 'exports.x = 1;');
    symlinkSync(join(root, 'elsewhere.js'), join(folder, 'actions/linked.js'));
    writeFileSync(join(folder, 'actions/a.json'), JSON.stringify({ name: 'a', code: './actions/linked.js' }));
    const found = await readPipeline(folder, await readSecrets(folder, {}));
    expect(found!.problems.map(({ code }) => code)).toEqual([
      'pipeline.code-outside',
      'pipeline.action-unknown',
    ]);
  });
});
