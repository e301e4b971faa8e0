import { errorFrom, hostOrThrow, type Failure } from './host.ts';
import { startOperation } from './operations.ts';

/** The host calls that stand in for native addons: password hashes, on the host's threads. */
export const addonHost = {
  sync: (name: string, ...args: unknown[]): unknown => hostOrThrow('crypto', name, ...args),
  async: (name: string, args: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      startOperation(name, args, (error, value) => {
        if (error) reject(errorFrom(error as Failure));
        else resolve(value);
      });
    }),
};
