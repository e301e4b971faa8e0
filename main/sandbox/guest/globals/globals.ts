/* oxlint-disable typescript/no-extraneous-class -- Node's lib and its users need classes of these names, not what is in them */
/** The globals of a script: what Node 22 has, on the guest's own implementations. */
import { DOMException } from '../dom-exception.ts';
import { dump } from '../dump.ts';
import { MessageChannel, MessagePort } from '../bindings/messaging.ts';
import { Crypto, CryptoKey, SubtleCrypto } from '../crypto/webcrypto.ts';
import { lib } from '../lib/lib.ts';
import { refuse } from '../lib/refusals.ts';
import { processObject } from '../process-object.ts';
import { structuredClone } from '../structured-clone.ts';
import { performanceObject } from './performance.ts';

const root = globalThis as unknown as Record<string | symbol, unknown>;

export function defineGlobal(name: string, value: unknown): void {
  Object.defineProperty(root, name, { value, writable: true, configurable: true, enumerable: false });
}

/** Loads the part of Node's lib behind a global at its first use. */
function defineLazily(name: string, id: string, key = name): void {
  Object.defineProperty(root, name, {
    configurable: true,
    enumerable: false,
    get() {
      const value = lib<Record<string, unknown>>(id)[key];
      defineGlobal(name, value);
      return value;
    },
    set(value: unknown) {
      defineGlobal(name, value);
    },
  });
}

const LAZY: Readonly<Record<string, readonly string[]>> = {
  'internal/abort_controller': ['AbortController', 'AbortSignal'],
  'internal/blob': ['Blob'],
  'internal/deps/undici/undici': ['FormData', 'Headers', 'MessageEvent', 'Request', 'Response', 'WebSocket'],
  'internal/encoding': ['TextDecoder', 'TextEncoder'],
  'internal/event_target': ['CustomEvent', 'Event', 'EventTarget'],
  'internal/file': ['File'],
  'stream/web': [
    'ByteLengthQueuingStrategy',
    'CompressionStream',
    'CountQueuingStrategy',
    'DecompressionStream',
    'ReadableByteStreamController',
    'ReadableStream',
    'ReadableStreamBYOBReader',
    'ReadableStreamBYOBRequest',
    'ReadableStreamDefaultController',
    'ReadableStreamDefaultReader',
    'TextDecoderStream',
    'TextEncoderStream',
    'TransformStream',
    'TransformStreamDefaultController',
    'WritableStream',
    'WritableStreamDefaultController',
    'WritableStreamDefaultWriter',
  ],
};

const TIMERS = [
  'clearImmediate',
  'clearInterval',
  'clearTimeout',
  'setImmediate',
  'setInterval',
  'setTimeout',
] as const;

/** Classes that exist to be tested against; Node's own cannot be constructed by scripts either. */
class Performance {}
class Navigator {}
class BroadcastChannel {
  constructor() {
    refuse('BroadcastChannel');
  }
}

/** Some drivers read `navigator.userAgent` to find out where they run. */
const navigator = {
  hardwareConcurrency: 1,
  language: 'en-US',
  languages: ['en-US'],
  platform: 'linux',
  userAgent: `Node.js/${dump.versions()['node']?.split('.')[0] ?? ''}`,
};

interface Undici {
  fetch(input: unknown, options?: unknown): Promise<unknown>;
}

function fetch(input: unknown, options?: unknown): Promise<unknown> {
  return lib<Undici>('internal/deps/undici/undici').fetch(input, options);
}

export function defineGlobals(queueMicrotask: unknown): void {
  const { Buffer, atob, btoa } = lib<Record<string, unknown>>('buffer');
  const { URL, URLSearchParams } = lib<Record<string, unknown>>('internal/url');
  const timers = lib<Record<string, unknown>>('timers');
  const values: Record<string, unknown> = {
    global: globalThis,
    process: processObject,
    Buffer,
    atob,
    btoa,
    queueMicrotask,
    DOMException,
    structuredClone,
    URL,
    URLSearchParams,
    MessageChannel,
    MessagePort,
    performance: performanceObject,
    navigator,
    BroadcastChannel,
    Navigator,
    Performance,
    fetch,
  };
  for (const [name, value] of Object.entries(values)) defineGlobal(name, value);
  for (const name of TIMERS) defineGlobal(name, timers[name]);
  for (const [id, names] of Object.entries(LAZY)) for (const name of names) defineLazily(name, id);
  defineLazily('crypto', 'crypto', 'webcrypto');
  defineGlobal('Crypto', Crypto);
  defineGlobal('CryptoKey', CryptoKey);
  defineGlobal('SubtleCrypto', SubtleCrypto);
  Object.defineProperty(root, Symbol.toStringTag, { value: 'global', configurable: true });
}
