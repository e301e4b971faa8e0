/**
 * Runs work that reports as it goes, and yields its reports; a slow reader gets only the latest. What the work
 * answers is yielded last. Dropping the stream, or the signal, stops the work, and the stream ends with it.
 */
export async function* streamed<Event>(
  work: (report: (event: Event) => void, signal: AbortSignal) => Promise<Event>,
  outer: AbortSignal | undefined,
): AsyncGenerator<Event, void, void> {
  const controller = new AbortController();
  const signal = outer === undefined ? controller.signal : AbortSignal.any([outer, controller.signal]);
  const pending: { latest: Event | null; finished: boolean; wake: () => void } = {
    latest: null,
    finished: false,
    wake: () => undefined,
  };
  const report = (event: Event) => {
    pending.latest = event;
    pending.wake();
  };
  const outcome = work(report, signal).finally(() => {
    pending.finished = true;
    pending.wake();
  });
  // Failing before anybody waits for it is no accident: it is waited for below.
  outcome.catch(() => undefined);
  try {
    while (!pending.finished || pending.latest !== null) {
      if (pending.latest === null) {
        await new Promise<void>((resolve) => {
          pending.wake = resolve;
        });
      }
      const event = pending.latest;
      pending.latest = null;
      if (event !== null) yield event;
    }
    yield await outcome;
  } finally {
    controller.abort();
    await outcome.catch(() => undefined);
  }
}
