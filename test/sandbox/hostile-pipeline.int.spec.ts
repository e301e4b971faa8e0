import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '#domain/json.ts';
import type { ProgramKind, ScriptRun } from '#engine/ports/script-runner.ts';
import { createScriptRunner, type SandboxRunner } from '#sandbox/script-runner.ts';
import { ESCAPES_TRIED } from '../fixtures/hostile-scripts/escapes.ts';
import type { HostileScript } from '../fixtures/hostile-scripts/hostile-script.ts';
import { LOOPS } from '../fixtures/hostile-scripts/loops.ts';
import { MEMORY } from '../fixtures/hostile-scripts/memory.ts';

// The same attacks as those of database action scripts, inside an Action, a Rule and a Hook: whatever they would call
// back with goes to the console. After each of them an ordinary program of its kind must work.

const RUNNERS = 4;
const all: SandboxRunner[] = [];
const free: SandboxRunner[] = [];
const wanted: ((runner: SandboxRunner) => void)[] = [];

beforeAll(async () => {
  const make = () => createScriptRunner({ workers: 1, egress: [], memoryLimitMb: 64 });
  all.push(...(await Promise.all(Array.from({ length: RUNNERS }, make))));
  free.push(...all);
});
afterAll(() => Promise.all(all.map((one) => one.close())));

async function borrow<T>(work: (runner: SandboxRunner) => Promise<T>): Promise<T> {
  const runner = free.pop() ?? (await new Promise<SandboxRunner>((resolve) => wanted.push(resolve)));
  try {
    return await work(runner);
  } finally {
    const next = wanted.shift();
    if (next === undefined) free.push(runner);
    else next(runner);
  }
}

interface Kind {
  readonly slot: ProgramKind;
  readonly input: Json;
  /** The program around a body that has `user`, `password` and `callback`. */
  readonly around: (body: string) => string;
}

const GIVEN = "const user = 'ada@example.com', password = 'correct horse 9';";

const SAY = "console.log('said ' + JSON.stringify(value));";

const KINDS: readonly Kind[] = [
  {
    slot: 'action',
    input: {
      trigger: 'post-login',
      handler: 'onExecutePostLogin',
      continues: false,
      event: { user: { user_id: 'auth0|1' }, secrets: {}, request: { query: {} } },
      cache: [],
      rules: [],
      canRedirect: true,
      issuer: 'https://x.example/',
      now: 1,
      strict: false,
    },
    around: (body) =>
      `exports.onExecutePostLogin = (event, api) => { ${GIVEN}
         let settle, fail; const settled = new Promise((one, other) => { settle = one; fail = other; });
         const callback = (error, value) => { if (error) return fail(error); ${SAY} settle(); };
         const attack = function () {\n${body}\n };
         const returned = attack();
         return returned === undefined ? settled : returned; };`,
  },
  {
    slot: 'rules',
    input: { index: 0, user: { user_id: 'auth0|1' }, context: {} },
    around: (body) =>
      `(function (who, context, finish) { ${GIVEN}
         const callback = (error, value) => { if (error) return finish(error); ${SAY} finish(null, who, context); };\n${body}\n })`,
  },
  {
    slot: 'hook',
    input: { args: [{ email: 'ada@example.com' }, {}] },
    around: (body) =>
      `module.exports = function (who, context, finish) { ${GIVEN}
         const callback = (error, value) => { if (error) return finish(error); ${SAY} finish(null, {}); };\n${body}\n };`,
  },
];

const run = (
  runner: SandboxRunner,
  { slot, input }: Kind,
  text: string,
  timeLimitMs: number,
): Promise<ScriptRun> =>
  runner.run({
    script: { slot, text, checksum: createHash('sha256').update(text).digest('hex') },
    args: [input],
    password: null,
    configuration: {},
    container: 'warm',
    timeLimitMs,
    passwordChecks: { kind: 'true' },
    detail: 'full',
  });

/** What the body of an attack got hold of, as it was said; undefined if it said nothing. */
function said({ console: lines }: ScriptRun): unknown {
  const text = lines.find((line) => line.text.startsWith('said '))?.text.slice('said '.length);
  if (text === undefined || text === 'undefined') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // A line that was cut off.
    return text;
  }
}

/** Loading a program runs its top level, and errors of programs that throw come as rejections of the handler. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  threw: ['rejected'],
  rejected: ['threw'],
  'called-back-error': ['called-back', 'threw', 'rejected', 'blocked'],
  'never-called-back': ['timed-out'],
  'too-large': ['called-back'],
};

function acceptable(endings: readonly string[]): ReadonlySet<string> {
  return new Set(endings.flatMap((ending) => [ending, ...(ALSO[ending] ?? [])]));
}

const ATTACKS = [...LOOPS, ...MEMORY, ...ESCAPES_TRIED].filter(({ text }) => text === undefined);

/** Attacks on the callback itself, whose argument a program of these kinds does not choose. */
const ABOUT_THE_CALLBACK = /toJSON|callback|result|value|second argument|prototype/i;

/** All attacks on Actions; Rules and Hooks differ in how they are called, so a third of them is enough. */
const attacksOn = ({ slot }: Kind): readonly HostileScript[] =>
  slot === 'action' ? ATTACKS : ATTACKS.filter((_one, index) => index % 3 === (slot === 'rules' ? 0 : 1));

/** What an attack did, and what it may do at most. */
async function attacked(
  kind: Kind,
  { body, endings, value, failureMeans, name }: HostileScript,
): Promise<{ readonly seen: unknown; readonly expected: unknown }> {
  const { first, next } = await borrow(async (runner) => ({
    first: await run(runner, kind, kind.around(body), 1000),
    next: await run(runner, kind, kind.around("callback(null, 'fine');"), 20_000),
  }));
  const loose = ABOUT_THE_CALLBACK.test(`${name} ${body.includes('toJSON') ? 'toJSON' : ''}`);
  const got = said(first);
  const silent = value === undefined || got === undefined || loose;
  const shared = { next: ['called-back', 'fine'], polluted: undefined, failureMeans };
  return {
    seen: {
      ...shared,
      ending: loose || acceptable(endings).has(first.ending) ? 'as expected' : first.ending,
      said: silent ? 'as expected' : got,
      next: [next.ending, said(next)],
      polluted: ({} as { admin?: unknown }).admin,
    },
    expected: { ...shared, ending: 'as expected', said: silent ? 'as expected' : value },
  };
}

describe.each(KINDS)('hostile code in $slot', (kind) => {
  describe.concurrent('and the next run', () => {
    it.each(attacksOn(kind))('$name', async (script) => {
      const { seen, expected } = await attacked(kind, script);
      expect(seen).toEqual(expected);
    });
  });
});

describe('a program that tampers with its own api', () => {
  it('can only ask for what anybody can ask for', async () => {
    const [kind] = KINDS;
    const text = `const push = Array.prototype.push;
      Array.prototype.push = function (...all) { return push.apply(this, all.map((one) => one && one.method ? { ...one, method: 'root', args: 'everything' } : one)); };
      exports.onExecutePostLogin = async (event, api) => { api.access.deny('x'); };`;
    const result = await borrow((runner) => run(runner, kind!, text, 1000));
    const { actionAnswer } = await import('#domain/pipeline/commands.ts');
    expect([result.ending, actionAnswer(result.value).commands]).toEqual(['called-back', []]);
  });
});
