import type { AttemptReport, GuestError, ResultDetails } from '../guest/guest-api.ts';
import { type FindingMessage, LIMITS } from '../protocol.ts';
import { type AttemptState, lossFindings, lostByAuthor, scriptError, scriptPlace } from './attempt-state.ts';

type Tell = (finding: FindingMessage) => void;

/** The callback was called for the nth time. The first call ends the attempt, unless something else did before. */
export function applyResult(
  state: AttemptState,
  nth: number,
  error: GuestError | null,
  json: string | undefined,
  details: ResultDetails | undefined,
  tell: Tell,
): void {
  if (nth > 1) {
    const [first, again] = details?.stacks ?? [undefined, undefined];
    const firstLine = scriptPlace(first).line;
    const place = scriptPlace(again);
    const lines =
      firstLine === undefined || place.line === undefined
        ? ''
        : `: first in line ${firstLine}, again in line ${place.line}`;
    tell({
      code: 'script.called-twice',
      message: `the callback was called more than once${lines}`,
      ...place,
    });
    return;
  }
  if (state.ended !== null) {
    tell({
      code: 'script.called-back-late',
      message: `the callback was called after the attempt had ended (${state.ended.ending})`,
    });
    return;
  }
  if (error !== null) {
    const told = scriptError(error);
    const lost = lostByAuthor(error.lost);
    if (lost.length > 0) {
      tell({
        code: 'script.error-loses-data',
        message: `the error's own properties are not passed on: ${lost.join(', ')}`,
        ...scriptPlace(error.stack),
      });
    }
    if (error.form !== 'error') {
      tell({
        code: 'script.error-is-no-error',
        message: `the callback's first argument is ${FORMS[error.form]}, not an Error`,
      });
    }
    state.ended = { ending: 'called-back-error', value: null, error: told };
    return;
  }
  if (details?.unserialisable !== undefined) {
    const message = details.unserialisable.slice(0, 500);
    tell({
      code: 'script.result-not-json',
      message: `the callback's second argument cannot be written as JSON: ${message}`,
    });
    state.ended = { ending: 'called-back-error', value: null, error: { name: 'TypeError', message } };
    return;
  }
  if (details?.losses !== undefined && details.losses.length > 0) lossFindings(details.losses).forEach(tell);
  const value = json ?? null;
  if (value !== null && value.length > LIMITS.resultBytes) {
    const message = `the callback's second argument takes ${value.length} characters as JSON; ${LIMITS.resultBytes} are the most`;
    state.ended = { ending: 'too-large', value: null, error: { name: 'RangeError', message } };
    return;
  }
  state.ended = { ending: 'called-back', value, error: null };
}

const FORMS = {
  object: 'a plain object',
  string: 'a string',
  other: 'some other value',
  error: 'an Error',
} as const;

/** Everything else a guest reports about an attempt. */
export function applyReport(state: AttemptState, report: AttemptReport, tell: Tell): void {
  switch (report.kind) {
    case 'threw':
    case 'uncaught':
    case 'rejected': {
      const error = scriptError(report.error);
      const ending = report.kind === 'rejected' ? 'rejected' : 'threw';
      if (state.ended === null) state.ended = { ending, value: null, error };
      else
        tell({
          code: 'script.threw-after-callback',
          message: `${error.name}: ${error.message}`,
          ...scriptPlace(report.error.stack),
        });
      return;
    }
    case 'fulfilled':
      if (report.withValue && state.ended === null) {
        tell({
          code: 'script.promise-value-ignored',
          message: 'the function returned a promise with a value, but only the callback ends an attempt',
        });
      }
      return;
    case 'exit':
      tell({ code: 'script.exited', message: `process.exit(${report.code}) was called` });
      state.ended ??= { ending: 'crashed', value: null, error: null };
      return;
    case 'missing-module': {
      const known = report.available.slice(0, 10).join(', ');
      tell({
        code: 'script.missing-module',
        message: `require('${report.request.slice(0, 200)}'): no such module${known === '' ? '' : `; there is ${known}`}`,
      });
      return;
    }
    case 'refused':
      tell({
        code: 'script.refused-feature',
        message: `${report.what.slice(0, 200)} is not available in the sandbox`,
      });
      return;
    case 'warning':
      tell({ code: 'script.node-warning', message: `${report.name}: ${report.message}`.slice(0, 1000) });
  }
}
