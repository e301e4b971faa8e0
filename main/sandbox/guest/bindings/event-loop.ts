/* oxlint-disable typescript/unbound-method -- methods are captured here before scripts can replace them, and always called with an explicit `this` */
/** Task queue, timers and async ids: the parts of the loop that Node's lib runs itself. */
import { constantsOf } from '../dump.ts';
import { host } from '../host.ts';
import { loopNow, runtime, wantImmediate } from '../runtime.ts';

const noop = (): void => {};
const resolved = Promise.resolve();
const then = Promise.prototype.then;

export const taskQueueBinding = {
  enqueueMicrotask(callback: () => void) {
    void then.call(resolved, () => {
      try {
        callback();
      } catch (error) {
        runtime.onUncaught(error);
      }
    });
  },
  setTickCallback(callback: () => void) {
    runtime.runTicks = callback;
  },
  runMicrotasks: noop,
  tickInfo: new Uint8Array(2),
  promiseRejectEvents: {
    kPromiseRejectWithNoHandler: 0,
    kPromiseHandlerAddedAfterReject: 1,
    kPromiseResolveAfterResolved: 2,
    kPromiseRejectAfterResolved: 3,
  },
  setPromiseRejectCallback: noop,
};

const immediateInfo = new Uint32Array(3);
/** How many referenced immediates wait; the lib counts in the first field. */
export const hasImmediates = (): boolean => (immediateInfo[0] ?? 0) > 0;

export const timersBinding = {
  setupTimers(processImmediate: () => void, processTimers: (now: number) => number) {
    runtime.processImmediate = processImmediate;
    runtime.processTimers = processTimers;
  },
  getLibuvNow: loopNow,
  /** One host timer per isolate: Node's timer lists live in the guest. */
  scheduleTimer: (milliseconds: number) => host('timer', Math.max(1, milliseconds)),
  toggleTimerRef: noop,
  toggleImmediateRef(isWanted: boolean) {
    if (isWanted) wantImmediate();
  },
  immediateInfo,
  timerInfo: new Int32Array(1),
  timeoutInfo: new Int32Array(1),
};

export const asyncWrapBinding = {
  ...constantsOf('async_wrap'),
  setupHooks: noop,
  setCallbackTrampoline: noop,
  registerDestroyHook: noop,
  pushAsyncContext: noop,
  popAsyncContext: () => false,
  executionAsyncResource: () => ({}),
  clearAsyncIdStack: noop,
  queueDestroyAsyncId: noop,
  setPromiseHooks: noop,
  getPromiseHooks: () => [],
  async_hook_fields: new Uint32Array(9),
  async_id_fields: new Float64Array(4),
  async_ids_stack: new Float64Array(32),
  execution_async_resources: [],
};

export const asyncContextFrameBinding = {
  getContinuationPreservedEmbedderData: noop,
  setContinuationPreservedEmbedderData: noop,
};
