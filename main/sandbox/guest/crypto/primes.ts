/** Prime numbers, found and checked by the host. */
import { lib, nodeError } from '../lib/lib.ts';
import { processObject } from '../process-object.ts';
import { callForBytes, callHost, inputBytes, requireFunction, type Callback } from './host-crypto.ts';

interface PrimeOptions {
  readonly bigint?: boolean;
  readonly safe?: boolean;
  readonly add?: unknown;
  readonly rem?: unknown;
}

const validate = (): Record<string, (value: unknown, name: string, more?: unknown) => void> =>
  lib('internal/validators');

const KINDS = ['ArrayBuffer', 'TypedArray', 'Buffer', 'DataView', 'bigint'];

function numberBytes(value: unknown, name: string): Uint8Array {
  if (typeof value === 'string') throw nodeError('ERR_INVALID_ARG_TYPE', name, KINDS, value);
  if (typeof value !== 'bigint') return inputBytes(value, undefined, name, KINDS);
  if (value < 0n) throw nodeError('ERR_OUT_OF_RANGE', name, '>= 0', value);
  const hex = value.toString(16);
  return inputBytes(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}

export function generatePrimeSync(size: number, options: PrimeOptions = {}): unknown {
  validate()['validateInt32']?.(size, 'size', 1);
  validate()['validateObject']?.(options, 'options');
  const { safe = false, bigint = false, add, rem } = options;
  const found = callForBytes('prime', size, {
    safe,
    ...(add === undefined ? {} : { add: numberBytes(add, 'options.add') }),
    ...(rem === undefined ? {} : { rem: numberBytes(rem, 'options.rem') }),
  });
  return bigint ? BigInt(`0x${found.toString('hex')}`) : new Uint8Array(found).buffer;
}

export function checkPrimeSync(candidate: unknown, options: { readonly checks?: number } = {}): unknown {
  const number = numberBytes(candidate, 'candidate');
  validate()['validateObject']?.(options, 'options');
  return callHost('isPrime', number, options.checks ?? 0);
}

type Sync<O> = (value: never, options: O) => unknown;

function laterForm<O extends object>(sync: Sync<O>) {
  return (value: never, options: O | Callback, given?: Callback): void => {
    const callback = typeof options === 'function' ? options : given;
    requireFunction(callback);
    const result = sync(value, typeof options === 'function' ? ({} as O) : options);
    processObject.nextTick(callback, null, result);
  };
}

export const generatePrime = laterForm(generatePrimeSync as Sync<PrimeOptions>);
export const checkPrime = laterForm(checkPrimeSync as Sync<object>);
