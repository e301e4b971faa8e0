/* oxlint-disable typescript/no-extraneous-class -- Node's lib and its users need classes of these names, not what is in them */
/**
 * Files of Node's lib that the guest replaces: those tied to the process, to V8's snapshots or to C++ without a
 * shim, and the modules that the sandbox refuses.
 */
import { constantsOf } from '../dump.ts';
import { MessageChannel, MessagePort } from '../bindings/messaging.ts';
import { bytesOf } from '../bindings/bytes.ts';
import { cryptoModule } from '../crypto/crypto-module.ts';
import { KeyObject } from '../crypto/keys.ts';
import { CryptoKey } from '../crypto/webcrypto.ts';
import { performanceObject } from '../globals/performance.ts';
import { processObject } from '../process-object.ts';
import { loopNow, runtime } from '../runtime.ts';
import { structuredClone } from '../structured-clone.ts';
import { isInLib, requireLib } from './lib.ts';
import { CHILD_PROCESS_CALLS, FS_CALLS, FS_PROMISES_CALLS, refuse, refusedModule } from './refusals.ts';
import { stringDecoder } from '../vendor/vendor.ts';

const noop = (): void => {};

function defaultCiphers(): string {
  const { crypto } = constantsOf('constants') as { crypto: { defaultCoreCipherList: string } };
  return crypto.defaultCoreCipherList;
}

/** Command line options that the lib asks for. */
const OPTIONS: Readonly<Record<string, unknown>> = {
  '--dns-result-order': '',
  '--insecure-http-parser': false,
  '--max-http-header-size': 16_384,
  '--network-family-autoselection': false,
  '--network-family-autoselection-attempt-timeout': 250,
  '--no-deprecation': true,
  '--pending-deprecation': false,
  '--stack-trace-limit': 10,
  '--tls-cipher-list': defaultCiphers(),
  '--unhandled-rejections': 'throw',
  '--verify-base-objects': false,
};

const snapshotHooks = {
  isBuildingSnapshot: () => false,
  addSerializeCallback: noop,
  addDeserializeCallback: noop,
  addAfterUserSerializeDeserializeSnapshot: noop,
};

const CONTEXT_FIELDS = [
  'ca',
  'cert',
  'key',
  'passphrase',
  'pfx',
  'ciphers',
  'ecdhCurve',
  'sigalgs',
  'crl',
  'dhparam',
  'sessionIdContext',
  'allowPartialTrustChain',
];

/** Key material as plain copies: Buffers are views into a shared pool. */
function plainMaterial(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainMaterial);
  if (ArrayBuffer.isView(value)) return new Uint8Array(bytesOf(value));
  return typeof value === 'object' && value !== null ? { ...value } : value;
}

function configSecureContext(
  context: { options: Record<string, unknown> },
  options: Record<string, unknown>,
): void {
  for (const field of CONTEXT_FIELDS) {
    const value = options[field];
    if (value !== undefined && value !== null) context.options[field] = plainMaterial(value);
  }
}

const internals: Record<string, () => unknown> = {
  'internal/bootstrap/realm': () => ({
    BuiltinModule: {
      exists: isInLib,
      canBeRequiredByUsers: () => false,
      normalizeRequirableId: (id: string) => id,
    },
  }),
  'internal/crypto/keys': () => ({
    isKeyObject: (value: unknown) => value instanceof KeyObject,
    isCryptoKey: (value: unknown) => value instanceof CryptoKey,
    KeyObject,
    CryptoKey,
  }),
  'internal/crypto/x509': () => ({
    X509Certificate: class X509Certificate {},
    parseCertString: (text: string) => text,
    isX509Certificate: () => false,
  }),
  'internal/deps/cjs-module-lexer/lexer': () => ({}),
  'internal/errors/error_source': () => ({ getErrorSourceLocation: noop, getErrorSourceExpression: noop }),
  'internal/options': () => ({
    getOptionValue: (name: string) => OPTIONS[name],
    getOptionsAsFlagsFromBinding: () => [],
    getAllowUnauthorized: () => false,
    getEmbedderOptions: () => ({}),
    getEmbedderOptionsFromBinding: () => ({}),
    refreshOptions: noop,
  }),
  'internal/perf/observe': () => ({
    hasObserver: () => false,
    startPerf: noop,
    stopPerf: noop,
    enqueue: noop,
    clearEntriesFromBuffer: noop,
    PerformanceObserver: class PerformanceObserver {
      observe(): void {}
      disconnect(): void {}
    },
  }),
  'internal/perf/utils': () => ({
    now: loopNow,
    getTimeOriginTimestamp: () => runtime.startedAt,
    getMilestoneTimestamp: () => 0,
    refreshTimeOrigin: noop,
    toggleImmediateRef: noop,
  }),
  'internal/process/per_thread': () => ({
    platform: 'linux',
    toggleTraceCategoryState: noop,
    refreshHrtimeBuffer: noop,
  }),
  'internal/process/promises': () => ({
    setHasRejectionToWarn: noop,
    hasRejectionToWarn: () => false,
    listenForRejections: noop,
    processPromiseRejections: () => false,
  }),
  'internal/tls/parse-cert-string': () => ({}),
  'internal/tls/secure-context': () => ({ configSecureContext }),
  'internal/v8/startup_snapshot': () => ({
    ...snapshotHooks,
    runDeserializeCallbacks: noop,
    throwIfBuildingSnapshot: noop,
    namespace: snapshotHooks,
  }),
  'internal/worker/io': () => ({ MessageChannel, MessagePort }),
  'internal/worker/js_transferable': () => ({
    markTransferMode: noop,
    setup: noop,
    structuredClone,
    kClone: Symbol('clone'),
    kDeserialize: Symbol('deserialize'),
    kTransfer: Symbol('transfer'),
    kTransferList: Symbol('transfer list'),
  }),
};

/** `runInNewContext('this')` and the stack-trace probe are what libraries try; the rest would be a second realm. */
function runInNewContext(code: string): unknown {
  if (code === 'this') return globalThis;
  return code.includes('overrideStackTrace') ? () => [] : refuse('vm.runInNewContext');
}

const constants = (): Record<string, Record<string, unknown>> =>
  constantsOf('constants') as Record<string, Record<string, unknown>>;

const modules: Record<string, () => unknown> = {
  child_process: () => refusedModule('child_process', CHILD_PROCESS_CALLS),
  cluster: () => ({ isMaster: true, isPrimary: true, isWorker: false }),
  console: () => (globalThis as { console?: unknown }).console,
  constants: () => {
    const { os, crypto } = constants();
    return { ...(os?.['errno'] as object), ...(os?.['signals'] as object), ...crypto };
  },
  crypto: cryptoModule,
  dgram: () => refusedModule('dgram', ['createSocket']),
  fs: () => ({
    ...refusedModule('fs', FS_CALLS),
    existsSync: () => false,
    constants: constants()['fs'],
    promises: refusedModule('fs.promises', FS_PROMISES_CALLS),
  }),
  'fs/promises': () => (requireLib('fs') as { promises: unknown }).promises,
  http2: () => ({ ...refusedModule('http2', ['connect']), constants: {} }),
  inspector: () => ({}),
  module: () => ({
    createRequire: () => (globalThis as { require?: unknown }).require,
    builtinModules: [],
    Module: class Module {},
  }),
  perf_hooks: () => ({
    performance: performanceObject,
    PerformanceObserver: (requireLib('internal/perf/observe') as { PerformanceObserver: unknown })
      .PerformanceObserver,
    constants: {},
  }),
  process: () => processObject,
  readline: () => refusedModule('readline', ['createInterface']),
  repl: () => ({}),
  string_decoder: () => ({ StringDecoder: stringDecoder() }),
  sys: () => requireLib('util'),
  tty: () => ({ isatty: () => false, ReadStream: class ReadStream {}, WriteStream: class WriteStream {} }),
  v8: () => refusedModule('v8', ['serialize', 'deserialize', 'getHeapStatistics']),
  vm: () => ({
    ...refusedModule('vm', ['Script', 'createContext', 'runInContext', 'runInThisContext']),
    runInNewContext,
  }),
  worker_threads: () => ({
    ...refusedModule('worker_threads', ['Worker']),
    isMainThread: true,
    threadId: 0,
    MessageChannel,
    MessagePort,
    markAsUncloneable: noop,
    parentPort: null,
    workerData: null,
  }),
};

export const libOverrides = { ...internals, ...modules };
