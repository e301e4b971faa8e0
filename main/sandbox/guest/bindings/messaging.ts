import { DOMException } from '../dom-exception.ts';
import type { Require } from '../dump.ts';
import { later } from '../runtime.ts';
import { structuredClone } from '../structured-clone.ts';

const noop = (): void => {};
type Listener = (...args: unknown[]) => void;

interface Emitter {
  on(event: string, listener: Listener): unknown;
  once(event: string, listener: Listener): unknown;
  off(event: string, listener: Listener): unknown;
  emit(event: string, ...args: unknown[]): boolean;
}

let makeEmitter: () => Emitter = () => {
  throw new Error('events are not there yet');
};
export function useEvents(require: Require): void {
  makeEmitter = () => new (require('events') as new () => Emitter)();
}

const own = Symbol('made by a MessageChannel');

/** A port within the one thread there is: what is posted arrives as a clone in a later turn. */
export class MessagePort {
  onmessage: Listener | null = null;
  readonly #emitter: Emitter;
  #other: MessagePort | null = null;
  #isClosed = false;

  constructor(key?: symbol) {
    if (key !== own) throw new TypeError('Illegal constructor');
    this.#emitter = makeEmitter();
  }

  static pair(): readonly [MessagePort, MessagePort] {
    const first = new MessagePort(own);
    const second = new MessagePort(own);
    first.#other = second;
    second.#other = first;
    return [first, second];
  }

  postMessage(value: unknown): void {
    const target = this.#other;
    if (target === null || target.#isClosed) return;
    const data = structuredClone(value);
    later(() => {
      if (target.#isClosed) return;
      if (typeof target.onmessage === 'function') target.onmessage({ data, type: 'message', target });
      target.#emitter.emit('message', data);
    });
  }

  close(): void {
    this.#isClosed = true;
    if (this.#other !== null) this.#other.#isClosed = true;
  }

  addEventListener(type: string, listener: Listener): void {
    this.#emitter.on(type, (data) => listener({ data, type, target: this }));
  }
  removeEventListener(): void {}
  on(event: string, listener: Listener): this {
    this.#emitter.on(event, listener);
    return this;
  }
  once(event: string, listener: Listener): this {
    this.#emitter.once(event, listener);
    return this;
  }
  off(event: string, listener: Listener): this {
    this.#emitter.off(event, listener);
    return this;
  }
  start(): void {}
  ref(): void {}
  unref(): void {}
  hasRef(): boolean {
    return false;
  }
}

export class MessageChannel {
  readonly port1: MessagePort;
  readonly port2: MessagePort;
  constructor() {
    [this.port1, this.port2] = MessagePort.pair();
  }
}

export const messagingBinding = {
  MessageChannel,
  MessagePort,
  DOMException,
  structuredClone,
  exposeLazyDOMExceptionProperty: noop,
  setDeserializerCreateObjectFunction: noop,
  setDeserializerCreateFunction: noop,
  stopMessagePort: noop,
  checkMessagePort: noop,
  drainMessagePort: noop,
  moveMessagePortToContext: noop,
  receiveMessageOnPort: noop,
  broadcastChannel: noop,
};
