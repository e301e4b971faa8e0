import { createRouterClient } from '@orpc/server';
import { compose } from '#hosts/compose.ts';

/** The whole engine over its real adapters, called directly. Mistakes of ours fail the test that makes them. */
export function engineClient() {
  const engine = compose({
    noteBug: (_reference, cause) => {
      throw cause;
    },
  });
  return createRouterClient(engine.router, { context: {} });
}

export type EngineClient = ReturnType<typeof engineClient>;

/** The result that a stream of events ends with. */
export async function resultOf<Result>(
  stream: Promise<
    AsyncIterable<{ readonly type: string } | { readonly type: 'result'; readonly result: Result }>
  >,
): Promise<Result> {
  for await (const event of await stream) if ('result' in event) return event.result;
  throw new Error('the stream has ended without a result');
}
