import { build, transformSync } from 'esbuild';
import { join } from 'node:path';
import { isTaken } from './core-natives.ts';
import type { NodeDump } from './node-dump.ts';
import { PATHS } from './paths.ts';

const PRIMORDIALS = 'internal/per_context/primordials';
const ARGUMENTS = 'exports, require, module, process, internalBinding, primordials';

/** One file of Node's lib as the property of an object literal: its id and a factory, as Node compiles it. */
function nativeProperty(id: string, text: string): string {
  const code = transformSync(text, {
    loader: 'js',
    format: 'cjs',
    target: 'esnext',
    minifyWhitespace: true,
    legalComments: 'none',
  }).code;
  const more = id === PRIMORDIALS ? ', privateSymbols, perIsolateSymbols' : '';
  return `${JSON.stringify(id)}:function(${ARGUMENTS}${more}){${code}\n}`;
}

/**
 * The text of `core.js`: Node's lib, the dumped constants and the guest, in one function that runs once. The three
 * libraries that the guest carries (pako's zlib, the HTTP parser, the string decoder) are bundled from the packages and require
 * Node's own modules through the guest's loader.
 */
export async function bundleCore(dump: NodeDump): Promise<string> {
  const ids = Object.keys(dump.natives).filter(isTaken);
  const natives = ids.map((id) => nativeProperty(id, dump.natives[id] ?? ''));
  const { natives: _text, ...constants } = dump;
  const guest = await build({
    entryPoints: [join(PATHS.guestSource, 'boot.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'neutral',
    mainFields: ['main'],
    target: 'esnext',
    minifyWhitespace: true,
    legalComments: 'none',
    nodePaths: [join(PATHS.packages, 'node_modules')],
    external: ['assert', 'buffer', 'events', 'path', 'stream', 'util'],
    alias: { 'safe-buffer': join(PATHS.guestSource, 'vendor/safe-buffer.ts') },
    logLevel: 'silent',
  });
  const text = guest.outputFiles[0]?.text;
  if (text === undefined) throw new Error('esbuild produced no guest.');
  return (
    `(function(__natives,__dump){"use strict";var __lib={require:null};` +
    `var require=function(id){return __lib.require(id)};\n${text}\n})` +
    `({__proto__:null,${natives.join(',\n')}},${JSON.stringify(constants)});\n`
  );
}
