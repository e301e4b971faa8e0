import type { Channel, ChannelEnd, ClosedReason, Dial } from '#renderer/api/channel.ts';
import { Disconnected } from '#renderer/api/disconnected.ts';
import { type Wire, wireOver } from '#renderer/api/wire.ts';

export type ConnectionStatus =
  /** `connecting` until it was open for the first time. `retryAtMs`: Unix time of the next try, null during one. */
  | {
      readonly state: 'connecting' | 'reconnecting';
      readonly attempt: number;
      readonly retryAtMs: number | null;
    }
  | { readonly state: 'open' }
  /** For good, unless somebody asks for another try. */
  | { readonly state: 'closed'; readonly reason: ClosedReason };

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;

/** Waits double, and spread by a fifth so that several pages do not come back in one moment. */
function waitBefore(attempt: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1)) * (0.8 + Math.random() * 0.4);
}

/** Keeps a way to the engine open: a new channel whenever the old one breaks, and word of how it stands. */
export class ReconnectingWire {
  readonly #dial: Dial;
  readonly #listeners = new Set<() => void>();
  #status: ConnectionStatus = { state: 'connecting', attempt: 1, retryAtMs: null };
  #channel: Channel | null = null;
  #wire: Wire | null = null;
  #next = Promise.withResolvers<Wire>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #attempt = 0;
  #opened = false;

  constructor(dial: Dial) {
    this.#dial = dial;
    this.#connect();
  }

  readonly status = {
    /** The same object until something changes. */
    get: (): ConnectionStatus => this.#status,
    /** Gives the function that ends the subscription. */
    subscribe: (listener: () => void): (() => void) => {
      this.#listeners.add(listener);
      return () => void this.#listeners.delete(listener);
    },
  };

  /** The wire that is open, or the next one. Rejects with `Disconnected` where there will be none. */
  async current(signal?: AbortSignal): Promise<Wire> {
    if (this.#wire !== null) return this.#wire;
    if (this.#status.state === 'closed') throw new Disconnected('the connection to the engine is closed');
    return untilAborted(this.#next.promise, signal);
  }

  /** Tries at once instead of waiting, also after it was closed. */
  retry(): void {
    const waiting = this.#status.state !== 'open' && this.#channel === null;
    if (waiting) this.#connect();
  }

  close(): void {
    this.#channel?.close();
    this.#break();
    this.#closed('closed');
  }

  #connect(): void {
    this.#clearTimer();
    this.#attempt += 1;
    this.#become(this.#between(null));
    const channel = this.#dial({
      opened: () => {
        if (this.#channel === channel) this.#open(channel);
      },
      frame: (frame) => {
        if (this.#channel === channel) this.#wire?.receive(frame);
      },
      closed: (end) => {
        if (this.#channel === channel) void this.#ended(end);
      },
    });
    this.#channel = channel;
  }

  #open(channel: Channel): void {
    const wire = wireOver(channel);
    this.#wire = wire;
    this.#attempt = 0;
    this.#opened = true;
    this.#next.resolve(wire);
    this.#next = Promise.withResolvers();
    this.#become({ state: 'open' });
  }

  async #ended(verdict: Promise<ChannelEnd>): Promise<void> {
    this.#break();
    this.#become(this.#between(null));
    const end = await verdict;
    // Meanwhile somebody may have closed it or asked for another try.
    if (this.#channel !== null || this.#status.state === 'closed') return;
    if (!end.again) {
      this.#closed(end.reason);
      return;
    }
    const wait = end.soon ? FIRST_WAIT_MS : waitBefore(this.#attempt + 1);
    this.#timer = setTimeout(() => this.#connect(), wait);
    this.#become(this.#between(Date.now() + wait));
  }

  #break(): void {
    this.#clearTimer();
    this.#channel = null;
    this.#wire?.lost();
    this.#wire = null;
  }

  #closed(reason: ClosedReason): void {
    this.#next.promise.catch(() => undefined);
    this.#next.reject(new Disconnected('the connection to the engine is closed'));
    this.#next = Promise.withResolvers();
    this.#attempt = 0;
    this.#become({ state: 'closed', reason });
  }

  #between(retryAtMs: number | null): ConnectionStatus {
    const state = this.#opened ? 'reconnecting' : 'connecting';
    return { state, attempt: Math.max(1, this.#attempt), retryAtMs };
  }

  #become(status: ConnectionStatus): void {
    this.#status = status;
    for (const listener of this.#listeners) listener();
  }

  #clearTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}

async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason as Error);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
