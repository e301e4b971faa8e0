import type { Leftover, PlanEvent } from '#contract/plan.ts';
import type { ListText } from '#engine/ports/people-text.ts';

/** The events of a plan with its people as pieces of a file. */
export async function* planAsText(
  events: AsyncIterable<PlanEvent>,
  text: ListText<null, Leftover>,
): AsyncGenerator<PlanEvent, void, void> {
  yield { type: 'text', text: text.head(null) };
  for await (const event of events) {
    if (event.type === 'people') yield { type: 'text', text: text.people(event.people) };
    else yield event;
  }
}
