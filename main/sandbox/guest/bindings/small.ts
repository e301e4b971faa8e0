/* oxlint-disable typescript/no-extraneous-class -- Node's lib and its users need classes of these names, not what is in them */
/** Bindings of which the lib needs only the shape, because the sandbox has no such thing or nobody looks at it. */
import { constantsOf } from '../dump.ts';
import { loopNow } from '../runtime.ts';
import { type Bytes, bytesOf } from './bytes.ts';

const noop = (): void => {};
const none = (): unknown[] => [];

export const traceEventsBinding = {
  available: false,
  trace: noop,
  isTraceCategoryEnabled: () => false,
  getCategoryEnabledBuffer: () => new Uint8Array(1),
  setTraceCategoryStateUpdateHandler: noop,
  getEnabledCategories: noop,
};

export const performanceBinding = {
  ...constantsOf('performance'),
  now: loopNow,
  observerCounts: new Uint32Array(16),
  milestones: new Float64Array(16),
  setupObservers: noop,
  notify: noop,
  markBootstrapComplete: noop,
  loopIdleTime: () => 0,
  installGarbageCollectionTracking: noop,
  removeGarbageCollectionTracking: noop,
};

export const snapshotBinding = {
  isBuildingSnapshotBuffer: new Uint8Array(1),
  setSerializeCallback: noop,
  setDeserializeCallback: noop,
  setDeserializeMainFunction: noop,
  runEmbedderPreload: noop,
  compileSerializeMain: noop,
  anonymousMainPath: '',
};

/** A machine without properties: scripts must not learn about the one they are rehearsed on. */
export const osBinding = {
  getOSInformation: () => ['Linux', '', '6', 'x64'],
  getHostname: () => 'sandbox',
  getHomeDirectory: () => '/',
  getAvailableParallelism: () => 1,
  getCPUs: none,
  getFreeMem: () => 0,
  getTotalMem: () => 0,
  getInterfaceAddresses: none,
  getLoadAvg: noop,
  getPriority: () => 0,
  getUptime: () => 1,
  getUserInfo: () => ({ username: 'sandbox', homedir: '/', shell: null, uid: 1, gid: 1 }),
  setPriority: noop,
  isBigEndian: false,
};

class BlockList {
  addAddress(): void {}
  addRange(): void {}
  addSubnet(): void {}
  check(): boolean {
    return false;
  }
  getRules(): unknown[] {
    return [];
  }
}

class SocketAddress {
  readonly #detail: { readonly address: string; readonly port: number; readonly family: number };
  constructor(address: string, port: number, family: number) {
    this.#detail = { address, port, family };
  }
  detail(target: object): object {
    return Object.assign(target, this.#detail, { flowlabel: 0 });
  }
  flowlabel(): number {
    return 0;
  }
}

export const blockListBinding = { ...constantsOf('block_list'), BlockList, SocketAddress };

interface BlobHandle {
  readonly bytes: Uint8Array;
  slice(start: number, end: number): BlobHandle;
  getReader(): { pull(callback: (status: number, data?: ArrayBufferLike, last?: unknown) => void): void };
}

const READ_MORE = 1;
const READ_END = 0;

function blobHandle(bytes: Uint8Array): BlobHandle {
  return {
    bytes,
    slice: (start, end) => blobHandle(bytes.subarray(start, end)),
    getReader() {
      let isRead = bytes.length === 0;
      return {
        pull(callback) {
          if (isRead) return callback(READ_END);
          isRead = true;
          return callback(READ_MORE, bytes.slice().buffer, noop);
        },
        setWakeup: noop,
      };
    },
  };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const isHandle = (part: object): part is BlobHandle => 'getReader' in part;

export const blobBinding = {
  createBlob: (parts: readonly (Bytes | BlobHandle)[]) =>
    blobHandle(joined(parts.map((part) => (isHandle(part) ? part.bytes : bytesOf(part))))),
  concat: (parts: readonly Bytes[]) => joined(parts.map((part) => bytesOf(part))).buffer,
  storeDataObject: noop,
  getDataObject: noop,
  revokeObjectURL: noop,
  createBlobFromFilePath: noop,
};

export const workerBinding = {
  isMainThread: true,
  isInternalThread: false,
  ownsProcessState: true,
  threadId: 0,
  getEnvMessagePort: noop,
  resourceLimits: new Float64Array(4),
};

export const emptyBindings = {
  builtins: { builtinIds: [], natives: {}, compileFunction: noop },
  contextify: { constants: { measureMemory: {} } },
  credentials: { getTempDir: () => '/tmp', safeGetenv: noop, implementsPosixCredentials: false },
  diagnostics_channel: { subscribers: new Uint32Array(64), linkNativeChannel: noop },
  fs: {},
  inspector: {},
  module_wrap: {},
  permission: { has: () => true },
  process_methods: { hrtime: noop, setEmitWarningSync: noop },
  report: {},
  udp_wrap: {},
  url_pattern: { URLPattern: class URLPattern {} },
  wasm_web_api: {},
};
