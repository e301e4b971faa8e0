import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Gives V8's full collection of this thread's own heap, which by itself may come at some hundred megabytes. To be asked
 * for before the first isolate: what it takes for a moment would be a function of scripts otherwise.
 */
export function fullCollection(): () => void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  setFlagsFromString('--no-expose-gc');
  return collect;
}
