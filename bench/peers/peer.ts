import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { guardProcess, spareProcess } from '#test/guard.ts';

/** What one peer did with so many users. */
export interface PeerFigure {
  readonly work: string;
  readonly users: number;
  readonly perSecond: number;
  /** Rates of the first and the last tenth, where the peer can tell. */
  readonly tenths: { readonly first: number; readonly last: number } | null;
}

export interface PeerSurroundings {
  /** Folder that the peers are installed in. */
  readonly installed: string;
  /** Empty folder for this peer alone. */
  readonly scratch: string;
  readonly users: number;
  readonly seconds: number;
}

/** A tool of others that does some work which we do, too. */
export interface Peer {
  readonly package: string;
  readonly version: string;
  /** Which of our figures it is put beside. */
  readonly beside: 'logins' | 'runs' | 'import';
  measure(surroundings: PeerSurroundings): Promise<readonly PeerFigure[]>;
}

export interface PeerProcess {
  /** Rejects where it ends before it answers. */
  untilAnswers(url: string): Promise<void>;
  /** Its exit code, once it has ended by itself. */
  readonly ended: Promise<number | null>;
  output(): string;
  stop(): Promise<void>;
}

const PATIENCE_MS = 60_000;

/**
 * Starts a program of a peer on this Node, in an environment of its own that names nothing of this machine's user, and
 * with nothing to listen on but the loopback address.
 */
export function startPeer(
  { scratch }: PeerSurroundings,
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): PeerProcess {
  const guard = join(import.meta.dirname, 'loopback-only.cjs');
  const child = spawn(process.execPath, ['--require', guard, file, ...args], {
    cwd: scratch,
    env: { PATH: process.env['PATH'] ?? '', HOME: scratch, CI: '1', NO_UPDATE_NOTIFIER: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that what it starts ends with it.
    detached: true,
  });
  let output = '';
  const keep = (text: unknown) => (output = (output + String(text)).slice(-4_000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      keep(error.message);
      resolve(null);
    });
    child.once('exit', resolve);
  });
  let gone = false;
  void ended.then(() => (gone = true));
  const group = -(child.pid ?? 0);
  // It ends even where this process is killed.
  if (group < 0) guardProcess(group, 'SIGKILL');
  return {
    ended,
    output: () => output,
    untilAnswers: async (url) => {
      for (const end = performance.now() + PATIENCE_MS; performance.now() < end; ) {
        if (gone) break;
        if (await answers(url)) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`it does not answer: ${output.slice(-600)}`);
    },
    stop: async () => {
      endGroup(group);
      if (!gone) await ended;
      if (group < 0) spareProcess(group);
    },
  };
}

function endGroup(group: number): void {
  try {
    if (group < 0) process.kill(group, 'SIGKILL');
  } catch {
    // All of them have ended.
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    await (await fetch(url)).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

/** Where a file of a peer is, or why it cannot be measured. */
export function fileOf({ installed }: PeerSurroundings, path: string): string {
  const file = join(installed, 'node_modules', path);
  if (existsSync(file)) return file;
  throw new Error(`the file ${path} is not in it`);
}

/** Does the work for each of so many users, one after the other, and tells how it went along. */
export async function oneByOne(
  work: string,
  users: number,
  each: (n: number) => Promise<void>,
): Promise<PeerFigure> {
  const tenth = Math.max(1, Math.floor(users / 10));
  const at: number[] = [performance.now()];
  for (let n = 0; n < users; n += 1) {
    await each(n);
    at.push(performance.now());
  }
  const rate = (from: number, to: number) => ((to - from) / (at[to]! - at[from]!)) * 1000;
  return {
    work,
    users,
    perSecond: rate(0, users),
    tenths: { first: rate(0, tenth), last: rate(users - tenth, users) },
  };
}
