import { Duplex } from 'node:stream';
import { connect, type TLSSocket } from 'node:tls';
import {
  isVerified,
  secureEvent,
  tlsConnectionOptions,
  tlsErrorEvent,
  type TlsRequest,
} from '../tls-session.ts';
import type { EngineTap } from './engine-tap.ts';
import { exact } from './leaf-arguments.ts';

export type SocketEvent = readonly [kind: string, value?: unknown];

/**
 * TLS over a stream of the guest's own, as SQL Server's protocol needs it: it carries the handshake inside its own
 * packets. No network is involved, so it lives in the worker; ciphertext goes back to the guest as `enc` events.
 */
export class TlsEngine {
  readonly #pipe: Duplex;
  readonly #secure: TLSSocket;
  readonly #emit: (event: SocketEvent) => void;
  readonly #tap: EngineTap;
  /** Set while `push` runs: what happens meanwhile is its answer, as some drivers expect it in the same turn. */
  #gathering: SocketEvent[] | null = null;

  constructor(request: TlsRequest, emit: (event: SocketEvent) => void, tap: EngineTap) {
    this.#emit = emit;
    this.#tap = tap;
    this.#pipe = new Duplex({
      read: () => undefined,
      write: (chunk: Buffer, _encoding, done) => {
        tap.encrypted(chunk);
        this.#tell(['enc', exact(chunk)]);
        done();
      },
    });
    this.#secure = connect({ ...tlsConnectionOptions(request), socket: this.#pipe });
    this.#secure.once('secureConnect', () => {
      const event = secureEvent(this.#secure);
      const verified = isVerified(this.#secure, event, request.servername ?? null);
      tap.secured(verified, request.rejectUnauthorized !== false);
      this.#tell(['secure', event]);
    });
    this.#secure.on('data', (chunk: Buffer) => {
      tap.received(chunk);
      this.#tell(['data', exact(chunk)]);
    });
    this.#secure.on('end', () => this.#tell(['end']));
    this.#secure.on('error', (error) => this.#tell(['tlserror', tlsErrorEvent(error)]));
  }

  push(ciphertext: Buffer): readonly SocketEvent[] {
    const gathered: SocketEvent[] = [];
    this.#gathering = gathered;
    try {
      this.#pipe.push(Buffer.from(ciphertext));
    } finally {
      this.#gathering = null;
    }
    return gathered;
  }

  pushEnd(): void {
    this.#pipe.push(null);
  }

  write(plaintext: Buffer, drained: boolean): void {
    this.#tap.sent(plaintext);
    this.#secure.write(Buffer.from(plaintext), drained ? () => this.#tell(['drain']) : undefined);
  }

  shutdown(): void {
    this.#secure.end(() => this.#tell(['shut']));
  }

  pause(): void {
    this.#secure.pause();
  }

  resume(): void {
    this.#secure.resume();
  }

  close(): void {
    this.#secure.destroy();
    this.#pipe.destroy();
  }

  #tell(event: SocketEvent): void {
    if (this.#gathering === null) this.#emit(event);
    else this.#gathering.push(event);
  }
}
