import type { AuditEvent, ListedPerson } from '#contract/audit.ts';
import { type AuditRules, classify } from '#domain/audit/classify.ts';
import { comparable } from '#domain/audit/drift.ts';
import { type Filled, type Inputs, REPORT_EVERY_MS } from '#engine/audit/audit-inputs.ts';
import { auditResult, type Unfinished } from '#engine/audit/audit-result.ts';
import { ChangeTally } from '#engine/audit/change-tally.ts';
import { isSelected, listedPerson } from '#engine/audit/listed-person.ts';
import { AuditTally } from '#engine/audit/tally.ts';
import { Fault } from '#engine/fault.ts';
import type { AuditWork } from '#engine/ports/audit-work.ts';
import type { Ports } from '#engine/ports/ports.ts';

/** People between two turns of everybody else. */
const AT_ONCE = 2_000;

/** Everybody once: progress, people where they are asked for, and what they add up to. */
export async function* compareSides(
  ports: Ports,
  inputs: Inputs,
  work: AuditWork,
  filled: Filled,
  signal: AbortSignal,
): AsyncGenerator<AuditEvent, Unfinished, void> {
  const { request, legacyKnows } = inputs;
  const { knowledge } = filled.tenant;
  const compared = knowledge.map((file) => comparable(legacyKnows, file));
  const rules: AuditRules = { ...inputs.rules, files: knowledge, compared };
  const tally = new AuditTally(request.personalData);
  const changes =
    request.since === undefined ? null : new ChangeTally(request.since.kind, filled.since!, tally, work);
  const expected = filled.legacy.users + filled.tenant.counts.users;
  let people: ListedPerson[] = [];
  let done = 0;
  let last = ports.clock.ticks();
  for (const group of work.groups()) {
    const person = classify(group, rules);
    const selected = isSelected(person, request, filled.since);
    tally.add(person, selected);
    changes?.add(person);
    if (selected && request.list) people.push(listedPerson(person, group, request));
    done += 1;
    if (done % AT_ONCE !== 0) continue;
    if (people.length > 0) yield { type: 'people', people };
    people = [];
    if (ports.clock.ticks() - last < REPORT_EVERY_MS) continue;
    last = ports.clock.ticks();
    yield { type: 'comparing', done, expected: Math.max(done, expected) };
    await ports.clock.sleep(0, signal);
    if (signal.aborted) throw new Fault('cancelled', 'the audit was cancelled');
  }
  if (people.length > 0) yield { type: 'people', people };
  return auditResult(ports, inputs, work, filled, { tally, changes, compared });
}
