import { constantsOf, dump } from '../dump.ts';
import { runtime } from '../runtime.ts';

const noop = (): void => {};
const errorMap = new Map(dump.uvErrors());

export const errorsBinding = {
  ...constantsOf('errors'),
  setPrepareStackTraceCallback: noop,
  setGetSourceMapErrorSource: noop,
  setSourceMapsEnabled: noop,
  setMaybeCacheGeneratedSourceMap: noop,
  setEnhanceStackForFatalException: noop,
  noSideEffectsToString: String,
  triggerUncaughtException: (error: unknown) => runtime.onUncaught(error),
  getErrorSourcePositions: noop,
};

export const uvBinding = {
  ...constantsOf('uv'),
  errname: (number: number) => errorMap.get(number)?.[0] ?? `Unknown system error ${number}`,
  getErrorMap: () => errorMap,
  getErrorMessage: (number: number) => errorMap.get(number)?.[1],
};
