import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Socket } from 'node:net';
import type { Duplex, Readable } from 'node:stream';
import type { z } from 'zod';
import type { AttemptTraffic } from './attempt-traffic.ts';
import { Broker, type Outside } from './broker/broker.ts';
import { errnoTable } from './broker/errno.ts';
import { Frames } from './frames.ts';
import {
  type AttemptResult,
  type ConsoleMessage,
  type ContainerLost,
  type FindingMessage,
  FRAME,
  type OpenContainer,
  type RunAttempt,
  WATCHDOG_LINE,
  type WorkerSettings,
} from './protocol.ts';
import type { SandboxBuild } from './sandbox-build.ts';
import { limited, offerToKernel } from './worker-limits.ts';
import { consoleSchema, findingSchema, lostSchema, resultSchema, tapSchema } from './worker-messages.ts';

const MEGABYTE = 1024 * 1024;
/** The process itself, and room for what V8 frees late. */
const BASE_RESIDENT_MB = 224;
const START_MS = 20_000;
/**
 * The only environment of a worker, read by glibc and nobody else: threads share what they have freed, and large pieces
 * go back to the system. By default each thread keeps what it once needed.
 */
const ALLOCATOR = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: '262144',
  MALLOC_TRIM_THRESHOLD_: '262144',
};

/** What the watchdog said last: the script that was running, by numbers this engine gave out. */
export interface Running {
  readonly container: number;
  readonly attempt: number;
  /** Order of the last attempt that was begun; later ones have left no trace. */
  readonly begun: number;
}

export type WorkerEnd =
  | { readonly kind: 'memory'; readonly running: Running }
  | { readonly kind: 'stuck'; readonly running: Running | null }
  | { readonly kind: 'closed' }
  | { readonly kind: 'crashed' };

export interface WorkerEvents {
  result(container: number, attempt: number, result: AttemptResult): void;
  opened(container: number): void;
  ended(container: number, attempt: number): void;
  console(container: number, attempt: number, message: ConsoleMessage): void;
  finding(container: number, attempt: number, finding: FindingMessage): void;
  lost(container: number, lost: ContainerLost): void;
  /** A script keeps the worker busy and does not give way. */
  stuck(running: Running): void;
  /** A stuck worker is heard of again. */
  moved(): void;
  exited(end: WorkerEnd): void;
}

export interface WorkerOptions {
  readonly build: SandboxBuild;
  readonly outside: Outside;
  readonly memoryLimitMb: number;
  readonly traffic: (container: number, attempt: number) => AttemptTraffic | null;
  readonly claimant: (container: number, bytes: Buffer) => AttemptTraffic | null;
  readonly events: WorkerEvents;
}

/** One worker process and its network. Opened by its constructor; it ends by `kill`, by itself, or with the engine. */
export class WorkerProcess {
  readonly ready: Promise<boolean>;
  readonly broker: Broker;
  readonly #events: WorkerEvents;
  readonly #child: ChildProcess;
  readonly #frames: Frames;
  #onReady: (ok: boolean) => void = () => undefined;
  #stuck: Running | null = null;
  #end: WorkerEnd | null = null;
  #exited = false;

  constructor(options: WorkerOptions) {
    this.#events = options.events;
    this.ready = new Promise((resolve) => {
      this.#onReady = resolve;
    });
    this.#child = spawnWorker(options);
    const pipe = this.#child.stdio[3] as Duplex;
    pipe.on('error', () => undefined);
    this.#frames = new Frames(pipe, {
      onFrame: (type, container, id, payload) => this.#onFrame(type, container, id, payload),
      onViolation: () => this.kill({ kind: 'crashed' }),
    });
    this.broker = new Broker({
      frames: this.#frames,
      outside: options.outside,
      errno: errnoTable(options.build.manifest.errors),
      traffic: options.traffic,
      claimant: options.claimant,
    });
    this.#readWatchdog(this.#child.stderr!);
    const slow = setTimeout(() => this.kill({ kind: 'crashed' }), START_MS);
    void this.ready.then(() => clearTimeout(slow));
    this.#child.once('error', () => this.#onExit());
    this.#child.once('exit', () => this.#onExit());
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get alive(): boolean {
    return !this.#exited && this.#end === null;
  }

  /** The script that has kept the worker busy for a while without a word, if any. */
  get stuck(): Running | null {
    return this.#stuck;
  }

  open(container: number, spec: OpenContainer): void {
    this.broker.open(container);
    this.#frames.send(FRAME.open, container, 0, json(spec));
  }

  run(container: number, attempt: number, run: RunAttempt): void {
    this.#frames.send(FRAME.run, container, attempt, json(run));
  }

  expire(container: number, attempt: number): void {
    this.#frames.send(FRAME.expire, container, attempt);
  }

  discard(container: number): void {
    this.broker.closeContainer(container);
    this.#frames.send(FRAME.discard, container, 0);
  }

  /** Whether this process is kept alive by the worker's. */
  hold(on: boolean): void {
    const change = on ? 'ref' : 'unref';
    this.#child[change]();
    for (const pipe of [this.#child.stdio[2], this.#child.stdio[3]]) (pipe as Socket | null)?.[change]();
  }

  /** At once and for good; `exited` follows with this reason. */
  kill(end: WorkerEnd): void {
    this.#end ??= end;
    this.#child.kill('SIGKILL');
  }

  async closed(): Promise<void> {
    if (this.#exited) return;
    await new Promise<void>((resolve) => {
      this.#child.once('close', () => resolve());
      this.kill({ kind: 'closed' });
    });
  }

  #onExit(): void {
    if (this.#exited) return;
    this.#exited = true;
    this.#onReady(false);
    this.broker.close();
    // The watchdog's last line may still be on its way.
    const tell = (): void => this.#events.exited(this.#end ?? { kind: 'crashed' });
    if (this.#child.stderr === null || this.#child.stderr.readableEnded) tell();
    else this.#child.once('close', tell);
  }

  #readWatchdog(stderr: Readable): void {
    let rest = '';
    stderr.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).slice(-4096).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const found = WATCHDOG_LINE.exec(line);
        if (found === null) continue;
        const running = { container: Number(found[2]), attempt: Number(found[3]), begun: Number(found[4]) };
        if (found[1] === 'memory') this.#end ??= { kind: 'memory', running };
        else {
          this.#stuck = running;
          // The line and the worker's frames come on two pipes: it may have moved on before the line was read.
          this.#frames.send(FRAME.ping, 0, 0);
          this.#events.stuck(running);
        }
      }
    });
  }

  #onFrame(type: number, container: number, id: number, payload: Buffer): void {
    if (this.#stuck !== null) {
      this.#stuck = null;
      queueMicrotask(() => this.#events.moved());
    }
    switch (type) {
      case FRAME.write:
        return this.broker.write(container, id, payload, false);
      case FRAME.writeThenDrain:
        return this.broker.write(container, id, payload, true);
      case FRAME.owner:
        return this.broker.owner(container, id, payload);
      case FRAME.op:
        if (!this.broker.op(container, id, payload)) this.kill({ kind: 'crashed' });
        return undefined;
      case FRAME.result:
        return this.#checked(resultSchema, payload, (result) =>
          this.#events.result(container, id, result as AttemptResult),
        );
      case FRAME.opened:
        return this.#events.opened(container);
      case FRAME.ended:
        return this.#events.ended(container, id);
      case FRAME.console:
        return this.#checked(consoleSchema, payload, (message) =>
          this.#events.console(container, id, message),
        );
      case FRAME.finding:
        return this.#checked(findingSchema, payload, (finding) =>
          this.#events.finding(container, id, finding),
        );
      case FRAME.lost:
        return this.#checked(lostSchema, payload, (lost) => this.#events.lost(container, lost));
      case FRAME.tap:
        return this.#checked(tapSchema, payload, (message) => this.broker.tapped(container, id, message));
      case FRAME.alive:
        return undefined;
      case FRAME.ready:
        return this.#onReady(true);
      default:
        return this.kill({ kind: 'crashed' });
    }
  }

  /** A worker that says something it cannot say is not ours any more. */
  #checked<T extends z.ZodType>(schema: T, payload: Buffer, use: (message: z.infer<T>) => void): void {
    const message = parsed(schema, payload);
    if (message === undefined) this.kill({ kind: 'crashed' });
    else use(message);
  }
}

function parsed<T extends z.ZodType>(schema: T, payload: Buffer): z.infer<T> | undefined {
  try {
    const result = schema.safeParse(JSON.parse(payload.toString()));
    return result.success ? result.data : undefined;
  } catch {
    return undefined;
  }
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

function spawnWorker({ build, memoryLimitMb }: WorkerOptions): ChildProcess {
  const settings: WorkerSettings = {
    build: build.folder,
    isolatedVm: build.isolatedVm,
    residentLimitBytes: (BASE_RESIDENT_MB + 2 * memoryLimitMb) * MEGABYTE,
  };
  const flags = [
    '--no-node-snapshot',
    // What is new is mostly dead soon; with the usual 32 MB a worker holds it long after.
    '--max-semi-space-size=1',
    '--no-deprecation',
    '--disable-warning=SecurityWarning',
    '--disable-warning=ExperimentalWarning',
    '--permission',
    '--allow-addons',
    '--allow-worker',
    ...build.readable.map((path) => `--allow-fs-read=${path}`),
  ];
  const program = join(import.meta.dirname, 'worker', 'main.ts');
  const { file, args } = limited({
    file: process.execPath,
    args: [...flags, program, JSON.stringify(settings)],
  });
  const child = spawn(file, args, {
    env: ALLOCATOR,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  offerToKernel(child.pid);
  return child;
}
