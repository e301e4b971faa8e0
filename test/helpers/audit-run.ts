import { join } from 'node:path';
import type { AuditEvent, AuditResult } from '#contract/audit.ts';
import type { startEngine } from '#test/engine.ts';
import { type Finished, toTheEnd } from '#test/to-the-end.ts';

type Request = Parameters<ReturnType<typeof startEngine>['client']['audit']['run']>[0];

export type FinishedAudit = Finished<AuditEvent>;

/** One audit to its end. */
export function runAuditOf(request: Request): Promise<FinishedAudit> {
  return toTheEnd<AuditEvent>((client) => client.audit.run(request));
}

/** The counts of a result in the form that `plantedTruth` has. */
export function countsOf({ legacy, tenant, states, signs, findings, drift, drifting }: AuditResult) {
  return {
    legacy,
    tenant,
    states: Object.fromEntries(
      states.map(({ state, code, users }) => [code === null ? state : `${state} ${code}`, users]),
    ),
    signs: Object.fromEntries(signs.map(({ sign, users }) => [sign, users])),
    findings: Object.fromEntries(findings.map(({ code, users }) => [code, users])),
    drift: Object.fromEntries(drift.map(({ attribute, users }) => [attribute, users])),
    drifting,
  };
}

export function exportTarget(folder: string, ...files: readonly string[]) {
  return { kind: 'export' as const, files: files.map((file) => join(folder, file)) };
}
