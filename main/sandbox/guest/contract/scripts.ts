/* oxlint-disable typescript/unbound-method -- methods are captured here before scripts can replace them, and always called with an explicit `this` */
/** Loading and calling database action scripts. */
import type { LoadAnswer } from '../guest-api.ts';
import { requireForScripts } from '../modules.ts';
import { closeAttempt, isOpen, openAttempt, report, runAs } from './attempts.ts';
import { makeCallback } from './callback.ts';
import { marshalError } from './marshal-error.ts';
import { evaluatorOf } from '../pipeline/programs.ts';

type Factory = (require: unknown, module: object, exports: object, configuration: object) => unknown;
type Script = (...args: unknown[]) => unknown;

const scripts = new Map<string, Script>();
const apply = Reflect.apply;
const resolve = Promise.resolve.bind(Promise);
const then = Promise.prototype.then;

/** Evaluates the text once, as a tenant's container does; `factory` is the compiled wrapper around it. */
export function loadScript(key: string, slot: string, factory: Factory, configuration: object): LoadAnswer {
  const module = { exports: {} };
  const evaluate = evaluatorOf(slot);
  let value: unknown;
  try {
    if (evaluate !== null) value = evaluate(factory as never, { require: requireForScripts, configuration });
    else value = factory(requireForScripts, module, module.exports, Object.freeze({ ...configuration }));
  } catch (error) {
    return { ok: false, reason: 'threw', error: marshalError(error) };
  }
  if (typeof value !== 'function') {
    const error = new TypeError(
      `The script must be one function; it is ${value === null ? 'null' : typeof value}.`,
    );
    return { ok: false, reason: 'not-a-function', error: marshalError(error) };
  }
  scripts.set(key, value as Script);
  return { ok: true, arity: value.length };
}

interface Thenable {
  then(onFulfilled: (value: unknown) => void, onRejected: (error: unknown) => void): unknown;
}

function isThenable(value: unknown): value is Thenable {
  if (typeof value !== 'object' || value === null) return false;
  try {
    return typeof (value as Partial<Thenable>).then === 'function';
  } catch {
    return false;
  }
}

/** Only the callback completes an attempt; the promise of an async script is watched to say how it went. */
function watch(attempt: number, returned: unknown): void {
  if (!isThenable(returned)) return;
  void apply(then, resolve(returned), [
    (value: unknown) => {
      if (isOpen(attempt)) report({ kind: 'fulfilled', withValue: value !== undefined }, attempt);
    },
    (error: unknown) => report({ kind: 'rejected', error: marshalError(error) }, attempt),
  ]);
}

export function callScript(attempt: number, key: string, args: readonly unknown[]): void {
  const script = scripts.get(key);
  if (script === undefined) throw new Error(`No script is loaded as ${key}.`);
  openAttempt(attempt);
  runAs(attempt, () => {
    try {
      watch(attempt, apply(script, undefined, [...args, makeCallback(attempt)]));
    } catch (error) {
      report({ kind: 'threw', error: marshalError(error) }, attempt);
      closeAttempt(attempt);
    }
  });
}
