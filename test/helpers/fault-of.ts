import { Fault } from '#engine/fault.ts';

/** The fault that work ends with. Fails where it succeeds, or ends with anything else. */
export async function faultOf(work: Promise<unknown>): Promise<Fault> {
  try {
    await work;
  } catch (trouble) {
    if (trouble instanceof Fault) return trouble;
    throw trouble;
  }
  throw new Error('no fault came');
}
