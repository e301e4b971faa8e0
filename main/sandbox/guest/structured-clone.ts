import { DOMException } from './dom-exception.ts';
import { host } from './host.ts';

function refused(what: string): DOMException {
  const message = what.endsWith('could not be cloned.') ? what : `${what} could not be cloned.`;
  return new DOMException(message, 'DataCloneError');
}

interface Transfer {
  readonly transfer?: Iterable<unknown>;
}

const isDetached = (buffer: ArrayBuffer): boolean => (buffer as { detached?: boolean }).detached === true;

/** Node's coded errors, made by hand: its lib is built on this file. */
const coded = (code: string, message: string): Error => Object.assign(new TypeError(message), { code });
const cannot = (message: string): Error =>
  coded('ERR_INVALID_ARG_TYPE', `Failed to execute 'structuredClone': ${message}`);

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value;

/** The buffers to hand over: what is cloned of them is theirs, and the originals are left empty. */
function transferred(options: Transfer | null | undefined): readonly ArrayBuffer[] {
  if (options === undefined || options === null) return [];
  if (typeof options !== 'object') throw cannot('Options cannot be converted to a dictionary');
  const { transfer = [] } = options;
  if (!isIterable(transfer)) throw cannot('transfer in Options can not be converted to sequence.');
  const list = [...transfer];
  for (const one of list) {
    if (!(one instanceof ArrayBuffer))
      throw new DOMException('Found invalid value in transferList.', 'DataCloneError');
    if (isDetached(one))
      throw new DOMException('Cannot transfer object of unsupported type.', 'DataCloneError');
  }
  if (new Set(list).size < list.length)
    throw new DOMException('Transfer list contains duplicate ArrayBuffer', 'DataCloneError');
  return list as ArrayBuffer[];
}

/** `structuredClone`: one trip to the host and back is a clone. */
export function structuredClone(...args: [value?: unknown, options?: Transfer]): unknown {
  if (args.length === 0)
    throw coded('ERR_MISSING_ARGS', 'The "The value argument must be specified" argument must be specified');
  const [value, options] = args;
  const buffers = transferred(options);
  const clone = cloned(value);
  for (const buffer of buffers) (buffer as unknown as { transfer(): unknown }).transfer();
  return clone;
}

function cloned(value: unknown): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') throw refused(String(value));
  if (typeof value !== 'object' || value === null) return value;
  try {
    return host('clone', value);
  } catch (error) {
    throw refused(error instanceof Error ? error.message : '#<Object>');
  }
}
