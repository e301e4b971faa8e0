import { createRequire } from 'node:module';
import type { HostCall, ScriptAnswer } from '#test/template-scripts.ts';

// The child of `template-scripts.ts`: plain Node of the version whose lib is in the sandbox, with the very packages
// that the sandbox has. Calls may overlap.

const [, , packages = '', aliasText = '{}'] = process.argv;
const aliases = JSON.parse(aliasText) as Readonly<Record<string, string>>;
const packageRequire = createRequire(packages);
const container = {};
const SETTLE_MS = 60;

class ContractError extends Error {
  readonly code: unknown;
  readonly user_id: unknown;
  constructor(name: string, code: unknown, message: string | undefined, userId?: unknown) {
    super(message);
    this.name = name;
    this.code = code;
    this.user_id = userId;
  }
}

class WrongUsernameOrPasswordError extends ContractError {
  constructor(userId: unknown, message?: string) {
    super('WrongUsernameOrPasswordError', 'wrongusernameorpassword', message, userId);
  }
}

class ValidationError extends ContractError {
  constructor(code: unknown, message?: string) {
    super('ValidationError', code, message);
  }
}

class UnauthorizedError extends ContractError {
  constructor(message?: string) {
    super('UnauthorizedError', 'unauthorized', message);
  }
}

const told: string[] = [];
const quiet = { log: tell, info: tell, warn: tell, error: tell };
function tell(...parts: readonly unknown[]): void {
  told.push(parts.map(String).join(' '));
}

process.on('uncaughtException', (error) => told.push(`uncaught: ${error.message}`));
process.on('unhandledRejection', (error) => told.push(`unhandled: ${String(error)}`));

function compiled(call: HostCall): (...args: unknown[]) => void {
  // oxlint-disable-next-line typescript/no-implied-eval -- running the text is what this host is for
  const make = new Function(
    'require',
    'configuration',
    'global',
    'console',
    'WrongUsernameOrPasswordError',
    'ValidationError',
    'UnauthorizedError',
    `return (${call.text}\n)`,
  );
  return make(
    (name: string) => packageRequire(aliases[name] ?? name),
    Object.freeze({ ...call.configuration }),
    container,
    quiet,
    WrongUsernameOrPasswordError,
    ValidationError,
    UnauthorizedError,
  ) as (...args: unknown[]) => void;
}

const asError = (error: ContractError): ScriptAnswer['error'] => ({
  name: error.name,
  message: error.message,
  ...(typeof error.code === 'string' ? { code: error.code } : {}),
  ...(typeof error.user_id === 'string' ? { userId: error.user_id } : {}),
});

async function answer(call: HostCall): Promise<ScriptAnswer> {
  const { promise, resolve } = Promise.withResolvers<readonly [unknown, unknown] | null>();
  const limit = setTimeout(() => resolve(null), call.timeLimitMs);
  let calls = 0;
  told.length = 0;
  compiled(call)(...call.args, (error: unknown, value?: unknown) => {
    calls += 1;
    resolve([error, value]);
  });
  const outcome = await promise;
  clearTimeout(limit);
  // A second call of the callback, or an exception after it, comes within a moment.
  await new Promise((done) => setTimeout(done, SETTLE_MS));
  const trouble = told.filter((line) => /^un(caught|handled): /.test(line));
  if (calls > 1) trouble.push(`called back ${calls} times`);
  const base = { findings: trouble, console: [...told], calls };
  if (outcome === null) return { ...base, ending: 'timed-out', value: null, error: null };
  const [error, value] = outcome;
  if (error)
    return { ...base, ending: 'called-back-error', value: null, error: asError(error as ContractError) };
  const text = value === undefined ? undefined : JSON.stringify(value);
  return { ...base, ending: 'called-back', value: text === undefined ? null : JSON.parse(text), error: null };
}

const openConnections = () =>
  process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap' || name === 'TLSWrap').length;

process.on('message', ({ id, call }: { id: number; call: HostCall | 'connections' }) => {
  if (call === 'connections') process.send!({ id, reply: openConnections() });
  else void answer(call).then((reply) => process.send!({ id, reply }));
});
