import { type ChildProcess, spawn } from 'node:child_process';

/**
 * Cleans up after a test process that was killed. The guard is a small process of its own: it reads what to
 * end and remove from its standard input, and acts when that input closes, whatever closed it.
 */
const GUARD_PROGRAM = `
const { rmSync } = require('node:fs');
const processes = new Map();
const folders = new Set();
let rest = '';
process.stdin.setEncoding('utf8');
process.stdin.on('data', (chunk) => {
  const lines = (rest + chunk).split('\\n');
  rest = lines.pop();
  for (const line of lines) {
    const { verb, value, signal } = JSON.parse(line);
    if (verb === 'end') processes.set(value, signal);
    if (verb === 'spare') processes.delete(value);
    if (verb === 'remove') folders.add(value);
    if (verb === 'removed') folders.delete(value);
  }
});
const kill = (pid, signal) => { try { process.kill(pid, signal); return true; } catch { return false; } };
process.stdin.on('end', () => {
  for (const [pid, signal] of processes) kill(pid, signal);
  const end = Date.now() + 3000;
  const finish = () => {
    const alive = [...processes.keys()].filter((pid) => kill(pid, 0));
    if (alive.length > 0 && Date.now() < end) return setTimeout(finish, 25);
    for (const pid of alive) kill(pid, 'SIGKILL');
    for (const folder of folders) {
      try { rmSync(folder, { recursive: true, force: true, maxRetries: 5 }); } catch {}
    }
  };
  finish();
});
`;

let guard: ChildProcess | null = null;

function tell(message: {
  readonly verb: 'end' | 'spare' | 'remove' | 'removed';
  readonly value: number | string;
  readonly signal?: NodeJS.Signals;
}): void {
  if (guard === null) {
    // Detached: Ctrl+C in the terminal must not take the guard along with the tests.
    guard = spawn(process.execPath, ['-e', GUARD_PROGRAM], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
      env: {},
    });
    guard.unref();
    const input = guard.stdin as unknown as { unref(): void };
    input.unref();
    guard.stdin?.on('error', () => undefined);
  }
  guard.stdin?.write(`${JSON.stringify(message)}\n`);
}

export const guardProcess = (pid: number, signal: NodeJS.Signals): void =>
  tell({ verb: 'end', value: pid, signal });
export const spareProcess = (pid: number): void => tell({ verb: 'spare', value: pid });
export const guardFolder = (folder: string): void => tell({ verb: 'remove', value: folder });
export const spareFolder = (folder: string): void => tell({ verb: 'removed', value: folder });
