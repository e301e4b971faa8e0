import type { Duplex } from 'node:stream';

/** Longest frame either side accepts: a statement's result rows arrive in pieces far smaller than this. */
export const MAX_FRAME_BYTES = 48 * 1024 * 1024;
const HEADER_BYTES = 13;
/** Payloads up to this size are copied behind their header, so that a flush is one buffer and one write. */
const INLINE_BYTES = 2048;

export type OnFrame = (type: number, container: number, id: number, payload: Buffer) => void;

export interface FramesOptions {
  readonly onFrame: OnFrame;
  /** After all frames of one read: the moment to hand on what was gathered, and to flush what that has sent. */
  readonly onBatchEnd?: () => void;
  /** The peer broke the framing. Nothing more is read. */
  readonly onViolation: (message: string) => void;
}

/**
 * Frames over one duplex pipe: u32 length of the rest, u8 type, u32 container, u32 id, payload, all little
 * endian. What is sent in one turn of the event loop is written at once.
 */
export class Frames {
  readonly #pipe: Duplex;
  readonly #options: FramesOptions;
  #queue: Buffer[] = [];
  #scheduled = false;
  #isReading = false;
  #rest: Buffer | null = null;
  #broken = false;

  constructor(pipe: Duplex, options: FramesOptions) {
    this.#pipe = pipe;
    this.#options = options;
    pipe.on('data', (chunk: Buffer) => this.#read(chunk));
  }

  send(type: number, container: number, id: number, payload?: Uint8Array): void {
    const length = payload === undefined ? 0 : payload.byteLength;
    const inline = length <= INLINE_BYTES;
    const head = Buffer.allocUnsafe(inline ? HEADER_BYTES + length : HEADER_BYTES);
    head.writeUInt32LE(HEADER_BYTES - 4 + length, 0);
    head[4] = type;
    head.writeUInt32LE(container, 5);
    head.writeUInt32LE(id, 9);
    if (payload === undefined || inline) {
      if (payload !== undefined) head.set(payload, HEADER_BYTES);
      this.#queue.push(head);
    } else {
      this.#queue.push(head, Buffer.from(payload.buffer, payload.byteOffset, length));
    }
    // Who is told of the end of a batch flushes there.
    const isFlushed = this.#isReading && this.#options.onBatchEnd !== undefined;
    if (!this.#scheduled && !isFlushed) {
      this.#scheduled = true;
      setImmediate(() => this.flush());
    }
  }

  flush(): void {
    this.#scheduled = false;
    const queue = this.#queue;
    if (queue.length === 0) return;
    this.#queue = [];
    if (this.#pipe.writable) this.#pipe.write(queue.length === 1 ? queue[0] : Buffer.concat(queue));
  }

  /** Bytes handed to the pipe that the peer has not taken yet. */
  get backlog(): number {
    return this.#pipe.writableLength;
  }

  onceDrained(listener: () => void): void {
    this.#pipe.once('drain', listener);
  }

  #read(chunk: Buffer): void {
    if (this.#broken) return;
    this.#isReading = true;
    const data = this.#rest === null ? chunk : Buffer.concat([this.#rest, chunk]);
    this.#rest = null;
    let at = 0;
    while (data.length - at >= 4) {
      const length = data.readUInt32LE(at);
      if (length < HEADER_BYTES - 4 || length > MAX_FRAME_BYTES) {
        this.#broken = true;
        this.#options.onViolation(`frame of ${length} bytes`);
        return;
      }
      const end = at + 4 + length;
      if (data.length < end) break;
      const type = data[at + 4]!;
      const payload = data.subarray(at + HEADER_BYTES, end);
      this.#options.onFrame(type, data.readUInt32LE(at + 5), data.readUInt32LE(at + 9), payload);
      at = end;
    }
    if (at < data.length) this.#rest = at === 0 ? data : Buffer.from(data.subarray(at));
    this.#options.onBatchEnd?.();
    this.#isReading = false;
  }
}
