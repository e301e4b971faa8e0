import type { Progress } from '#contract/trials.ts';
import { progressLine } from '#hosts/cli/progress-line.ts';
import type { Session } from '#hosts/cli/session.ts';
import { jsonText } from '#reporters/escape.ts';

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
    show: (progress) => write(`${jsonText({ type: 'progress', ...progress })}\n`),
    end: () => undefined,
  };
}

const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const TURN_EVERY_MS = 120;

/** Redrawn by a timer of its own: between two batches nothing else would show that the trial is alive. */
function overwritten(write: (text: string) => void, columns: () => number): ProgressDisplay {
  let shown: { readonly progress: Progress; readonly at: number } | null = null;
  let turn = 0;
  let timer: NodeJS.Timeout | null = null;
  const draw = (): void => {
    if (shown === null) return;
    turn = (turn + 1) % SPINNER.length;
    const waited = Math.floor((performance.now() - shown.at) / 1000);
    write(`${CLEAR_LINE}${SPINNER[turn]} ${progressLine(shown.progress, columns() - 3, waited)}`);
  };
  return {
    show: (progress) => {
      shown = { progress, at: performance.now() };
      timer ??= setInterval(draw, TURN_EVERY_MS).unref();
      draw();
    },
    end: () => {
      if (timer !== null) clearInterval(timer);
      timer = null;
      if (shown !== null) write(CLEAR_LINE);
      shown = null;
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
