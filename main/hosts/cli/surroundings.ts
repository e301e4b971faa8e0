import type { Readable, Writable } from 'node:stream';

export interface TextOutput extends Writable {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface TextInput extends Readable {
  readonly isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
}

/** Everything of the process that the command line touches, in one value. */
export interface Surroundings {
  readonly stdout: TextOutput;
  readonly stderr: TextOutput;
  readonly stdin: TextInput;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
  readonly version: string;
}

/** Colour for one output: wanted by nobody's veto, and only where a person reads. */
export function wantsColour(
  output: TextOutput,
  env: Surroundings['env'],
  options: { readonly color?: boolean | undefined },
): boolean {
  if (options.color === false || (env['NO_COLOR'] ?? '') !== '') return false;
  if ((env['FORCE_COLOR'] ?? '') !== '' && env['FORCE_COLOR'] !== '0') return true;
  return output.isTTY === true && env['TERM'] !== 'dumb';
}
