import type { Progress } from '#contract/trials.ts';
import { progressLine } from '#hosts/cli/progress-line.ts';
import type { Session } from '#hosts/cli/session.ts';

export interface ProgressDisplay {
  show(progress: Progress): void;
  /** Leaves the output ready for other lines. */
  end(): void;
}

const LINE_EVERY_MS = 5_000;
const CLEAR_LINE = '\r\u001b[2K';

/** On a terminal one line that is written over; through a pipe a line now and then; NDJSON where that is asked for. */
export function progressDisplay(session: Session): ProgressDisplay {
  const { options, surroundings } = session;
  const { stderr } = surroundings;
  if (options.progress === 'json') return ndjson((line) => stderr.write(line));
  if (options.progress === 'none' || options.quiet === true)
    return { show: () => undefined, end: () => undefined };
  if (stderr.isTTY === true)
    return overwritten(
      (text) => stderr.write(text),
      () => stderr.columns || 80,
    );
  return nowAndThen((line) => stderr.write(line));
}

function ndjson(write: (line: string) => void): ProgressDisplay {
  return {
    show: (progress) => write(`${JSON.stringify({ type: 'progress', ...progress })}\n`),
    end: () => undefined,
  };
}

function overwritten(write: (text: string) => void, columns: () => number): ProgressDisplay {
  let drawn = false;
  return {
    show: (progress) => {
      drawn = true;
      write(`${CLEAR_LINE}${progressLine(progress, columns() - 1)}`);
    },
    end: () => {
      if (drawn) write(CLEAR_LINE);
      drawn = false;
    },
  };
}

function nowAndThen(write: (line: string) => void): ProgressDisplay {
  let last = Number.NEGATIVE_INFINITY;
  let state = '';
  return {
    show: (progress) => {
      const now = performance.now();
      const present = `${progress.phase} ${progress.status}`;
      if (present === state && now - last < LINE_EVERY_MS) return;
      state = present;
      last = now;
      write(`${progressLine(progress, 200)}\n`);
    },
    end: () => undefined,
  };
}
