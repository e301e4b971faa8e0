/**
 * `tls_wrap` and `js_stream`. Handshake and record layer run on the host, on the socket that the guest already has;
 * Node's own TLSSocket runs here on copies of what the host saw, so `rejectUnauthorized` and a script's own
 * `checkServerIdentity` are applied by the lib. When the socket is a JavaScript stream (TLS inside TDS packets) the
 * host runs an engine and ciphertext travels through the guest.
 */
import { constantsOf } from '../dump.ts';
import { host } from '../host.ts';
import { newId, runtime } from '../runtime.ts';
import { type Bytes, plain } from './bytes.ts';
import { TCP } from './sockets.ts';
import { bufferClass, StreamHandle } from './stream-handle.ts';

export interface SecureContextLike {
  readonly options: Record<string, unknown>;
}

/** What the host tells about a finished handshake. */
interface Handshake {
  readonly verifyError: { readonly code: string; readonly message: string } | null;
  readonly cert?: { readonly raw?: Uint8Array; readonly pubkey?: Uint8Array };
  readonly protocol?: string;
  readonly cipher?: unknown;
  readonly alpn?: string | false;
  readonly reused?: boolean;
  readonly session?: Uint8Array;
}

interface TlsFailure {
  readonly message: string;
  readonly code?: string;
  readonly reason?: string;
  readonly library?: string;
}

const toBuffer = (bytes: Uint8Array): unknown =>
  (bufferClass() as unknown as { from(data: Uint8Array): unknown }).from(bytes);

function failure(given: TlsFailure): Error {
  const { message, ...fields } = given;
  const known = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.assign(new Error(message), Object.fromEntries(known));
}

class TLSWrap extends StreamHandle {
  context: SecureContextLike = { options: {} };
  engine: JSStream | null = null;
  parent: StreamHandle | null = null;
  onhandshakedone?: () => void;
  onerror?: (error: Error) => void;
  onnewsession?: (id: unknown, session: unknown) => void;
  #isStarted = false;
  #rejectsUnauthorized: boolean | undefined;
  #serverName: string | undefined;
  #alpn: unknown;
  #session: unknown;
  #handshake: Handshake | null = null;

  start(): number {
    this.#isStarted = true;
    const { min, max, ...options } = this.context.options;
    const settings = {
      ...options,
      minVersion: min,
      maxVersion: max,
      servername: this.#serverName,
      alpn: this.#alpn,
      session: this.#session,
      rejectUnauthorized: this.#rejectsUnauthorized,
    };
    host(this.engine === null ? 'starttls' : 'tlsengine', this.id, settings);
    this.engine?.startReading();
    return 0;
  }

  /** For the host's report only: the lib itself, here in the guest, refuses what does not verify. */
  setVerifyMode(_requestsCertificate: boolean, rejectsUnauthorized: boolean): void {
    this.#rejectsUnauthorized = rejectsUnauthorized;
  }

  override readStart(): number {
    return this.#isStarted ? super.readStart() : 0;
  }

  override deliver(kind: string, data: unknown): void {
    if (kind === 'connect') this.parent?.deliver(kind, data);
    else if (kind === 'secure') this.#secured(data as Handshake);
    else if (kind === 'tlserror') this.onerror?.(failure(data as TlsFailure));
    else if (kind === 'enc') this.engine?.send(toBuffer(plain(data as Bytes)));
    else super.deliver(kind, data);
  }

  #secured(handshake: Handshake): void {
    this.#handshake = handshake;
    this.isFlowing = true;
    this.onhandshakedone?.();
    if (handshake.session !== undefined) this.onnewsession?.(null, toBuffer(handshake.session));
  }

  verifyError(): Error | null {
    const error = this.#handshake?.verifyError;
    return error ? failure(error) : null;
  }

  getPeerCertificate(): unknown {
    const certificate = this.#handshake?.cert;
    if (certificate === undefined) return undefined;
    const fields = Object.entries(certificate).filter(([, value]) => value !== undefined);
    return Object.fromEntries(
      fields.map(([key, value]) => [
        key,
        ArrayBuffer.isView(value) ? toBuffer(plain(value)) : (value as unknown),
      ]),
    );
  }
  getPeerX509Certificate(): unknown {
    return this.#handshake?.cert === undefined ? undefined : {};
  }
  getProtocol(): unknown {
    return this.#handshake?.protocol;
  }
  getCipher(): unknown {
    return this.#handshake?.cipher;
  }
  getSession(): unknown {
    return this.#handshake?.session;
  }
  getALPNNegotiatedProtocol(): unknown {
    return this.#handshake === null ? false : this.#handshake.alpn;
  }
  isSessionReused(): boolean {
    return this.#handshake?.reused === true;
  }
  setServername(name: string): void {
    this.#serverName = name;
  }
  getServername(): string | false {
    return this.#serverName ?? false;
  }
  setALPNProtocols(protocols: unknown): void {
    this.#alpn = ArrayBuffer.isView(protocols) ? plain(protocols) : protocols;
  }
  setSession(session: unknown): void {
    this.#session = ArrayBuffer.isView(session) ? plain(session) : session;
  }
  getEphemeralKeyInfo(): object {
    return {};
  }
  getSharedSigalgs(): unknown[] {
    return [];
  }
  setMaxSendFragment(): number {
    return 1;
  }
}

/** The lib calls these; a client whose records are the host's has nothing to do for them. */
const IDLE = [
  'destroySSL',
  'enableCertCb',
  'enableKeylogCallback',
  'enablePskCallback',
  'enableSessionCallbacks',
  'enableTrace',
  'endParser',
  'exportKeyingMaterial',
  'getCertificate',
  'getX509Certificate',
  'getFinished',
  'getPeerFinished',
  'getTLSTicket',
  'receive',
  'renegotiate',
  'requestOCSP',
  'setKeyCert',
  'writesIssuedByPrevListenerDone',
];
for (const name of IDLE) Object.defineProperty(TLSWrap.prototype, name, { value: () => undefined });

interface ReadingStream {
  readStart?: () => void;
  onreadstart?: () => void;
  onwrite?: (request: object, chunks: readonly unknown[]) => void;
}

/** A Duplex of the guest under TLS: its bytes go to the host's engine, the engine's records come back to it. */
class JSStream extends StreamHandle {
  tls: TLSWrap | null = null;
  #isWriting = false;
  #queued: unknown[] = [];

  startReading(): void {
    (this as ReadingStream).onreadstart?.();
  }

  /** The engine's answers are replayed at once, as some drivers look at the state right after the last record. */
  readBuffer(data: Bytes): void {
    const target = this.tls;
    if (target === null) return;
    const answers = host('encin', target.id, plain(data));
    if (!Array.isArray(answers)) return;
    for (const [kind, payload] of answers as [string, unknown][]) target.deliver(kind, payload);
  }

  emitEOF(): void {
    if (this.tls !== null) host('encend', this.tls.id);
  }

  send(record: unknown): void {
    if (this.#isWriting) {
      this.#queued.push(record);
      return;
    }
    this.#isWriting = true;
    (this as ReadingStream).onwrite?.({}, [record]);
  }

  finishWrite(): void {
    this.#isWriting = false;
    const queued = this.#queued;
    this.#queued = [];
    if (queued.length > 0) this.send(bufferClass().concat(queued as Uint8Array[]));
  }

  finishShutdown(): void {}
  override readStart(): number {
    return 0;
  }
  override readStop(): number {
    return 0;
  }
}

function wrap(handle: StreamHandle, context: SecureContextLike): TLSWrap {
  const tls = new TLSWrap();
  tls.context = context;
  tls.parent = handle;
  const useId = (id: number): void => {
    tls.id = id;
    runtime.handles.set(id, tls);
  };
  if (handle instanceof JSStream) {
    tls.engine = handle;
    handle.tls = tls;
    useId(newId());
  } else if (handle.id !== 0) {
    useId(handle.id);
    handle.forgetUnread();
  } else if (handle instanceof TCP) handle.onId = useId;
  return tls;
}

export const tlsWrapBinding = { ...constantsOf('tls_wrap'), TLSWrap, wrap };
export const jsStreamBinding = { JSStream };
