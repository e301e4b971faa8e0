/** `console` and the standard streams: Node's own Console, whose lines go to the worker with their level. */
import { defineGlobal } from '../globals/globals.ts';
import type { ConsoleLevel } from '../guest-api.ts';
import { host, isConnected } from '../host.ts';
import { lib } from '../lib/lib.ts';
import { processObject } from '../process-object.ts';
import { currentAttempt } from './attempts.ts';

type Method = (...args: unknown[]) => unknown;
type ConsoleClass = new (options: object) => Record<string, Method>;

const LEVELS: Readonly<Record<string, ConsoleLevel>> = {
  assert: 'warn',
  debug: 'debug',
  error: 'error',
  info: 'info',
  trace: 'trace',
  warn: 'warn',
};

const LONGEST_LINE = 100_000;

function send(level: ConsoleLevel, text: string): void {
  if (isConnected()) host('log', currentAttempt(), level, text.slice(0, LONGEST_LINE));
}

function stream(level: () => ConsoleLevel): object {
  const { Writable } = lib<{ Writable: new (options: object) => object }>('stream');
  const writable = new Writable({ decodeStrings: false });
  const write = (chunk: unknown): boolean => {
    send(level(), String(chunk).replace(/\n$/, ''));
    return true;
  };
  return Object.assign(writable, { write, isTTY: false, columns: 80 });
}

export function defineConsole(): void {
  let level: ConsoleLevel = 'log';
  const { Console } = lib<{ Console: ConsoleClass }>('internal/console/constructor');
  const sink = stream(() => level);
  const inner = new Console({ stdout: sink, stderr: sink, ignoreErrors: false });
  const console: Record<string, unknown> = { Console };
  for (const name of Object.keys(inner)) {
    const method = inner[name];
    if (typeof method !== 'function' || name.startsWith('_')) continue;
    console[name] = (...args: unknown[]) => {
      level = LEVELS[name] ?? 'log';
      return method.apply(inner, args);
    };
  }
  defineGlobal('console', console);
  processObject.stdout = stream(() => 'log');
  processObject.stderr = stream(() => 'error');
}
