import { type AttemptResult, LIMITS } from '../protocol.ts';
import type { TapMessage } from '../worker-messages.ts';
import { AsyncCryptoLeaf } from './async-leaf.ts';
import { CompressionLeaf } from './compression-leaf.ts';
import { CryptoLeaf } from './crypto-leaf.ts';
import { EngineTap } from './engine-tap.ts';
import { tlsRequest, wireTlsOptions } from './guest-tls.ts';
import { bytes, exact, leafFailure, LeafError, text, whole } from './leaf-arguments.ts';
import type { PasswordPlans } from './password-plan.ts';
import { TextLeaf } from './text-leaf.ts';
import { TlsEngine } from './tls-engine.ts';
import { urlLeaf } from './url-leaf.ts';

const DNS_RECORDS = ['A', 'Aaaa', 'Srv', 'Txt', 'Mx', 'Ns', 'Cname'];

export interface LeavesOptions {
  readonly plans: PasswordPlans;
  /** Error numbers of the guest's lib, whatever the host's own are. */
  readonly errors: Readonly<Record<string, number>>;
  readonly module: (request: string) => unknown;
  readonly link: {
    write(socket: number, data: Uint8Array, drain: boolean): void;
    op(id: number, op: object): void;
    tap(socket: number, message: TapMessage): void;
    owner(socket: number, attempt: number): void;
  };
  /** Whether an attempt whose statements are to be read is running. */
  readonly full: () => boolean;
  /** The attempt that the running entry is for, 0 when it cannot be told. */
  readonly owner: () => number;
  readonly post: (event: readonly [type: string, ...args: unknown[]], owner: number) => void;
  /** `blocking`: the function that kept the isolate waiting meanwhile. */
  readonly hashed: (owner: number, ms: number, blocking: string | null) => void;
}

/** What a guest can ask of the world, one container's worth: numbers it chose, looked up in its own tables. */
export class Leaves {
  readonly #options: LeavesOptions;
  readonly #crypto: CryptoLeaf;
  readonly #asyncCrypto: AsyncCryptoLeaf;
  readonly #compression = new CompressionLeaf();
  readonly #text = new TextLeaf();
  /** Sockets in the engine, by the guest's number, with the attempt that uses each. */
  readonly #sockets = new Map<number, number>();
  readonly #engines = new Map<
    number,
    { readonly engine: TlsEngine; readonly tap: EngineTap; owner: number }
  >();
  /** Lookups and hashes under way, with the attempt each is for. */
  readonly #requests = new Map<number, number>();
  #timer: NodeJS.Timeout | null = null;
  #immediates = 0;
  #closed = false;

  constructor(options: LeavesOptions) {
    this.#options = options;
    this.#crypto = new CryptoLeaf(options.plans);
    this.#asyncCrypto = new AsyncCryptoLeaf(options.plans);
  }

  /** Whether anything but a socket may still enter the guest. */
  get waiting(): AttemptResult['waiting'] {
    if (this.#immediates > 0 || this.#requests.size > 0) return 'work';
    return this.#timer === null ? 'nothing' : 'timer';
  }

  get socketCount(): number {
    return this.#sockets.size + this.#engines.size;
  }

  /** The attempt that a socket belongs to, or a request, which is over once its answer is here. */
  ownerOf(id: number, answered: boolean): number {
    if (!answered) return this.#sockets.get(id) ?? 0;
    const owner = this.#requests.get(id) ?? 0;
    this.#requests.delete(id);
    return owner;
  }

  close(): void {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    for (const { engine } of this.#engines.values()) engine.close();
    this.#compression.close();
    this.#engines.clear();
    this.#sockets.clear();
    this.#requests.clear();
  }

  run(op: unknown, args: readonly unknown[]): unknown {
    try {
      return this.#run(op, args);
    } catch (error) {
      return { __err: leafFailure(error) };
    }
  }

  #run(op: unknown, args: readonly unknown[]): unknown {
    const [a, b, c, d, e, f] = args;
    switch (op) {
      case 'write':
        return this.#write(number(a), bytes(b), c === 1 || c === true);
      case 'timer':
        return this.#setTimer(Number(a));
      case 'immediate':
      case 'later':
        return this.#setImmediate(op);
      case 'crypto': {
        const since = CryptoLeaf.hashes(a) ? performance.now() : 0;
        const result = this.#crypto.run(a, [b, c, d, e, f]);
        if (since !== 0) {
          const ms = performance.now() - since;
          this.#options.hashed(this.#options.owner(), ms, CryptoLeaf.nameOf(a));
        }
        return result;
      }
      case 'acrypto':
        return this.#startHash(number(a), b, c);
      case 'connect':
        return this.#connect(number(a), text(b, 1000), whole(c, 0, 65_535), d);
      case 'lookup':
        return this.#lookup(number(a), text(b, 1000), c === 4 || c === 6 ? c : 0, d);
      case 'dns':
        return this.#dns(number(a), text(b, 10), text(c, 1000), d);
      case 'shutdown':
      case 'pause':
      case 'resume':
      case 'close':
        return this.#socketOp(op, number(a));
      case 'starttls':
        if (this.#sockets.has(number(a))) {
          this.#options.link.op(number(a), { op: 'starttls', options: wireTlsOptions(tlsRequest(b)) });
        }
        return 0;
      case 'tlsengine':
        return this.#openEngine(number(a), b);
      case 'encin':
        return this.#engines.get(number(a))?.engine.push(bytes(b)) ?? 0;
      case 'encend':
        this.#engines.get(number(a))?.engine.pushEnd();
        return 0;
      case 'encack':
        return 0;
      case 'url':
        return urlLeaf(a, [b, c, d, e, f]);
      case 'icu':
        return this.#text.run(a, [b, c, d]);
      case 'zlib':
        return this.#compression.run(args);
      case 'module':
        return this.#options.module(text(a, 500));
      case 'clone':
        return a;
      default:
        throw new LeafError('unknown operation');
    }
  }

  #errno(name: string): number {
    return this.#options.errors[name] ?? -1;
  }

  #write(id: number, data: Buffer, drain: boolean): number {
    const engine = this.#engines.get(id);
    if (engine !== undefined) {
      engine.engine.write(data, drain);
      return 0;
    }
    const owner = this.#sockets.get(id);
    if (owner === undefined) return this.#errno('EPIPE');
    for (const { tap } of this.#engines.values()) if (!tap.isLinked) tap.written(id, data);
    const now = this.#options.owner();
    if (now !== 0 && now !== owner) {
      this.#sockets.set(id, now);
      this.#options.link.owner(id, now);
    }
    this.#options.link.write(id, data, drain);
    return 0;
  }

  #setTimer(ms: number): number {
    if (this.#timer !== null) clearTimeout(this.#timer);
    const delay = Number.isFinite(ms) ? Math.min(Math.max(1, ms), 2 ** 31 - 1) : 1;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#options.post(['timer'], 0);
    }, delay);
    return 0;
  }

  #setImmediate(kind: 'immediate' | 'later'): number {
    const owner = this.#options.owner();
    this.#immediates += 1;
    setImmediate(() => {
      this.#immediates -= 1;
      this.#options.post([kind], owner);
    });
    return 0;
  }

  #startHash(id: number, operation: unknown, args: unknown): number {
    const owner = this.#options.owner();
    if (!this.#openRequest(id, owner)) {
      this.#answerLater(id, { name: 'Error', message: 'too many operations under way' }, owner);
      return 0;
    }
    const since = performance.now();
    const done = (error: unknown, value: unknown): void => {
      if (this.#closed) return;
      this.#requests.delete(id);
      if (AsyncCryptoLeaf.hashes(operation)) this.#options.hashed(owner, performance.now() - since, null);
      this.#options.post(['done', id, error, value], owner);
    };
    void this.#finishHash(operation, args, done);
    return 0;
  }

  async #finishHash(
    operation: unknown,
    args: unknown,
    done: (error: unknown, value: unknown) => void,
  ): Promise<void> {
    let value: unknown;
    try {
      value = await this.#asyncCrypto.run(operation, args);
    } catch (error) {
      done(leafFailure(error), undefined);
      return;
    }
    done(null, value instanceof Uint8Array ? exact(value) : value);
  }

  /** Refused, which the guest hears in a later turn, as it would of any other answer. */
  #answerLater(id: number, error: unknown, owner: number): void {
    this.#immediates += 1;
    setImmediate(() => {
      this.#immediates -= 1;
      this.#options.post(['done', id, error], owner);
    });
  }

  #openRequest(id: number, owner: number): boolean {
    if (this.#requests.size >= LIMITS.requestsPerContainer || this.#requests.has(id)) return false;
    this.#requests.set(id, owner);
    return true;
  }

  #connect(id: number, address: string, port: number, line: unknown): number {
    if (this.socketCount >= LIMITS.socketsPerContainer || this.#sockets.has(id)) return this.#errno('EMFILE');
    const attempt = this.#options.owner();
    this.#sockets.set(id, attempt);
    this.#options.link.op(id, { op: 'connect', address, port, attempt, ...scriptLine(line) });
    return 0;
  }

  #lookup(id: number, name: string, family: 0 | 4 | 6, line: unknown): number {
    const owner = this.#options.owner();
    if (!this.#openRequest(id, owner)) this.#answerLater(id, this.#errno('EAI_AGAIN'), owner);
    else this.#options.link.op(id, { op: 'lookup', name, family, attempt: owner, ...scriptLine(line) });
    return 0;
  }

  #dns(id: number, record: string, name: string, line: unknown): number {
    const owner = this.#options.owner();
    if (!DNS_RECORDS.includes(record) || !this.#openRequest(id, owner)) {
      this.#answerLater(id, 'ECANCELLED', owner);
    } else this.#options.link.op(id, { op: 'dns', record, name, attempt: owner, ...scriptLine(line) });
    return 0;
  }

  #socketOp(op: 'shutdown' | 'pause' | 'resume' | 'close', id: number): number {
    const engine = this.#engines.get(id);
    if (engine !== undefined) {
      engine.engine[op]();
      if (op === 'close') this.#engines.delete(id);
      return 0;
    }
    if (!this.#sockets.has(id)) return 0;
    if (op === 'close') this.#sockets.delete(id);
    this.#options.link.op(id, { op });
    return 0;
  }

  #openEngine(id: number, options: unknown): number {
    if (this.socketCount >= LIMITS.socketsPerContainer) return this.#errno('EMFILE');
    const owner = this.#options.owner();
    const emit = (event: readonly unknown[]): void => this.#options.post(['sock', id, ...event], owner);
    const tap = new EngineTap({
      report: (socket, message) => this.#options.link.tap(socket, message),
      full: this.#options.full,
    });
    this.#engines.set(id, { engine: new TlsEngine(tlsRequest(options), emit, tap), tap, owner });
    return 0;
  }
}

/** The line of the script that a request comes from, as far as the guest can tell. */
function scriptLine(line: unknown): { readonly line?: number } {
  return typeof line === 'number' && Number.isInteger(line) && line > 0 && line < 1e6 ? { line } : {};
}

function number(value: unknown): number {
  return whole(value, 1, 2 ** 31 - 1);
}
