import type { AuditEvent, AuditListHeader, ListedPerson } from '#contract/audit.ts';
import type { ListText } from '#engine/ports/people-text.ts';

/** The events of an audit with its people as pieces of a file. */
export async function* auditAsText(
  events: AsyncIterable<AuditEvent>,
  text: ListText<AuditListHeader, ListedPerson>,
): AsyncGenerator<AuditEvent, void, void> {
  for await (const event of events) {
    if (event.type === 'people') yield { type: 'text', text: text.people(event.people) };
    else yield event;
    if (event.type === 'started') yield { type: 'text', text: text.head(event.header) };
  }
}
