import { Fault } from '#engine/fault.ts';

/**
 * What work comes to: "ok", or the kind of the fault that it ends with. Anything else is a mistake of ours and fails,
 * unless its message is the one given.
 */
export async function faultKindOf(work: Promise<unknown>, known?: string): Promise<string> {
  try {
    await work;
    return 'ok';
  } catch (trouble) {
    if (trouble instanceof Fault) return trouble.kind;
    const { data, message } = trouble as {
      readonly data?: { readonly kind?: string };
      readonly message: string;
    };
    if (data?.kind !== undefined) return data.kind;
    if (message === known) return known;
    throw trouble;
  }
}

/** The work of a stream to its end. */
export async function drained(events: Promise<AsyncIterable<unknown>>): Promise<void> {
  for await (const event of await events) void event;
}
