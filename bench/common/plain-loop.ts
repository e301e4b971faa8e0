import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface PlainLoop {
  /** The users of the next run, each process its own share; not part of any measurement. */
  give(shares: readonly (readonly (readonly string[])[])[]): Promise<void>;
  /** Calls the script for everybody given. */
  run(inFlight: number): Promise<void>;
  /** Digests of what came out, one for each share. */
  digests(): Promise<readonly string[]>;
  close(): Promise<void>;
}

interface Answer {
  readonly digest: string | null;
}

/** As many plain Node processes as wanted, each with the script and a loop that calls it. */
export async function startPlainLoop(
  processes: number,
  text: string,
  configuration: Readonly<Record<string, string>>,
): Promise<PlainLoop> {
  const file = join(import.meta.dirname, 'plain-loop-host.cjs');
  const hosts = Array.from({ length: processes }, () => fork(file, { execArgv: [] }));
  const askAll = (messageOf: (index: number) => object) =>
    Promise.all(hosts.map((host, index) => ask(host, messageOf(index))));
  await askAll(() => ({ script: { text, configuration } }));
  return {
    give: async (shares) => void (await askAll((index) => ({ users: shares[index] ?? [] }))),
    run: async (inFlight) => void (await askAll(() => ({ inFlight }))),
    digests: async () => (await askAll(() => ({ digest: true }))).map(({ digest }) => digest ?? ''),
    close: async () => {
      const ended = Promise.all(hosts.map((host) => once(host, 'exit')));
      for (const host of hosts) host.kill();
      await ended;
    },
  };
}

async function ask(host: ChildProcess, message: object): Promise<Answer> {
  const ended = new AbortController();
  const answered = once(host, 'message', { signal: ended.signal }) as Promise<[Answer]>;
  const gone = once(host, 'exit', { signal: ended.signal }).then(() => {
    throw new Error('a process of plain Node ended');
  });
  host.send(message);
  try {
    return (await Promise.race([answered, gone]))[0];
  } finally {
    ended.abort();
    gone.catch(() => undefined);
  }
}
