import { type Bytes, bytesOf } from '../bindings/bytes.ts';
import { processObject } from '../process-object.ts';
import { callForBytes, callHost, inputBytes, requireFunction, type Callback } from './host-crypto.ts';

export function randomBytes(size: number, callback?: Callback): unknown {
  if (callback !== undefined) requireFunction(callback);
  const bytes = callForBytes('randomBytes', size);
  if (callback === undefined) return bytes;
  processObject.nextTick(callback, null, bytes);
  return undefined;
}

export function randomFillSync<Target extends Bytes>(target: Target, offset = 0, size?: number): Target {
  const view = bytesOf(target);
  view.set(callForBytes('randomBytes', size ?? view.length - offset), offset);
  return target;
}

export function randomFill(target: Bytes, ...rest: unknown[]): void {
  const callback = rest.pop();
  requireFunction(callback);
  const [offset, size] = rest as [number?, number?];
  randomFillSync(target, offset, size);
  processObject.nextTick(callback, null, target);
}

export function randomInt(...args: unknown[]): unknown {
  const callback = typeof args.at(-1) === 'function' ? (args.pop() as Callback) : undefined;
  const [min, max] = args.length === 1 ? [0, args[0]] : args;
  const value = callHost('randomInt', min, max);
  if (callback === undefined) return value;
  processObject.nextTick(callback, null, value);
  return undefined;
}

export const randomUUID = (): unknown => callHost('randomUUID');

/** Node's C++ side words these two itself. */
const coded = (error: Error, code: string): Error => Object.assign(error, { code });

export function timingSafeEqual(first: unknown, second: unknown): boolean {
  for (const [name, value] of [['buf1', first] as const, ['buf2', second] as const])
    if (!ArrayBuffer.isView(value) && !(value instanceof ArrayBuffer))
      throw coded(
        new TypeError(
          `The "${name}" argument must be an instance of ArrayBuffer, Buffer, TypedArray, or DataView.`,
        ),
        'ERR_INVALID_ARG_TYPE',
      );
  const a = inputBytes(first);
  const b = inputBytes(second);
  if (a.length !== b.length)
    throw coded(
      new RangeError('Input buffers must have the same byte length'),
      'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH',
    );
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
}
