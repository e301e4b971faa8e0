import type { AuditEvent, AuditRequest, ListedPerson } from '#contract/audit.ts';
import { type AuditRules, classify } from '#domain/audit/classify.ts';
import { countPerson, emptyTally, type PeopleTally } from '#domain/audit/people-tally.ts';
import { isSelected, type Selection } from '#domain/audit/selection.ts';
import { REPORT_EVERY_MS, TURN_MS } from '#engine/audit/turns.ts';
import type { ChangeTally } from '#engine/audit/change-tally.ts';
import { listedPerson } from '#engine/audit/listed-person.ts';
import { untilSettled } from '#engine/audit/until-settled.ts';
import { Fault } from '#engine/fault.ts';
import type { AuditWork } from '#engine/ports/audit-work.ts';
import type { Clock } from '#engine/ports/clock.ts';

/** What everybody is held against. */
export interface Comparison {
  readonly request: Pick<AuditRequest, 'list' | 'personalData' | 'values'>;
  readonly work: Pick<AuditWork, 'people' | 'count'>;
  readonly rules: AuditRules;
  readonly selection: Selection;
  readonly changes: ChangeTally | null;
  /** People, about. */
  readonly expected: number;
}

/** Counts everybody without telling who they are. */
export async function* countPeople(
  clock: Clock,
  { work, rules, selection, expected }: Comparison,
  signal: AbortSignal,
): AsyncGenerator<AuditEvent, PeopleTally, void> {
  let done = 0;
  const tally = work.count(rules, selection, (people) => (done = people), signal);
  for await (const _turn of untilSettled(clock, tally, signal)) yield progress(done, expected);
  return tally;
}

/** Tells everybody who is asked for, and counts them. Whoever takes the list slowly keeps the rest waiting. */
export async function* walkPeople(
  clock: Clock,
  { request, work, rules, selection, changes, expected }: Comparison,
  signal: AbortSignal,
): AsyncGenerator<AuditEvent, PeopleTally, void> {
  const tally = emptyTally();
  let people: ListedPerson[] = [];
  let done = 0;
  let [breathed, told] = [clock.ticks(), clock.ticks()];
  const steps = work.people((group) => {
    const person = classify(group, rules);
    const selected = isSelected(person, selection);
    countPerson(tally, person, selected);
    changes?.add(person);
    if (selected && request.list) people.push(listedPerson(person, group, request));
    done += 1;
  });
  for (const _step of steps) {
    if (people.length > 0) yield { type: 'people', people };
    people = [];
    if (clock.ticks() - breathed < TURN_MS) continue;
    await clock.sleep(0, signal);
    if (signal.aborted) throw new Fault('cancelled', 'the audit was cancelled');
    breathed = clock.ticks();
    if (breathed - told < REPORT_EVERY_MS) continue;
    told = breathed;
    yield progress(done, expected);
  }
  if (people.length > 0) yield { type: 'people', people };
  return tally;
}

function progress(done: number, expected: number): AuditEvent {
  return { type: 'comparing', done, expected: Math.max(done, expected) };
}
