import { offsetTooDeep } from '#domain/json-nesting.ts';

/** Nothing that can be asked for is nested like that, and checking it would run out of stack. */
const DEEPEST = 200;
/** Behind it are the bytes of files; the JSON before it is UTF-8, which has no such byte. */
const END_OF_JSON = 0xff;

/** Whether a frame is to be refused unread. */
export function isTooDeep(frame: string | Uint8Array): boolean {
  if (typeof frame === 'string') return offsetTooDeep(frame, DEEPEST) !== null;
  const end = frame.indexOf(END_OF_JSON);
  const json = new TextDecoder().decode(end < 0 ? frame : frame.subarray(0, end));
  return offsetTooDeep(json, DEEPEST) !== null;
}
