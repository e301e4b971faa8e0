import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { guardProcess, spareProcess } from '#test/guard.ts';

/** Database servers refuse to run as root; "nobody" owns their data then. Undefined for everyone else. */
export const SERVER_UID = process.getuid?.() === 0 ? 65534 : undefined;

const identity = SERVER_UID === undefined ? {} : { uid: SERVER_UID, gid: SERVER_UID };

export function giveToServer(path: string): void {
  if (SERVER_UID !== undefined) chownSync(path, SERVER_UID, SERVER_UID);
}

export function serverFolder(path: string): string {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  giveToServer(path);
  return path;
}

/** A file that only the server's own user may read, as servers demand of private keys. */
export function serverFile(path: string, text: string): string {
  writeFileSync(path, text, { mode: 0o600 });
  giveToServer(path);
  return path;
}

const environment = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** Runs a set-up program to its end; rejects with what it printed when it fails. */
export function runToEnd(program: string, args: readonly string[], cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...identity,
      cwd,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += String(chunk)));
    child.stderr.on('data', (chunk) => (output += String(chunk)));
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${program} ended with ${code}: ${output.slice(-2000)}`)),
    );
  });
}

export interface RunningServer {
  readonly pid: number;
  /** Sends the signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<void>;
  /** What the server printed so far, for error messages. */
  output(): string;
  readonly ended: Promise<void>;
}

export function startServer(
  program: string,
  args: readonly string[],
  cwd: string,
  guardSignal: NodeJS.Signals,
): RunningServer {
  const child: ChildProcess = spawn(program, args, {
    ...identity,
    cwd,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${program} could not be started`);
  guardProcess(pid, guardSignal);
  let output = '';
  const keep = (chunk: unknown) => (output = (output + String(chunk)).slice(-4000));
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => keep(error.message));
    child.once('close', () => {
      spareProcess(pid);
      resolve();
    });
  });
  return {
    pid,
    ended,
    output: () => output,
    end: async (signal) => {
      child.kill(signal);
      await ended;
    },
  };
}

const accepts = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

/** Resolves once `ready` does not throw any more; rejects when the server ends first or a minute has gone by. */
export async function untilReady(
  server: RunningServer,
  port: number,
  ready: () => Promise<unknown>,
): Promise<void> {
  let gone = false;
  void server.ended.then(() => (gone = true));
  const end = Date.now() + 60_000;
  let last: unknown = null;
  while (Date.now() < end) {
    if (gone) throw new Error(`the server ended at once: ${server.output()}`);
    if (await accepts(port)) {
      try {
        await ready();
        return;
      } catch (error) {
        last = error;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`the server was not ready in time: ${String(last)} ${server.output()}`);
}
