import { type ChildProcess, fork } from 'node:child_process';
import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { Fault } from '#engine/fault.ts';
import type { FromEngine } from '#hosts/engine/channel.ts';
import { type EngineLink, linkTo } from '#hosts/engine/engine-link.ts';
import type { Vault } from '#hosts/engine/vault.ts';

/** A batch is committed within seconds; whoever takes longer than this will not end by itself. */
const CLOSE_MS = 30_000;

export interface EngineOptions {
  /** The plain Node that runs the engine; the one that runs this process unless a shell brings its own. */
  readonly node?: string;
  /** Path of the engine's entry file, where it is not beside this file. */
  readonly entry?: string;
  /** Bugs are written to the error output with their text, which may hold data. */
  readonly debug?: boolean;
  /** What the host can do for secrets; without it the engine keeps them as the command line does. */
  readonly vault?: Vault;
}

/** Why an engine's process ended, for people: "ended with code 1", "was killed by SIGKILL". */
export type EngineEnd = string;

export interface EngineProcess extends EngineLink {
  readonly pid: number;
  readonly ended: Promise<EngineEnd>;
  /** Lets running trials commit their batch and waits for the process to end. */
  close(): Promise<void>;
  /** Ends it now. What was committed is kept. */
  kill(): void;
}

/**
 * Starts the engine in its own process and answers once it is ready for calls.
 * @throws Fault `sandbox-unavailable` when it ends before that
 */
export async function startEngineProcess(options: EngineOptions = {}): Promise<EngineProcess> {
  const entry = options.entry ?? fileURLToPath(new URL('./engine-process.ts', import.meta.url));
  const words = [
    ...(options.debug === true ? ['--debug'] : []),
    ...(options.vault === undefined ? [] : ['--vault']),
  ];
  const child = fork(entry, words, {
    // The young generation is kept small: what it once held stays taken for as long as the engine runs.
    execArgv: ['--no-node-snapshot', '--max-semi-space-size=8'],
    env: { ...process.env, ...compileCache() },
    // A console program started by a window would open a console of its own.
    windowsHide: true,
    ...(options.node === undefined ? {} : { execPath: options.node }),
  });
  const ended = endOf(child);
  await ready(child, ended);
  return {
    ...linkTo(child, options.vault ?? null),
    pid: child.pid ?? 0,
    ended,
    kill: () => void child.kill('SIGKILL'),
    close: async () => {
      if (child.connected) child.disconnect();
      const timer = setTimeout(() => child.kill('SIGKILL'), CLOSE_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** Where this process keeps what V8 made of its modules, the engine reads and keeps it too, and starts sooner. */
function compileCache(): { readonly NODE_COMPILE_CACHE?: string } {
  const folder = getCompileCacheDir();
  // The folder is of this version of Node, within the one that was given.
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: dirname(folder) };
}

function endOf(child: ChildProcess): Promise<EngineEnd> {
  return new Promise((resolve) => {
    // Stays: a process that cannot be killed says so here too, and an event without a listener is thrown.
    child.on('error', (error) => resolve(`could not be started: ${error.message}`));
    child.once('exit', (code, signal) =>
      resolve(signal === null ? `ended with code ${code}` : `was killed by ${signal}`),
    );
  });
}

async function ready(child: ChildProcess, ended: Promise<EngineEnd>): Promise<void> {
  const first = new Promise<null>((resolve) => {
    const listener = (message: FromEngine) => {
      if (!('ready' in message)) return;
      child.off('message', listener);
      resolve(null);
    };
    child.on('message', listener);
  });
  const end = await Promise.race([first, ended]);
  if (end !== null) {
    throw new Fault('sandbox-unavailable', `the engine’s process ${end} before it was ready`, {
      help: 'What it wrote to the error output says why.',
    });
  }
}
