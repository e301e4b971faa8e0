import { constant, constantsOf, dump, type Require } from '../dump.ts';
import { host } from '../host.ts';
import { type HandleLike, later, runtime } from '../runtime.ts';
import { type Bytes, bytesOf, exact, plain } from './bytes.ts';

/** Reads of the last `onread` and writes of the last request, where the lib looks for them. */
const streamState = new Int32Array(5);
const NREAD = constant('stream_wrap', 'kReadBytesOrError');
const OFFSET = constant('stream_wrap', 'kArrayBufferOffset');
const WRITTEN = constant('stream_wrap', 'kBytesWritten');
const WAS_ASYNC = constant('stream_wrap', 'kLastWriteWasAsync');
export const EOF = constant('uv', 'UV_EOF');
export const EACCES = constant('uv', 'UV_EACCES');
/** After so many bytes a write waits for the host's socket to drain. */
const WRITE_WINDOW = 262_144;

const symbols: Record<string, symbol> = Object.fromEntries(
  dump.symbols().map((name) => [name, Symbol(name)]),
);
export const symbolsBinding = symbols;
const ON_CLOSE = symbols['handle_onclose'] ?? Symbol('handle_onclose');

type BufferClass = {
  from(text: string, encoding: string): Uint8Array;
  concat(parts: readonly Uint8Array[]): Uint8Array;
};
let buffers: BufferClass | null = null;
export function useBuffer(require: Require): void {
  buffers = (require('buffer') as { Buffer: BufferClass }).Buffer;
}
export function bufferClass(): BufferClass {
  if (buffers === null) throw new Error('Buffer is not there yet');
  return buffers;
}

export class RequestWrap {
  oncomplete?: (...args: unknown[]) => void;
  getAsyncId(): number {
    return 0;
  }
}
class WriteWrap extends RequestWrap {}
class ShutdownWrap extends RequestWrap {}

/** A libuv stream whose other half is a socket of the host, told apart by its id. */
export class StreamHandle implements HandleLike {
  id = 0;
  bytesRead = 0;
  bytesWritten = 0;
  reading = false;
  readonly fd = -1;
  readonly isStreamBase = true;
  onread?: (data: ArrayBufferLike | undefined) => void;
  protected isClosed = false;
  protected isFlowing = false;
  protected peer: object = {};
  #isPaused = false;
  #unread: [kind: string, data: unknown][] = [];
  #unacknowledged = 0;
  #waiting: RequestWrap[] = [];
  #shutdown: RequestWrap | null = null;

  getAsyncId(): number {
    return 0;
  }
  getProviderType(): number {
    return 0;
  }
  ref(): void {}
  unref(): void {}
  hasRef(): boolean {
    return true;
  }

  readStart(): number {
    if (this.isFlowing) return 0;
    this.isFlowing = true;
    if (this.id !== 0 && this.#isPaused) {
      this.#isPaused = false;
      host('resume', this.id);
    }
    const unread = this.#unread;
    this.#unread = [];
    for (const [kind, data] of unread) this.deliver(kind, data);
    return 0;
  }

  readStop(): number {
    this.isFlowing = false;
    if (this.id !== 0 && !this.#isPaused) {
      this.#isPaused = true;
      host('pause', this.id);
    }
    return 0;
  }

  /** Drops what arrived before TLS took the stream over. */
  forgetUnread(): void {
    this.#unread = [];
  }

  deliver(kind: string, data: unknown): void {
    if (this.isClosed) return;
    if (kind === 'data' || kind === 'end') {
      if (!this.isFlowing) this.#unread.push([kind, data]);
      else if (kind === 'data') this.#deliverBytes(bytesOf(data as Bytes));
      else this.#deliverStatus(EOF);
    } else if (kind === 'error') this.#deliverStatus(Number(data));
    else if (kind === 'drain') this.#deliverDrain();
    else if (kind === 'shut') {
      const request = this.#shutdown;
      this.#shutdown = null;
      request?.oncomplete?.(0);
    }
  }

  #deliverBytes(bytes: Uint8Array): void {
    this.bytesRead += bytes.byteLength;
    streamState[NREAD] = bytes.byteLength;
    streamState[OFFSET] = bytes.byteOffset;
    this.onread?.(bytes.buffer);
  }

  #deliverStatus(status: number): void {
    streamState[NREAD] = status;
    streamState[OFFSET] = 0;
    this.onread?.(undefined);
  }

  #deliverDrain(): void {
    const done = this.#waiting;
    this.#waiting = [];
    for (const request of done) request.oncomplete?.(0, this, undefined);
  }

  writeBuffer(request: RequestWrap, data: Bytes): number {
    const chunk = plain(data);
    const size = chunk.byteLength;
    streamState[WRITTEN] = size;
    this.bytesWritten += size;
    this.#unacknowledged += size;
    const mustDrain = this.#unacknowledged > WRITE_WINDOW;
    streamState[WAS_ASYNC] = mustDrain ? 1 : 0;
    if (mustDrain) {
      this.#waiting.push(request);
      this.#unacknowledged = 0;
    }
    host('write', this.id, chunk, mustDrain ? 1 : 0);
    return 0;
  }

  writev(request: RequestWrap, chunks: readonly unknown[], areBuffers: boolean): number {
    const parts: Uint8Array[] = [];
    const step = areBuffers ? 1 : 2;
    for (let i = 0; i < chunks.length; i += step) {
      const chunk = chunks[i];
      parts.push(
        typeof chunk === 'string' ? bufferClass().from(chunk, String(chunks[i + 1])) : (chunk as Uint8Array),
      );
    }
    return this.writeBuffer(request, bufferClass().concat(parts));
  }

  writeUtf8String(request: RequestWrap, text: string): number {
    return this.writeBuffer(request, bufferClass().from(text, 'utf8'));
  }
  writeLatin1String(request: RequestWrap, text: string): number {
    return this.writeBuffer(request, bufferClass().from(text, 'latin1'));
  }
  writeAsciiString(request: RequestWrap, text: string): number {
    return this.writeBuffer(request, bufferClass().from(text, 'latin1'));
  }
  writeUcs2String(request: RequestWrap, text: string): number {
    return this.writeBuffer(request, bufferClass().from(text, 'utf16le'));
  }

  shutdown(request: RequestWrap): number {
    this.#shutdown = request;
    host('shutdown', this.id);
    return 0;
  }

  useUserBuffer(): void {}
  setNoDelay(): number {
    return 0;
  }
  setKeepAlive(): number {
    return 0;
  }
  setBlocking(): number {
    return 0;
  }
  open(): number {
    return -1;
  }
  bind(): number {
    return -1;
  }
  bind6(): number {
    return -1;
  }
  listen(): number {
    return EACCES;
  }

  close(callback?: () => void): void {
    if (this.isClosed) return;
    this.isClosed = true;
    if (this.id !== 0) {
      host('close', this.id);
      runtime.handles.delete(this.id);
    }
    later(() => {
      const onClose = (this as unknown as Record<symbol, (() => void) | undefined>)[ON_CLOSE];
      onClose?.call(this);
      callback?.call(this);
    });
  }

  reset(callback?: () => void): number {
    this.close(callback);
    return 0;
  }

  getpeername(target: object): number {
    Object.assign(target, this.peer);
    return 0;
  }
  getsockname(target: object): number {
    Object.assign(target, { address: '127.0.0.1', port: 0, family: 'IPv4' });
    return 0;
  }
}

export { exact };

export const streamWrapBinding = {
  ...constantsOf('stream_wrap'),
  streamBaseState: streamState,
  WriteWrap,
  ShutdownWrap,
  LibuvStreamWrap: StreamHandle,
};
