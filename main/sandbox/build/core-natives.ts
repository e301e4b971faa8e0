/**
 * Which files of Node's lib go into the guest. Everything is taken but what needs parts of the process that the
 * sandbox refuses (files, children, workers, inspector) or what the guest replaces (crypto, snapshots).
 */
const LEFT_OUT_FOLDERS = [
  'internal/bootstrap',
  'internal/child_process',
  'internal/cluster',
  'internal/crypto',
  'internal/debugger',
  'internal/http2',
  'internal/inspector',
  'internal/main',
  'internal/modules',
  'internal/policy',
  'internal/quic',
  'internal/repl',
  'internal/source_map',
  'internal/test',
  'internal/test_runner',
  'internal/v8',
  'internal/vm',
  'internal/watch',
  'internal/worker',
  'inspector',
];

const LEFT_OUT = new Set([
  'child_process',
  'cluster',
  'crypto',
  'dgram',
  'fs',
  'fs/promises',
  'http2',
  'inspector',
  'internal/child_process',
  'internal/ffi',
  'internal/heap_utils',
  'internal/inspector_async_hook',
  'internal/inspector_network_tracking',
  'internal/repl',
  'internal/v8_prof_polyfill',
  'internal/v8_prof_processor',
  'internal/vm',
  'internal/wasm_web_api',
  'internal/worker',
  'module',
  'quic',
  'readline',
  'readline/promises',
  'repl',
  'sea',
  'sqlite',
  'sys',
  'test',
  'test/reporters',
  'trace_events',
  'v8',
  'vm',
  'wasi',
  'worker_threads',
]);

const TAKEN_DEPENDENCIES = new Set(['internal/deps/minimatch/index', 'internal/deps/undici/undici']);

export function isTaken(id: string): boolean {
  if (LEFT_OUT.has(id) || LEFT_OUT_FOLDERS.some((folder) => id.startsWith(`${folder}/`))) return false;
  if (id.startsWith('internal/deps/')) return TAKEN_DEPENDENCIES.has(id);
  if (id.startsWith('internal/fs/')) return id === 'internal/fs/utils';
  if (id.startsWith('internal/process/')) return id === 'internal/process/task_queues';
  if (id.startsWith('internal/readline/')) return false;
  return true;
}
