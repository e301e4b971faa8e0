import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { jsonDocumentSchema } from '#hosts/cli/json-results.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { startUserferry, userferry } from '#test/userferry.ts';

let project = '';
let first = '';
let second = '';

interface Document {
  readonly command: string;
  readonly exitCode: number;
  readonly result?: { readonly trial?: { readonly id: string } };
  readonly error?: { readonly kind: string };
}

/** The one document that a command writes, held against the schema that docs/json.md is made from. */
async function documentOf(command: string, ...args: readonly string[]): Promise<Document> {
  const { code, stdout } = await userferry([...command.split(' '), '-p', project, '--json', ...args]);
  const document = jsonDocumentSchema(command).parse(JSON.parse(stdout)) as Document;
  expect(document.exitCode).toBe(code);
  return document;
}

beforeAll(async () => {
  project = await sqliteSampleProject(join(temporaryFolder('json'), 'acme'), { users: 300 });
  first = (await documentOf('trial bulk')).result!.trial!.id;
  second = (await documentOf('trial lazy', '--depth', 'profiles', '--limit', '20', '--time-limit', '2000'))
    .result!.trial!.id;
});

describe('documents', () => {
  it.each([
    ['check', [], 'result'],
    ['lint', [], 'result'],
    ['legacy inspect', [], 'result'],
    ['hash', ['--formats'], 'result'],
    ['trials list', [], 'result'],
    ['trials show', () => [first], 'result'],
    ['trials compare', () => [first, second], 'result'],
    ['trials compare', () => [first, second, '--phase', 'bulk', '--users', 'only-in-first'], 'result'],
    ['trials compare', () => [first, second, '--users'], 'error'],
    ['coverage', () => [first, '--by', 'createdAt'], 'result'],
    ['coverage', () => [second, '--users', '--limit', '3'], 'result'],
    ['coverage', () => [second, '--users', '--ended', 'login=ok'], 'error'],
    ['trace', ['key:1003'], 'result'],
    ['trace', ['nobody@nowhere.example'], 'result'],
    ['trace', ['key:['], 'error'],
    ['report', () => [second, '--personal-data'], 'result'],
    ['trial resume', () => [first], 'error'],
    ['jobs list', () => ['--trial', first], 'result'],
    ['flow', ['--list'], 'result'],
    ['try', ['get_user', 'nobody@example.com'], 'result'],
    ['try', ['login'], 'error'],
    ['explain', ['script.threw'], 'result'],
    ['explain', ['--list'], 'result'],
    ['explain', ['no.such-code'], 'error'],
    ['assumptions', [], 'result'],
    ['modules', [], 'result'],
    ['completion', ['zsh'], 'result'],
    ['version', [], 'result'],
    ['init', () => [join(temporaryFolder('json-init'), 'new'), '--from', 'postgresql'], 'result'],
    ['verify', ['/nowhere'], 'error'],
    ['trials delete', () => [first], 'error'],
    ['trials delete', () => [first, '--yes'], 'result'],
  ] as const)('of %s %j fit their schema', async (command, args, part) => {
    const document = await documentOf(command, ...(typeof args === 'function' ? args() : args));
    expect({ command: document.command, result: document.result !== undefined }).toEqual({
      command,
      result: part === 'result',
    });
  });
});

describe('Ctrl-C in the middle of a batch', () => {
  /** Every login of the trial stalls, so that only dropping the batch can end it soon. */
  async function interrupted(presses: readonly number[]) {
    writeFileSync(
      join(project, 'database-connections/acme-customers/login.js'),
      'function login(email, password, callback) {\n  setTimeout(function () { callback(null); }, 15000);\n}\n',
    );
    const args = ['trial', 'lazy', '-p', project, '--json', '--progress', 'json'];
    const { child, finished } = startUserferry(args);
    await new Promise<void>((resolve) => {
      child.stderr!.on('data', (text: string) => text.includes('"status":"running"') && resolve());
    });
    for (const wait of presses) setTimeout(() => child.kill('SIGINT'), wait);
    const { code, stdout } = await finished;
    return { code, document: jsonDocumentSchema('trial lazy').parse(JSON.parse(stdout)) };
  }

  it('ends with 130 and one document that says what was kept', async () => {
    expect(await interrupted([500])).toEqual({
      code: 130,
      document: expect.objectContaining({
        exitCode: 130,
        result: expect.objectContaining({
          verdict: 'incomplete',
          trial: expect.objectContaining({ status: 'cancelled' }),
        }),
      }),
    });
  });

  it('pressed twice ends at once, with one document too', async () => {
    const { code, document } = await interrupted([500, 660]);
    expect({ code, document }).toEqual({
      code: 130,
      document: expect.objectContaining({ command: 'trial lazy', exitCode: 130 }),
    });
  });
});
