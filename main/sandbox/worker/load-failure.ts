import type { AttemptResult } from '../protocol.ts';
import { NOTHING, scriptError } from './attempt-state.ts';
import type { LoadOutcome } from './isolate.ts';

/** How every attempt of a script ends that could not be loaded; null if it could. */
export function loadFailure(loaded: LoadOutcome): AttemptResult | null {
  if (loaded.ok) return null;
  switch (loaded.reason) {
    case 'blocked':
      return { ...NOTHING, ending: 'blocked' };
    case 'syntax': {
      // V8's message ends in the place: "Unexpected token '}' [login.js:3:1]".
      const place = /\[[^\]]*:(\d+):(\d+)\]/.exec(loaded.message);
      const message = loaded.message.replace(/\s*\[[^\]]*\]$/, '').slice(0, 2000);
      const at = place === null ? {} : { line: Number(place[1]), column: Number(place[2]) };
      return { ...NOTHING, ending: 'does-not-compile', error: { name: 'SyntaxError', message, ...at } };
    }
    case 'threw':
      return { ...NOTHING, ending: 'threw', error: scriptError(loaded.error) };
    default:
      return { ...NOTHING, ending: 'does-not-compile', error: scriptError(loaded.error) };
  }
}
