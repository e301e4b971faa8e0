import { chmodSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { EditedScript, ScriptLanguage } from '#engine/ports/script-language.ts';
import { type Slot, SLOTS } from '#domain/migration/slots.ts';
import { scriptTypes, typeChecker } from '#language/locate.ts';
import { LanguageServer } from '#language/language-server.ts';
import { createScriptLanguage } from '#language/script-language.ts';
import { listScriptTemplates, readScriptTemplate } from '#project/script-templates.ts';
import { SANDBOX_BUILTINS, SANDBOX_MODULES } from '#sandbox/modules/manifest.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { faultOf } from '#test/fault-of.ts';

const { folder: typesFolder, untyped } = scriptTypes();
const options = {
  executable: typeChecker(),
  typesFolder,
  untyped,
  modules: SANDBOX_MODULES.map(({ name, versions }) => ({
    name,
    versions: versions.map(({ version }) => version),
  })),
  builtins: SANDBOX_BUILTINS,
};
const never = new AbortController().signal;

/** A script with a bar where the cursor is. */
function at(text: string, more: Partial<EditedScript> = {}): [EditedScript, number] {
  const place = text.indexOf('|');
  const script = { slot: 'login' as Slot, withContext: false, configurationNames: ['DB_HOST'], ...more };
  return [{ ...script, text: text.replace('|', '') }, place];
}
const foldersLeft = () => readdirSync(tmpdir()).filter((name) => name.startsWith('userferry-editor-'));

describe('the type checker', () => {
  const language = createScriptLanguage(options);
  afterAll(() => language.close());
  const labels = async (text: string, more: Partial<EditedScript> = {}) => {
    const reply = await language.complete(...at(text, more), never);
    return { by: reply.by, from: reply.from, labels: reply.completions.map(({ label }) => label) };
  };

  it('is there: TypeScript is installed and the types are gathered', () => {
    expect([options.executable, typesFolder]).toEqual([expect.any(String), expect.any(String)]);
  });

  it('completes the names of the configuration', async () => {
    const text = 'function login(email, password, callback) { connect(configuration.D|) }';
    expect(await labels(text)).toEqual({ by: 'typescript', from: 66, labels: ['DB_HOST'] });
  });

  it('completes attributes of the profile that is called back', async () => {
    const text = 'function login(a, b, done) { done(null, { user_id: 1, email_v| }) }';
    expect((await labels(text)).labels[0]).toBe('email_verified');
  });

  it.each([
    ["const { Pool } = require('pg'); const pool = new Pool(); pool.con|", 'connect'],
    ["const crypto = require('crypto'); crypto.timingS|", 'timingSafeEqual'],
    ["const mysql = require('mysql2'); mysql.createP|", 'createPool'],
    ["const { MongoClient } = require('mongodb'); new MongoClient('').d|", 'db'],
    ["const bcrypt = require('bcrypt'); bcrypt.comp|", 'compare'],
    ["const jwt = require('jsonwebtoken'); jwt.sig|", 'sign'],
    ["const { Connection } = require('tedious'); new Connection({}).execS|", 'execSql'],
  ])('knows the modules that scripts may require: %s', async (body, label) => {
    const text = `function login(email, password, callback) { ${body}\n }`;
    expect((await labels(text)).labels).toContain(label);
  });

  it('offers nothing but modules that can be required inside of require', async () => {
    const reply = await labels("function login(a, b, c) { require('mong|') }");
    expect(reply).toEqual({
      by: 'list',
      from: 35,
      labels: ['mongodb', 'mongodb@5.9.2', 'mongodb@4.17.2', 'mongodb@3.7.4'],
    });
  });

  it('knows the context only where it is switched on', async () => {
    const text = 'function login(email, password, conte|xt, callback) {}';
    const [on, place] = at(text, { withContext: true });
    expect(await language.hover(on, place, never)).toEqual({
      from: 32,
      to: 39,
      code: '(parameter) context: UserferryContext',
    });
  });

  it('says what a name is', async () => {
    const [script, place] = at(
      'function login(email, password, callback) { throw new Validation|Error("x") }',
    );
    const hover = await language.hover(script, place, never);
    expect([hover?.from, hover?.to, hover?.code.includes('class ValidationError')]).toEqual([54, 69, false]);
    expect(hover?.code).toContain('ValidationError(code?: string, message?: string)');
  });

  it('marks what does not fit together, and what does not parse as an error', async () => {
    const [script] = at(
      'function login(email, password, callback) {\n  callback(null, { email: 5 });\n  configuration.NO;\n  if (\n}',
    );
    const { by, marks } = await language.typecheck(script, never);
    expect([
      by,
      marks.map(({ severity, code, from, to }) => [severity, code, script.text.slice(from, to)]),
    ]).toEqual([
      'typescript',
      [
        ['error', 'TS1109', '}'],
        ['warning', 'TS2322', 'email'],
        ['warning', 'TS2339', 'NO'],
        ['error', 'TS1005', ''],
      ].slice(0, marks.length),
    ]);
    expect(marks.length).toBeGreaterThanOrEqual(3);
  });

  it('finds nothing to say about any template', async () => {
    const said: unknown[] = [];
    for (const { name, configuration } of listScriptTemplates()) {
      for (const slot of SLOTS) {
        const text = await readScriptTemplate(name, slot);
        const script = { slot, text, withContext: false, configurationNames: configuration };
        const { marks } = await language.typecheck(script, never);
        for (const { from, message } of marks) {
          said.push(`${name}/${slot}:${text.slice(0, from).split('\n').length} ${message}`);
        }
      }
    }
    expect(said).toEqual([]);
  });

  it('answers many at once, each about its own text', async () => {
    const names = ['alpha', 'beta', 'gamma', 'delta'];
    const replies = await Promise.all(
      names.map((name) => labels(`function login(a, b, c) { const ${name}One = 1; ${name}O| }`)),
    );
    expect(replies.map(({ labels: [first] }) => first)).toEqual(names.map((name) => `${name}One`));
  });

  it('gives up a question that nobody asks any more', async () => {
    const controller = new AbortController();
    controller.abort();
    const fault = await faultOf(
      language.complete(...at('function login(a, b, c) { a| }'), controller.signal),
    );
    expect(fault.kind).toBe('cancelled');
  });
});

describe('without a type checker', () => {
  let language: ScriptLanguage | null = null;
  afterEach(() => language?.close());
  const text = 'function login(email, password, callback) { connect(configuration.D|) }';

  it.each([
    ['is not installed', () => null],
    ['is something else', () => process.execPath],
    ['does not exist', () => join(tmpdir(), 'no-such-program')],
    [
      'cannot be run',
      () => {
        const path = join(temporaryFolder('checker'), 'tsc');
        writeFileSync(path, 'text');
        return path;
      },
    ],
  ])('a list answers where it %s', async (_, executable) => {
    language = createScriptLanguage({ ...options, executable: executable() });
    const [script, place] = at(text);
    const reply = await language.complete(script, place, never);
    expect([
      reply,
      await language.hover(script, place, never),
      await language.typecheck(script, never),
    ]).toEqual([
      {
        by: 'list',
        from: 66,
        completions: [{ label: 'DB_HOST', kind: 'property', detail: 'string' }],
        more: false,
      },
      null,
      { by: 'list', marks: [] },
    ]);
  });

  it('also completes with the checker where no types were gathered', async () => {
    language = createScriptLanguage({ ...options, typesFolder: null });
    const [script, place] = at("function login(a, b, c) { require('pg').x; configuration.D| }");
    const reply = await language.complete(script, place, never);
    const { marks } = await language.typecheck(script, never);
    expect([reply.by, reply.completions.map(({ label }) => label), marks.map(({ code }) => code)]).toEqual([
      'typescript',
      ['DB_HOST'],
      ['TS2339'],
    ]);
  });
});

describe('the process behind it', () => {
  it('ends when it is not asked for a while, leaves nothing, and comes back', async () => {
    const before = foldersLeft();
    const language = createScriptLanguage({ ...options, idleMs: 100 });
    const [script, place] = at('function login(a, b, c) { configuration.D| }');
    await language.complete(script, place, never);
    const during = foldersLeft().filter((name) => !before.includes(name));
    await expect.poll(() => foldersLeft().filter((name) => during.includes(name))).toEqual([]);
    const again = await language.complete(script, place, never);
    await language.close();
    const left = foldersLeft().filter((name) => !before.includes(name));
    expect([during.length, again.by, left]).toEqual([1, 'typescript', []]);
  });

  it('is replaced when it dies', async () => {
    const language = createScriptLanguage(options);
    const before = foldersLeft();
    const [script, place] = at('function login(a, b, c) { configuration.D| }');
    await language.complete(script, place, never);
    const folder = foldersLeft().find((name) => !before.includes(name))!;
    const pid = readdirSync('/proc').find((id) => cwdOf(id) === join(tmpdir(), folder));
    process.kill(Number(pid), 'SIGKILL');
    await expect.poll(async () => (await language.complete(script, place, never)).by).toBe('typescript');
    await language.close();
  });
});

/** Nothing of a checker is left in its environment either: it is started with none. */
function cwdOf(id: string): string | null {
  try {
    const arguments_ = readFileSync(`/proc/${id}/cmdline`, 'utf8');
    return arguments_.includes('--lsp') ? realCwd(id) : null;
  } catch {
    return null;
  }
}

function realCwd(id: string): string {
  return readlinkSync(`/proc/${id}/cwd`);
}

it.skipIf(process.platform === 'win32')('leaves no checker behind that refuses to begin', async () => {
  const executable = join(temporaryFolder('checker'), 'checker');
  const refusal = '{"jsonrpc":"2.0","id":0,"error":{"code":1,"message":"no"}}';
  const lines = [
    '#!/bin/sh',
    'echo $$ > "$0.pid"',
    `printf 'Content-Length: ${refusal.length}\\r\\n\\r\\n%s' '${refusal}'`,
    'exec sleep 60',
  ];
  writeFileSync(executable, `${lines.join('\n')}\n`);
  chmodSync(executable, 0o755);
  const before = foldersLeft();
  await expect(
    LanguageServer.start({ executable, typesFolder: null, contract: '', startMs: 20_000 }),
  ).rejects.toThrow('no');
  const pid = Number(readFileSync(`${executable}.pid`, 'utf8'));
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  expect(foldersLeft()).toEqual(before);
});
