import { build, transformSync } from 'esbuild';
import { join } from 'node:path';
import { isTaken } from './core-natives.ts';
import type { NodeDump } from './node-dump.ts';
import { PATHS } from './paths.ts';

const PRIMORDIALS = 'internal/per_context/primordials';
const ARGUMENTS = 'exports, require, module, process, internalBinding, primordials';

/** One file of Node's lib as a case of a switch by ids: a factory, as Node compiles it. */
function nativeCase(id: string, text: string): string {
  const code = transformSync(text, {
    loader: 'js',
    format: 'cjs',
    target: 'esnext',
    minifyWhitespace: true,
    legalComments: 'none',
  }).code;
  const more = id === PRIMORDIALS ? ', privateSymbols, perIsolateSymbols' : '';
  return `case ${JSON.stringify(id)}:return function(${ARGUMENTS}${more}){${code}\n};`;
}

/** Values as functions that make them: in a snapshot these are code, which contexts share. */
function makers(values: Readonly<Record<string, unknown>>): string {
  const made = Object.entries(values).map(
    ([name, value]) => `${JSON.stringify(name)}:function(){return ${JSON.stringify(value)}}`,
  );
  return `{__proto__:null,${made.join(',')}}`;
}

/** One guest file with everything it imports, as a script or as a value of the global it is given. */
async function bundle(file: string, globalName?: string): Promise<string> {
  const result = await build({
    entryPoints: [join(PATHS.guestSource, file)],
    absWorkingDir: PATHS.root,
    bundle: true,
    write: false,
    format: 'iife',
    ...(globalName === undefined ? {} : { globalName }),
    platform: 'neutral',
    mainFields: ['main'],
    target: 'esnext',
    minifyWhitespace: true,
    legalComments: 'none',
    nodePaths: [join(PATHS.packages, 'node_modules')],
    external: ['assert', 'buffer', 'events', 'path', 'stream', 'util'],
    alias: { 'safe-buffer': join(PATHS.guestSource, 'vendor/safe-buffer.cjs') },
    logLevel: 'silent',
  });
  const text = result.outputFiles[0]?.text;
  if (text === undefined) throw new Error(`esbuild produced nothing for ${file}.`);
  return text;
}

/**
 * The text of `core.js`: Node's lib, the dumped constants and the guest, in one function that runs once. What is not
 * asked for at boot is left as code, since each object that stands when a snapshot is made is made anew in every context. The two
 * libraries that the guest carries (the HTTP parser, the string decoder) are bundled from the packages
 * and require Node's own modules through the guest's loader.
 */
export async function bundleCore(dump: NodeDump): Promise<string> {
  const { natives: texts, bindings, ...constants } = dump;
  const natives = Object.entries(texts).filter(([id]) => isTaken(id));
  const cases = natives.map(([id, text]) => nativeCase(id, text));
  return [
    '(function(){',
    await bundle('prologue.ts', '__prologue'),
    'var WebAssembly=__prologue.privateWebAssembly,__useEngine=__prologue.useEngine;',
    '(function(__native,__dump,__bindings){var __lib={require:null};var require=function(id){return __lib.require(id)};',
    await bundle('boot.ts'),
    `})(function(id){switch(id){${cases.join('\n')}}},${makers(constants)},${makers(bindings)});`,
    '})();',
  ].join('\n');
}
