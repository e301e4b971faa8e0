import type { FormatsEvent, SearchEvent } from '#contract/passwords.ts';
import { onInterrupt } from '#hosts/cli/interrupt.ts';
import type { Session } from '#hosts/cli/session.ts';
import { cut } from '#reporters/terminal/cells.ts';
import { count } from '#reporters/numbers.ts';
import { UsageError } from '#hosts/cli/trouble.ts';

type Event = FormatsEvent | SearchEvent;
type ResultOf<E extends Event> = Extract<E, { type: 'result' }>['result'];

/** Follows a search or a count of formats to its result, showing where it is; Ctrl-C drops it. */
export async function followPasswords<E extends Event>(
  session: Session,
  start: (signal: AbortSignal) => Promise<AsyncIterable<E>>,
): Promise<ResultOf<E>> {
  const { stderr } = session.surroundings;
  const shows =
    stderr.isTTY === true && session.options.quiet !== true && session.options.progress === 'auto';
  const controller = new AbortController();
  const release = onInterrupt(() => controller.abort());
  try {
    for await (const event of await start(controller.signal)) {
      if (event.type === 'result') return event.result as ResultOf<E>;
      if (session.options.progress === 'json') stderr.write(`${JSON.stringify(event)}\n`);
      else if (shows) stderr.write(`\r\u001b[2K${cut(line(event), (stderr.columns || 80) - 1)}`);
    }
  } finally {
    release();
    if (shows) stderr.write('\r\u001b[2K');
  }
  throw new UsageError('stopped before there was a result');
}

function line(event: Exclude<Event, { type: 'result' }>): string {
  return event.type === 'reading'
    ? `Reading ${count(event.done)} of ${count(event.expected)} users`
    : `Format ${event.format} of ${event.formats}: ${event.family}, ${count(event.tried)} computations tried`;
}
