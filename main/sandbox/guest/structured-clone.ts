import { DOMException } from './dom-exception.ts';
import { host } from './host.ts';

function refused(what: string): DOMException {
  return new DOMException(`${what} could not be cloned.`, 'DataCloneError');
}

/** `structuredClone`: one trip to the host and back is a clone. Transfer lists are not honoured. */
export function structuredClone(value: unknown): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') throw refused(String(value));
  if (typeof value !== 'object' || value === null) return value;
  try {
    return host('clone', value);
  } catch (error) {
    throw refused(error instanceof Error ? error.message : '#<Object>');
  }
}
