import { AUDIT_VERSION, type AuditResult } from '#contract/audit.ts';
import { AUDIT_ATTRIBUTES } from '#domain/audit/audit-user.ts';
import type { Filled, Inputs } from '#engine/audit/audit-inputs.ts';
import { assertAuditBalanced } from '#engine/audit/balance.ts';
import { caveatsOf } from '#engine/audit/caveats.ts';
import type { PeopleTally } from '#domain/audit/people-tally.ts';
import { toldOf, usersIn } from '#engine/audit/tally.ts';
import type { AuditWork } from '#engine/ports/audit-work.ts';
import type { Ports } from '#engine/ports/ports.ts';

/** A result before it is known how long it took. */
export type Unfinished = Omit<AuditResult, 'generatedAt' | 'milliseconds'>;

export interface Counted {
  readonly tally: PeopleTally;
  readonly changes: AuditResult['changes'];
  readonly compared: readonly (readonly number[])[];
}

/** The counts as the contract has them. Throws where they do not add up. */
export function auditResult(
  ports: Ports,
  inputs: Inputs,
  work: AuditWork,
  filled: Filled,
  counted: Counted,
): Unfinished {
  const { request, project, rules, legacyKnows } = inputs;
  const { tally, changes } = counted;
  const { legacy, tenant } = filled;
  const { importHistory, cutover } = rules;
  const indexes = AUDIT_ATTRIBUTES.map((_name, index) => index).filter((index) =>
    counted.compared.some((one) => one.includes(index)),
  );
  const told = toldOf(tally, request.personalData);
  const totals = {
    legacy,
    tenant: { ...tenant.counts, repeated: work.repeated(), matched: tally.matched },
    states: told.states,
    signs: told.signs,
    months: told.months,
  };
  assertAuditBalanced(totals);
  const open = legacy.rows - usersIn(tally, 'migrated');
  const { against } = request;
  return {
    version: AUDIT_VERSION,
    project: project.settings.name,
    versions: { userferry: ports.versions.userferry, node: ports.versions.node },
    against: {
      kind: against.kind,
      trial: against.kind === 'trial' ? against.trial : null,
      connection:
        against.kind === 'export' ? (against.connection ?? project.connection.name) : project.connection.name,
      files: tenant.files.map(({ knowledge: _knowledge, ...file }) => file),
    },
    importSince: typeof importHistory === 'string' ? importHistory : importHistory.since,
    cutover,
    ...totals,
    findings: told.findings,
    drift: told.drift,
    drifting: tally.drifting,
    compared: indexes.map((index) => AUDIT_ATTRIBUTES[index]!),
    caveats: [
      ...caveatsOf({ ...totals, against: against.kind, importHistory, legacyKnows, compared: indexes }),
    ],
    broken: tenant.broken.map(({ file, line, reason }) => ({
      file: tenant.files[file]?.path ?? '',
      line,
      reason,
    })),
    selected: tally.selected,
    changes,
    personalData: request.personalData ? 'shown' : 'masked',
    verdict: open > request.allow ? 'findings' : 'clean',
  };
}
