import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** What `replica-writer.ts` says, one line each. */
export interface Said {
  readonly opened?: true;
  readonly done?: number;
  readonly left?: number;
  readonly accounts?: number;
  readonly fault?: string;
  readonly retryable?: boolean;
  readonly message?: string;
}

export interface WriterProcess {
  readonly child: ChildProcessWithoutNullStreams;
  readonly said: Said[];
  /** Resolves when it has said something that fits; rejects when it ends without. */
  heard(fits: (line: Said) => boolean): Promise<Said>;
  /** Everything it said, once it has ended. */
  ended(): Promise<readonly Said[]>;
}

const WRITER = fileURLToPath(new URL('./replica-writer.ts', import.meta.url));

export interface WriterOptions {
  /** Largest file it may write, in KiB: writing further fails as on a full disk. */
  readonly largestFileKb?: number;
  readonly uid?: number;
}

export function startWriter(path: string, until: number, options: WriterOptions = {}): WriterProcess {
  const node = [process.execPath, WRITER, path, `${until}`];
  const limited = [
    'bash',
    '-c',
    `trap '' XFSZ; ulimit -f ${options.largestFileKb}; exec "$@"`,
    'writer',
    ...node,
  ];
  const [command, ...args] = options.largestFileKb === undefined ? node : limited;
  const child = spawn(command!, args, {
    stdio: 'pipe',
    ...(options.uid === undefined ? {} : { uid: options.uid }),
  });
  const said: Said[] = [];
  const listeners = new Set<() => void>();
  const lines = createInterface({ input: child.stdout });
  const closed = Promise.all([once(child, 'exit'), once(lines, 'close')]);
  let errors = '';
  child.stderr.on('data', (text) => (errors += String(text)));
  lines.on('line', (line) => {
    said.push(JSON.parse(line) as Said);
    for (const listener of listeners) listener();
  });
  const heard = async (fits: (line: Said) => boolean): Promise<Said> => {
    const { promise, resolve, reject } = Promise.withResolvers<Said>();
    const listener = (): void => {
      const found = said.find(fits);
      if (found !== undefined) resolve(found);
    };
    listeners.add(listener);
    listener();
    void closed.then(() => reject(new Error(`the writer ended: ${JSON.stringify(said.at(-1))} ${errors}`)));
    return promise.finally(() => listeners.delete(listener));
  };
  const ended = async (): Promise<readonly Said[]> => {
    await closed;
    if (errors !== '') throw new Error(errors);
    return said;
  };
  return { child, said, heard, ended };
}
