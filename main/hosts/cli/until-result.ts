import { type EventDisplay, eventDisplay } from '#hosts/cli/event-display.ts';
import { onInterrupt } from '#hosts/cli/interrupt.ts';
import type { Session } from '#hosts/cli/session.ts';

interface Outcome<Result> {
  /** Null where Ctrl-C came first. */
  readonly result: Result | null;
}

type Streamed<Result> = { readonly type: string } | { readonly type: 'result'; readonly result: Result };

/** Follows a stream of events to its result. Ctrl-C drops the stream, which stops the work behind it. */
export async function untilResult<Event extends Streamed<Result>, Result>(
  session: Session,
  open: (signal: AbortSignal) => Promise<AsyncIterable<Event>>,
  lineOf: (event: Event, width: number) => string,
  resultOf: (event: Event) => Result | null,
): Promise<Outcome<Result>> {
  const display: EventDisplay<Event> = eventDisplay(session, lineOf);
  const controller = new AbortController();
  const release = onInterrupt(
    () => {
      display.end();
      session.note('Stopping; press Ctrl-C again to leave at once.');
      controller.abort();
    },
    () => session.leave(),
  );
  try {
    for await (const event of await open(controller.signal)) {
      const result = resultOf(event);
      if (result !== null) return { result };
      if (!controller.signal.aborted) display.show(event);
    }
    return { result: null };
  } catch (error) {
    if (controller.signal.aborted) return { result: null };
    throw error;
  } finally {
    display.end();
    release();
  }
}
