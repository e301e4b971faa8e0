export const WIRE_PROTOCOLS = ['postgresql', 'mysql', 'tds', 'mongodb', 'http', 'ldap', 'unknown'] as const;

/**
 * The statement as the script wrote it, without bound values; null where the protocol does not tell the two apart. It
 * is looked into, and never kept or shown.
 */
export type StatementText = Buffer | null;

/** What a tap tells about the traffic of one connection. Times are the receiver's. */
export interface TapSink {
  /** A statement has been sent. `text` and `binds` are only called when somebody wants to read them. */
  begin(text: () => string, binds: () => readonly string[], own?: StatementText): number;
  /** Its answer is complete. `rows` is null where the protocol does not tell. */
  end(statement: number, rows: number | null, error?: string): void;
  /** Of a protocol that is not looked into: whether something was sent that has had no answer yet. */
  waiting(on: boolean): void;
}

/** Follows one protocol from the plaintext of one connection. It never throws and never changes the traffic. */
export interface WireTap {
  readonly protocol: (typeof WIRE_PROTOCOLS)[number];
  /** Whether the tap follows the protocol through STARTTLS: its state goes on with the plaintext. */
  readonly survivesTls: boolean;
  sent(data: Buffer): void;
  received(data: Buffer): void;
}

/** Longest message a tap keeps to look inside; of longer ones only the length is followed. */
export const MOST_KEPT_BYTES = 64 * 1024;

/**
 * Cuts a stream into messages. Of a message longer than what is kept, the beginning is given and the rest is
 * skipped, so that neither large results nor a hostile length can fill memory.
 */
export class MessageCutter {
  readonly #headerBytes: number;
  readonly #lengthOf: (header: Buffer) => number;
  readonly #onMessage: (message: Buffer) => void;
  #rest: Buffer = EMPTY;
  #skip = 0;

  /** `lengthOf` gives the whole message's length, header included. */
  constructor(
    headerBytes: number,
    lengthOf: (header: Buffer) => number,
    onMessage: (message: Buffer) => void,
  ) {
    this.#headerBytes = headerBytes;
    this.#lengthOf = lengthOf;
    this.#onMessage = onMessage;
  }

  push(chunk: Buffer): void {
    let data = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    this.#rest = EMPTY;
    for (;;) {
      if (this.#skip > 0) {
        const skipped = Math.min(this.#skip, data.length);
        this.#skip -= skipped;
        data = data.subarray(skipped);
      }
      if (data.length < this.#headerBytes) break;
      const length = Math.max(this.#lengthOf(data), this.#headerBytes);
      if (length <= data.length) {
        this.#onMessage(data.subarray(0, length));
        data = data.subarray(length);
      } else if (data.length >= MOST_KEPT_BYTES) {
        this.#onMessage(data.subarray(0, MOST_KEPT_BYTES));
        this.#skip = length - data.length;
        return;
      } else break;
    }
    // A copy, so that a few bytes do not hold on to a whole chunk.
    if (data.length > 0) this.#rest = Buffer.from(data);
  }
}

const EMPTY = Buffer.alloc(0);

/**
 * SQL as it may be shown: texts between quotes are replaced by their length, since scripts put e-mail addresses,
 * hashes and passwords there. Quoted names stay.
 */
export function maskedSql(sql: string, doubleQuotesAreText: boolean): string {
  // A text whose end was cut off is a text too.
  const pattern = doubleQuotesAreText
    ? /'(?:[^'\\]|\\.|'')*(?:'|$)|"(?:[^"\\]|\\.|"")*(?:"|$)/gs
    : /'(?:[^']|'')*(?:'|$)|\$([A-Za-z_]*)\$.*?(?:\$\1\$|$)/gs;
  return sql.slice(0, 8000).replace(pattern, (literal) => `'…(${literal.length - 2})'`);
}
