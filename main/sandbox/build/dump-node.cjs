'use strict';
// Run by the Node whose lib goes into the sandbox (`node --expose-internals --no-deprecation dump-node.cjs OUT`):
// writes that Node's lib, the constants of its bindings and the surface of its language as one JSON file.
const fs = require('node:fs');
const vm = require('node:vm');
const { internalBinding } = require('internal/test/binding');

const BINDINGS = [
  'async_wrap',
  'block_list',
  'buffer',
  'cares_wrap',
  'config',
  'constants',
  'crypto',
  'errors',
  'http_parser',
  'performance',
  'pipe_wrap',
  'stream_wrap',
  'string_decoder',
  'tcp_wrap',
  'tls_wrap',
  'util',
  'uv',
];

/** Numbers, strings and booleans of a binding, nested; everything else belongs to the process and is left out. */
function constantsOf(value) {
  if (value === null || ['number', 'string', 'boolean'].includes(typeof value)) return value;
  if (Array.isArray(value)) return value.map(constantsOf);
  if (typeof value !== 'object' || value instanceof Map || ArrayBuffer.isView(value)) return undefined;
  const entries = Object.keys(value).map((key) => [key, constantsOf(value[key])]);
  return Object.fromEntries(entries.filter(([, constant]) => constant !== undefined));
}

const keyText = (key) => (typeof key === 'symbol' ? String(key) : key);
const keysOf = (value) => Reflect.ownKeys(value).map(keyText);
const isHolder = (value) => value !== null && (typeof value === 'object' || typeof value === 'function');

/** Own property names of every global of the language itself, so that newer engines can be cut back to this one. */
function languageSurface() {
  const names = vm.runInNewContext('Object.getOwnPropertyNames(globalThis)');
  const holders = names.map((name) => [name, globalThis[name]]);
  holders.push(['%TypedArray%', Object.getPrototypeOf(Uint8Array)]);
  const surface = {};
  for (const [name, value] of holders) {
    surface[name] = isHolder(value) && value !== globalThis ? keysOf(value) : [];
    if (typeof value === 'function' && value.prototype)
      surface[`${name}.prototype`] = keysOf(value.prototype);
  }
  return surface;
}

const natives = Object.entries(process.binding('natives')).filter(([, text]) => typeof text === 'string');
const dump = {
  version: process.version,
  versions: { ...process.versions },
  natives: Object.fromEntries(natives),
  bindings: Object.fromEntries(BINDINGS.map((name) => [name, constantsOf(internalBinding(name))])),
  uvErrors: [...internalBinding('uv').getErrorMap()],
  privateSymbols: Object.keys(internalBinding('util').privateSymbols),
  symbols: Object.keys(internalBinding('symbols')),
  hashes: [...new Set(require('node:crypto').getHashes())],
  builtins: require('node:module').builtinModules,
  language: languageSurface(),
};
fs.writeFileSync(process.argv[2], JSON.stringify(dump));
