import { sniffingTap } from '../wiretap/sniff.ts';
import type { WireTap } from '../wiretap/tap.ts';
import type { TapMessage } from '../worker-messages.ts';

export interface EngineTapOptions {
  readonly report: (socket: number, message: TapMessage) => void;
  /** Whether somebody will read texts of statements, and not only count them. */
  readonly full: () => boolean;
}

/** Enough of a hello for its random bytes to be among it. */
const PROOF_BYTES = 64;
const MOST_UNLINKED = 64 * 1024;

/**
 * The wire tap where TLS ends in this process: on the plaintext side of an engine whose records travel inside another
 * protocol. What it reads is told of the socket that the engine's own records were seen to be written to, so an engine
 * that talks to the script only has nothing to tell.
 */
export class EngineTap {
  readonly #options: EngineTapOptions;
  readonly #tap: WireTap;
  #socket = 0;
  #proof: Buffer | null = null;
  #unlinked = 0;
  #statements = 0;
  #failed: { readonly verified: boolean } | null = null;

  constructor(options: EngineTapOptions) {
    this.#options = options;
    this.#tap = sniffingTap({
      begin: (text, binds) => {
        const statement = (this.#statements += 1);
        const full = options.full();
        this.#tell({
          kind: 'begin',
          statement,
          protocol: this.#tap.protocol,
          text: full ? text() : '',
          binds: full ? [...binds()].slice(0, 2000) : [],
        });
        return statement;
      },
      end: (statement, rows, error) =>
        this.#tell({ kind: 'end', statement, rows, ...(error === undefined ? {} : { error }) }),
      waiting: () => undefined,
    });
  }

  get isLinked(): boolean {
    return this.#socket !== 0 || this.#unlinked > MOST_UNLINKED;
  }

  encrypted(record: Uint8Array): void {
    this.#proof ??= Buffer.from(record.subarray(0, PROOF_BYTES));
  }

  /** Bytes that the guest sends on one of its sockets. */
  written(socket: number, bytes: Buffer): void {
    if (this.#socket !== 0 || this.#proof === null) return;
    if (bytes.includes(this.#proof)) this.#socket = socket;
    else this.#unlinked += bytes.length;
  }

  secured(verified: boolean, refuses: boolean): void {
    if (!verified) this.#failed = { verified };
    this.#tell({ kind: 'secure', verified, off: !refuses });
  }

  sent(plaintext: Buffer): void {
    if (this.#failed !== null) {
      // The script knows that the server is not to be trusted, and goes on.
      this.#failed = null;
      this.#tell({ kind: 'secure', verified: false, off: true });
    }
    this.#tap.sent(plaintext);
  }

  received(plaintext: Buffer): void {
    this.#tap.received(plaintext);
  }

  #tell(message: TapMessage): void {
    if (this.#socket !== 0) this.#options.report(this.#socket, message);
  }
}
