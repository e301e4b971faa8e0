import { connect, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { AttemptTraffic, ConnectionRecord } from '../attempt-traffic.ts';
import { LIMITS } from '../protocol.ts';
import { isVerified, secureEvent, tlsErrorEvent } from '../tls-session.ts';
import { sniffingTap } from '../wiretap/sniff.ts';
import type { StatementText, WireTap } from '../wiretap/tap.ts';
import type { TapMessage, WireTlsOptions } from '../worker-messages.ts';
import { codeOf, type Errno } from './errno.ts';
import { startTls } from './tls.ts';

export interface SocketOutput {
  data(bytes: Buffer): void;
  event(kind: string, value?: unknown): void;
  /** Calls `tell` when what the other side sent has arrived: at once, or late where the network plays slow. */
  arrive(tell: () => void): void;
}

/** Closing lets what was written go out first, but not for ever. */
const LINGER_MS = 1000;
/** Statements under way that the worker's tap may tell of one connection. */
const MOST_TOLD = 1000;
let statements = 0;

/** One connection of a script: the real socket, TLS over it where asked for, and the tap on its plaintext. */
export class BrokeredSocket {
  readonly record: ConnectionRecord;
  readonly #errno: Errno;
  readonly #raw: Socket;
  readonly #output: SocketOutput;
  #stream: Socket | TLSSocket;
  #tap: WireTap;
  #traffic: AttemptTraffic | null;
  readonly #opener: AttemptTraffic | null;
  #connected = false;
  #endedByGuest = false;
  #pausedByGuest = false;
  #held = false;
  /** The guest knows the server is not to be trusted; whatever it sends from now on, it sends in spite of that. */
  #failedVerification = false;
  /** Statements begun on this connection and whose they are. */
  readonly #statements = new Map<number, AttemptTraffic | null>();
  /** The same, by the numbers of the worker's own tap. */
  readonly #told = new Map<number, number>();
  #lingering: NodeJS.Timeout | null = null;
  /** Who waits for an answer in a protocol that is not looked into. */
  #waiter: AttemptTraffic | null = null;

  constructor(
    record: ConnectionRecord,
    address: string,
    traffic: AttemptTraffic | null,
    errno: Errno,
    output: SocketOutput,
  ) {
    this.#errno = errno;
    this.record = record;
    this.#traffic = traffic;
    this.#opener = traffic;
    this.#output = output;
    this.#tap = this.#newTap();
    this.#raw = connect({ host: address, port: record.port, noDelay: true, allowHalfOpen: true });
    this.#stream = this.#raw;
    traffic?.wait();
    this.#raw.once('connect', () =>
      output.arrive(() => {
        this.#settleConnect();
        output.event('connect', 0);
      }),
    );
    this.#raw.once('end', () => this.#lostByServer());
    this.#raw.on('error', (error) => {
      this.#lostByServer();
      if (!this.#connected) {
        this.#settleConnect();
        output.event('connect', errno(codeOf(error)));
      } else if (this.#stream === this.#raw) output.event('error', errno(codeOf(error)));
    });
    this.#raw.on('close', () => this.#ended());
    this.#attach(this.#raw);
  }

  get unsentBytes(): number {
    return this.#stream.writableLength;
  }

  /** Who uses the connection from now on: a pooled one serves one attempt after another. */
  useFor(traffic: AttemptTraffic | null): void {
    this.#traffic = traffic;
    traffic?.uses(this.record);
  }

  write(bytes: Buffer, drain: boolean): void {
    if (this.#stream.writableLength > LIMITS.socketBacklogBytes) {
      this.#output.event('error', this.#errno('ENOBUFS'));
      this.destroy();
      return;
    }
    if (this.#failedVerification) this.record.verificationOff = true;
    this.#tap.sent(bytes);
    this.#stream.write(bytes, drain ? () => this.#output.event('drain') : undefined);
  }

  shutdown(): void {
    this.#endedByGuest = true;
    this.#stream.end(() => this.#output.event('shut'));
  }

  pause(): void {
    this.#pausedByGuest = true;
    this.#stream.pause();
  }

  resume(): void {
    this.#pausedByGuest = false;
    if (!this.#held) this.#stream.resume();
  }

  /** The way to the worker is full: nothing is read until it has drained. */
  hold(on: boolean): void {
    this.#held = on;
    if (on) this.#stream.pause();
    else if (!this.#pausedByGuest) this.#stream.resume();
  }

  startTls(options: WireTlsOptions): void {
    if (this.#stream !== this.#raw) return;
    this.#raw.removeAllListeners('data');
    this.#raw.removeAllListeners('end');
    if (!this.#tap.survivesTls) {
      this.#wait(false);
      this.#tap = this.#newTap();
    }
    let secure: TLSSocket;
    try {
      secure = startTls(this.#raw, options);
    } catch (error) {
      this.#output.event('tlserror', tlsErrorEvent(error));
      return;
    }
    this.#stream = secure;
    secure.once('secureConnect', () => {
      const event = secureEvent(secure);
      // Without a server name only the guest knows which name its script dialled; the chain is judged here, the name there.
      const verified = isVerified(secure, event, options.servername ?? null);
      this.#secured(verified, options.rejectUnauthorized === false);
      this.#failedVerification = !verified;
      this.#output.event('secure', event);
    });
    secure.on('error', (error) => this.#output.event('tlserror', tlsErrorEvent(error)));
    this.#attach(secure);
  }

  /** What was written goes out; then the connection ends. */
  close(): void {
    this.#endedByGuest = true;
    this.#stream.end();
    this.#stream.destroySoon();
    this.#lingering ??= setTimeout(() => this.#raw.destroy(), LINGER_MS);
    this.#ended();
  }

  destroy(): void {
    this.#endedByGuest = true;
    if (this.#lingering !== null) clearTimeout(this.#lingering);
    this.#stream.destroy();
    this.#raw.destroy();
    this.#ended();
  }

  /** What the tap on the far side of TLS read that ends in the worker. */
  told(message: TapMessage): void {
    if (message.kind === 'secure') this.#secured(message.verified, message.off);
    else if (message.kind === 'begin') {
      const { text, binds } = message;
      if (this.#told.size >= MOST_TOLD) return;
      this.#told.set(
        message.statement,
        this.#begin(
          message.protocol,
          () => text,
          () => binds,
        ),
      );
    } else {
      const statement = this.#told.get(message.statement);
      this.#told.delete(message.statement);
      if (statement !== undefined) this.#end(statement, message.rows, message.error);
    }
  }

  #secured(verified: boolean, off: boolean): void {
    this.record.tls = verified && !off ? 'verified' : 'unverified';
    this.record.verificationOff = off;
  }

  #begin(
    protocol: WireTap['protocol'],
    text: () => string,
    binds: () => readonly string[],
    own: StatementText = null,
  ): number {
    const statement = ++statements;
    const traffic = this.#traffic;
    this.#statements.set(statement, traffic);
    traffic?.begin(statement, this.record.id, protocol, text, binds);
    if (own !== null) traffic?.looksInto(own);
    return statement;
  }

  #end(statement: number, rows: number | null, error?: string): void {
    const traffic = this.#statements.get(statement);
    this.#statements.delete(statement);
    traffic?.end(statement, rows, error);
  }

  #settleConnect(): void {
    if (this.#connected) return;
    this.#connected = true;
    this.#opener?.waited();
  }

  /** The other side ended or refused the connection: whoever uses it now may fail for that. */
  #lostByServer(): void {
    if (this.#endedByGuest) return;
    for (const traffic of [this.#traffic, this.#opener]) if (traffic !== null) traffic.lostConnection = true;
  }

  #ended(): void {
    this.#settleConnect();
    this.#wait(false);
    this.record.closedAt ??= performance.now();
    if (this.#raw.destroyed && this.#lingering !== null) clearTimeout(this.#lingering);
    for (const [statement, traffic] of this.#statements) traffic?.end(statement, null, 'connection closed');
    this.#statements.clear();
    this.#told.clear();
  }

  #wait(on: boolean): void {
    if (on === (this.#waiter !== null)) return;
    this.#waiter?.waited();
    this.#waiter = on ? this.#traffic : null;
    this.#waiter?.wait();
  }

  #attach(stream: Socket): void {
    stream.on('data', (bytes: Buffer) =>
      this.#output.arrive(() => {
        this.#tap.received(bytes);
        this.#output.data(bytes);
      }),
    );
    stream.on('end', () => this.#output.arrive(() => this.#output.event('end')));
  }

  #newTap(): WireTap {
    const tap: WireTap = sniffingTap({
      begin: (text, binds, own) => this.#begin(tap.protocol, text, binds, own ?? null),
      end: (statement, rows, error) => this.#end(statement, rows, error),
      waiting: (on) => this.#wait(on),
    });
    return tap;
  }
}
