import { createRequire } from 'node:module';
import { verify as verifyArgon2 } from '@node-rs/argon2';
import { compare } from '@node-rs/bcrypt';
import type { PlainScriptCall, PlainScriptEnding } from '#test/plain-script.ts';

// The child of `plain-script.ts`: evaluates one call after the other in plain Node, where an exception that
// leaves a callback ends up as an uncaught one.

class WrongUsernameOrPasswordError extends Error {
  readonly user_id: unknown;
  constructor(userId: unknown, message?: string) {
    super(message);
    this.name = 'WrongUsernameOrPasswordError';
    this.user_id = userId;
  }
}

class UnauthorizedError extends Error {
  override readonly name = 'UnauthorizedError';
}

const nodeRequire = createRequire(import.meta.url);
const modules: Readonly<Record<string, unknown>> = {
  bcrypt: { compare },
  argon2: { verify: verifyArgon2 },
};
const container = {};
const quiet = { log: () => undefined, error: () => undefined };

let ended: ((ending: PlainScriptEnding) => void) | null = null;
const end = (ending: PlainScriptEnding) => {
  ended?.(ending);
  ended = null;
};

process.on('uncaughtException', (error) => end({ ending: 'threw', error: error.name }));
process.on('unhandledRejection', (error) => end({ ending: 'rejected', error: String(error) }));

async function answer({ text, args, configuration, stallMs }: PlainScriptCall): Promise<PlainScriptEnding> {
  const { promise, resolve } = Promise.withResolvers<PlainScriptEnding>();
  ended = resolve;
  const stall = setTimeout(() => end({ ending: 'never-called-back' }), stallMs);
  // oxlint-disable-next-line typescript/no-implied-eval -- running the text is what this host is for
  const script = new Function(
    'require',
    'configuration',
    'global',
    'console',
    'WrongUsernameOrPasswordError',
    'UnauthorizedError',
    `return (${text}\n)`,
  )(
    (name: string) => modules[name] ?? nodeRequire(name),
    configuration,
    container,
    quiet,
    WrongUsernameOrPasswordError,
    UnauthorizedError,
  ) as (...args: unknown[]) => void;
  script(...args, (error: Error | null, value?: unknown) => {
    if (error) end({ ending: 'called-back-error', error: error.name });
    else
      end({ ending: 'called-back', value: value === undefined ? null : JSON.parse(JSON.stringify(value)) });
  });
  const ending = await promise;
  clearTimeout(stall);
  return ending;
}

process.on('message', (call: PlainScriptCall) => {
  void answer(call).then((ending) => process.send!(ending));
});
