import type { Session } from '#hosts/cli/session.ts';
import { jsonText } from '#reporters/escape.ts';

export interface EventDisplay<Event> {
  show(event: Event): void;
  /** Leaves the output ready for other lines. */
  end(): void;
}

const CLEAR_LINE = '\r\u001b[2K';

/** Events of short work: one line written over on a terminal, NDJSON where that is asked for, otherwise nothing. */
export function eventDisplay<Event extends object>(
  session: Session,
  lineOf: (event: Event, width: number) => string,
): EventDisplay<Event> {
  const { options, surroundings } = session;
  const { stderr } = surroundings;
  const silent = { show: () => undefined, end: () => undefined };
  if (options.progress === 'json') {
    return { ...silent, show: (event) => stderr.write(`${jsonText(event)}\n`) };
  }
  if (options.progress === 'none' || options.quiet === true || stderr.isTTY !== true) return silent;
  let drawn = false;
  return {
    show: (event) => {
      drawn = true;
      stderr.write(`${CLEAR_LINE}${lineOf(event, (stderr.columns || 80) - 1)}`);
    },
    end: () => {
      if (drawn) stderr.write(CLEAR_LINE);
      drawn = false;
    },
  };
}
