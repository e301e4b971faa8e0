import { dump } from './dump.ts';
import { report } from './contract/attempts.ts';
import { loopNow, wallClock } from './runtime.ts';

const noop = (): void => {};
const NANOSECONDS = 1_000_000_000;

function hrtime(since?: readonly [number, number]): [number, number] {
  const now = wallClock();
  const seconds = Math.floor(now / 1000);
  const nanoseconds = (now % 1000) * 1e6;
  if (since === undefined) return [seconds, nanoseconds];
  const difference = nanoseconds - since[1];
  return difference < 0
    ? [seconds - since[0] - 1, difference + NANOSECONDS]
    : [seconds - since[0], difference];
}

function emitWarning(warning: unknown, options?: string | { readonly type?: string }): void {
  const isError = warning instanceof Error;
  const type = typeof options === 'string' ? options : options?.type;
  const name = isError ? warning.name : (type ?? 'Warning');
  report({ kind: 'warning', name, message: isError ? warning.message : String(warning) });
}

const memoryUsage = Object.assign(
  () => ({ rss: 0, heapTotal: 0, heapUsed: 0, external: 0, arrayBuffers: 0 }),
  { rss: () => 0 },
);

const refusal = (what: string) => (): never => {
  throw new Error(`${what} is not supported`);
};

/**
 * `process` as a script sees it: the runtime of the tenant and nothing of this machine. Events and `nextTick` are
 * added at boot, when Node's lib is there.
 */
export const processObject = {
  version: dump.version(),
  versions: dump.versions(),
  arch: 'x64',
  platform: 'linux',
  release: { name: 'node', lts: 'Jod' },
  argv: ['node', 'script'],
  argv0: 'node',
  execArgv: [] as string[],
  execPath: '/usr/bin/node',
  env: {} as Record<string, string>,
  pid: 1,
  ppid: 0,
  title: 'node',
  exitCode: undefined as number | undefined,
  features: {
    inspector: true,
    debug: false,
    uv: true,
    ipv6: true,
    tls_alpn: true,
    tls_sni: true,
    tls_ocsp: true,
    tls: true,
    openssl_is_boringssl: false,
    cached_builtins: true,
    require_module: true,
    typescript: false,
  },
  config: { variables: {} },
  allowedNodeEnvironmentFlags: new Set<string>(),
  stdin: null as unknown,
  stdout: null as unknown,
  stderr: null as unknown,
  nextTick: noop as (callback: (...args: never[]) => void, ...args: unknown[]) => void,
  abort: noop,
  binding: refusal('process.binding'),
  chdir: refusal('process.chdir'),
  cpuUsage: () => ({ user: 0, system: 0 }),
  cwd: () => '/',
  emitWarning,
  /** The worker ends the attempt; the code after it runs on for a moment. */
  exit: (code?: number) => report({ kind: 'exit', code: code ?? processObject.exitCode ?? 0 }),
  getegid: () => 1,
  geteuid: () => 1,
  getgid: () => 1,
  getuid: () => 1,
  hrtime: Object.assign(hrtime, { bigint: () => BigInt(wallClock()) * 1_000_000n }),
  kill: noop,
  memoryUsage,
  reallyExit: noop,
  umask: () => 0o22,
  uptime: () => loopNow() / 1000,
};
