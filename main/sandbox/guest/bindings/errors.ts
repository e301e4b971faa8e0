import { constantsOf, dump } from '../dump.ts';
import { runtime } from '../runtime.ts';

const noop = (): void => {};
type ErrorMap = Map<number, readonly [name: string, message: string]>;
let errorMap: ErrorMap | null = null;
const errors = (): ErrorMap => (errorMap ??= new Map(dump.uvErrors()));

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
  errname: (number: number) => errors().get(number)?.[0] ?? `Unknown system error ${number}`,
  getErrorMap: errors,
  getErrorMessage: (number: number) => errors().get(number)?.[1],
};
