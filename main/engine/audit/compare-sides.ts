import type { AuditEvent } from '#contract/audit.ts';
import { comparable } from '#domain/audit/drift.ts';
import type { ReadSides } from '#engine/audit/audit-desk.ts';
import type { Inputs } from '#engine/audit/audit-inputs.ts';
import { auditResult, type Unfinished } from '#engine/audit/audit-result.ts';
import { ChangeTally } from '#engine/audit/change-tally.ts';
import { type Comparison, countPeople, walkPeople } from '#engine/audit/every-person.ts';
import { selectionOf } from '#engine/audit/listed-person.ts';
import type { Ports } from '#engine/ports/ports.ts';

/** Everybody once: progress, people where they are asked for, and what they add up to. */
export async function* compareSides(
  ports: Ports,
  inputs: Inputs,
  { work, filled, changes: known }: ReadSides,
  signal: AbortSignal,
): AsyncGenerator<AuditEvent, Unfinished, void> {
  const { request, legacyKnows } = inputs;
  const { knowledge, counts } = filled.tenant;
  const compared = knowledge.map((file) => comparable(legacyKnows, file));
  const { since, personalData } = request;
  const isNew = since !== undefined && known === undefined;
  const changes = isNew ? new ChangeTally(since.kind, filled.since!, personalData, work) : null;
  const comparison: Comparison = {
    request,
    work,
    rules: { ...inputs.rules, files: knowledge, compared },
    selection: selectionOf(request, filled.since),
    changes,
    expected: filled.legacy.users + counts.users,
  };
  // Where nobody asks for the people themselves they can be counted wherever they are.
  const alone = !request.list && changes === null && request.sides === 'read';
  const everybody = alone ? countPeople : walkPeople;
  const tally = yield* everybody(ports.clock, comparison, signal);
  const told = changes?.result() ?? known ?? null;
  return auditResult(ports, inputs, work, filled, { tally, changes: told, compared });
}
