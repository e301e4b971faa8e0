import { join } from 'node:path';
import type { AuditEvent, AuditResult, ListedPerson } from '#contract/audit.ts';
import { startEngine } from '#test/engine.ts';

type Request = Parameters<ReturnType<typeof startEngine>['client']['audit']['run']>[0];

export interface FinishedAudit {
  readonly result: AuditResult;
  readonly people: readonly ListedPerson[];
  readonly events: readonly AuditEvent['type'][];
}

/** One audit to its end, through the same calls as every host. */
export async function runAuditOf(request: Request): Promise<FinishedAudit> {
  const engine = startEngine();
  const people: ListedPerson[] = [];
  const events: AuditEvent['type'][] = [];
  let result: AuditResult | null = null;
  try {
    for await (const event of await engine.client.audit.run(request)) {
      events.push(event.type);
      if (event.type === 'people') people.push(...event.people);
      if (event.type === 'result') result = event.result;
    }
  } finally {
    await engine.close();
  }
  if (engine.bugs.length > 0) throw engine.bugs[0];
  if (result === null) throw new Error('the audit ended without a result');
  return { result, people, events };
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
