import { ORPCError } from '@orpc/server';
import type { FaultData } from '#contract/errors.ts';
import { Fault } from '#engine/fault.ts';

/**
 * The one place where trouble becomes a reply. A fault keeps its kind and what helps; anything else that is not
 * already a reply is a bug of ours and is told by a reference only, because its text may hold anything.
 */
export function asReply(
  trouble: unknown,
  noteBug: (reference: string, cause: unknown) => void,
): ORPCError<string, unknown> {
  if (trouble instanceof ORPCError) return trouble as ORPCError<string, unknown>;
  if (trouble instanceof Fault) {
    return new ORPCError('FAULT', { defined: true, message: trouble.message, data: faultData(trouble) });
  }
  const reference = bugReference(trouble);
  noteBug(reference, trouble);
  return new ORPCError('BUG', {
    defined: true,
    message: `userferry met a state that should not exist (${reference})`,
    data: { reference },
  });
}

/** The same for streams, whose trouble comes while they are read, when the call itself has long been answered. */
export async function* withReplies<Event>(
  stream: AsyncIterable<Event>,
  noteBug: (reference: string, cause: unknown) => void,
): AsyncGenerator<Event, void, void> {
  try {
    yield* stream;
  } catch (trouble) {
    throw asReply(trouble, noteBug);
  }
}

function faultData(fault: Fault): FaultData {
  return {
    kind: fault.kind,
    retryable: fault.retryable,
    ...(fault.doing === undefined ? {} : { doing: fault.doing }),
    ...(fault.where === undefined ? {} : { where: fault.where }),
    ...(fault.help === undefined ? {} : { help: fault.help }),
    ...(fault.problems.length === 0 ? {} : { problems: [...fault.problems] }),
  };
}

/** First frame of our own code: enough to find the place, and never data. */
function bugReference(trouble: unknown): string {
  const stack = trouble instanceof Error ? (trouble.stack ?? '') : '';
  const frame = /main\/([\w/-]+\.ts):(\d+)/.exec(stack);
  return frame === null ? 'unknown place' : `${frame[1]}:${frame[2]}`;
}
