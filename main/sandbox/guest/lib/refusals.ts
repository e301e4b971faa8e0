/** What Node has and the sandbox refuses: each call is reported, then throws. */
import { report } from '../contract/attempts.ts';

const CODE = 'ERR_SANDBOX';

export function refuse(what: string): never {
  report({ kind: 'refused', what });
  throw Object.assign(new Error(`${what} is not available in this sandbox`), { code: CODE });
}

type Refused = Record<string, (...args: unknown[]) => never>;

export function refusedModule(module: string, names: readonly string[]): Refused {
  return Object.fromEntries(names.map((name) => [name, () => refuse(`${module}.${name}`)]));
}

export const FS_CALLS = [
  'access',
  'accessSync',
  'appendFile',
  'appendFileSync',
  'close',
  'createReadStream',
  'createWriteStream',
  'lstatSync',
  'mkdirSync',
  'mkdtemp',
  'open',
  'openAsBlob',
  'openSync',
  'read',
  'readFile',
  'readFileSync',
  'readdir',
  'readdirSync',
  'realpathSync',
  'rename',
  'stat',
  'statSync',
  'unlinkSync',
  'watch',
  'writeFile',
  'writeFileSync',
];

export const FS_PROMISES_CALLS = [
  'access',
  'appendFile',
  'lstat',
  'mkdir',
  'open',
  'readFile',
  'readdir',
  'realpath',
  'rename',
  'rm',
  'stat',
  'unlink',
  'writeFile',
];

export const CHILD_PROCESS_CALLS = [
  'exec',
  'execFile',
  'execFileSync',
  'execSync',
  'fork',
  'spawn',
  'spawnSync',
];
