import { lib } from '../lib/lib.ts';
import {
  buffers,
  callForBytes,
  callHost,
  inputBytes,
  output,
  requireText,
  type Callback,
} from './host-crypto.ts';
import { keyArgument } from './keys.ts';
import { processObject } from '../process-object.ts';

type Done = (error?: unknown) => void;
type SignClass = new (algorithm: string) => object;
let classes: { readonly Sign: SignClass; readonly Verify: SignClass } | null = null;

export function signClasses(): NonNullable<typeof classes> {
  if (classes !== null) return classes;
  const { Writable } = lib<{ Writable: new () => object }>('stream');

  abstract class Signing extends Writable {
    protected readonly algorithm: string;
    readonly #parts: Uint8Array[] = [];
    constructor(algorithm: string) {
      super();
      requireText(algorithm, 'algorithm');
      this.algorithm = algorithm;
    }
    update(data: unknown, encoding?: string): this {
      this.#parts.push(inputBytes(data, encoding).slice());
      return this;
    }
    static input(signing: Signing): Uint8Array {
      return inputBytes(buffers().concat(signing.#parts));
    }
    _write(chunk: unknown, encoding: string, done: Done): void {
      this.update(chunk, encoding);
      done();
    }
  }
  class Sign extends Signing {
    sign(key: unknown, encoding?: string): unknown {
      return output(callForBytes('sign', this.algorithm, Signing.input(this), keyArgument(key)), encoding);
    }
  }
  class Verify extends Signing {
    verify(key: unknown, signature: unknown, encoding?: string): unknown {
      return callHost(
        'verify',
        this.algorithm,
        Signing.input(this),
        keyArgument(key),
        inputBytes(signature, encoding),
      );
    }
  }
  classes = { Sign, Verify };
  return classes;
}

function deliver(result: unknown, callback: Callback | undefined): unknown {
  if (callback === undefined) return result;
  processObject.nextTick(callback, null, result);
  return undefined;
}

export const signOnce = (
  algorithm: string | null,
  data: unknown,
  key: unknown,
  callback?: Callback,
): unknown => deliver(callHost('sign', algorithm, inputBytes(data), keyArgument(key)), callback);

export const verifyOnce = (
  algorithm: string | null,
  data: unknown,
  key: unknown,
  signature: unknown,
  callback?: Callback,
): unknown =>
  deliver(callHost('verify', algorithm, inputBytes(data), keyArgument(key), inputBytes(signature)), callback);

export const keyOperation =
  (name: string) =>
  (key: unknown, data: unknown): unknown =>
    callHost(name, keyArgument(key), inputBytes(data));
