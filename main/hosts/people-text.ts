import type { PeopleText } from '#engine/ports/people-text.ts';
import { AUDIT_LISTS } from '#reporters/audit-list.ts';
import { OUTCOMES_HEAD, outcomeRows } from '#reporters/outcome-list.ts';
import { LEFTOVERS_HEAD, leftoverRows } from '#reporters/plan-leftovers.ts';

export const peopleText: PeopleText = {
  audit: AUDIT_LISTS,
  leftovers: { head: () => LEFTOVERS_HEAD, people: leftoverRows },
  outcomes: { head: () => OUTCOMES_HEAD, people: outcomeRows },
};
