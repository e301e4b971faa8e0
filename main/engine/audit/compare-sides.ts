import type { AuditEvent } from '#contract/audit.ts';
import { comparable } from '#domain/audit/drift.ts';
import type { Filled, Inputs } from '#engine/audit/audit-inputs.ts';
import { auditResult, type Unfinished } from '#engine/audit/audit-result.ts';
import { ChangeTally } from '#engine/audit/change-tally.ts';
import { type Comparison, countPeople, walkPeople } from '#engine/audit/every-person.ts';
import { selectionOf } from '#engine/audit/listed-person.ts';
import type { AuditWork } from '#engine/ports/audit-work.ts';
import type { Ports } from '#engine/ports/ports.ts';

/** Everybody once: progress, people where they are asked for, and what they add up to. */
export async function* compareSides(
  ports: Ports,
  inputs: Inputs,
  work: AuditWork,
  filled: Filled,
  signal: AbortSignal,
): AsyncGenerator<AuditEvent, Unfinished, void> {
  const { request, legacyKnows } = inputs;
  const { knowledge, counts } = filled.tenant;
  const compared = knowledge.map((file) => comparable(legacyKnows, file));
  const { since, personalData } = request;
  const changes = since === undefined ? null : new ChangeTally(since.kind, filled.since!, personalData, work);
  const comparison: Comparison = {
    request,
    work,
    rules: { ...inputs.rules, files: knowledge, compared },
    selection: selectionOf(request, filled.since),
    changes,
    expected: filled.legacy.users + counts.users,
  };
  // Where nobody asks for the people themselves they can be counted wherever they are.
  const everybody = request.list || changes !== null ? walkPeople : countPeople;
  const tally = yield* everybody(ports.clock, comparison, signal);
  return auditResult(ports, inputs, work, filled, { tally, changes, compared });
}
