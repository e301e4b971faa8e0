import { accountFacts } from '#domain/migration/account-facts.ts';
import { decideImport } from '#domain/migration/decide-import.ts';
import { failed, type FlowDecision, logged, succeeded } from '#domain/migration/flow.ts';
import type { ImportRefusal } from '#domain/migration/import-errors.ts';
import { importRecord } from '#domain/migration/import-record.ts';
import { validateImportRecord } from '#domain/migration/validate-import-record.ts';
import type { UserFinding } from '#domain/diagnostics/user-finding.ts';
import { type FlowSession, generatedUserId, type StepNotes } from '#engine/flows/flow-session.ts';

/** The person's legacy row as the only record of an import job without upsert. */
export function importPerson(session: FlowSession, notes: StepNotes): FlowDecision {
  const {
    user,
    recognised,
    findings: mapped,
  } = session.legacyUser ?? { user: null, recognised: null, findings: [] };
  if (user === null || recognised === null) return failed('state.no-legacy-user', '', [], mapped);
  const { record, findings: hashes } = importRecord(user, recognised);
  const { requiresUsername, usernameLength } = session.project.connection;
  const { assumptions } = session;
  const findings = distinct([...mapped, ...hashes]);
  const refusals = validateImportRecord(record, { requiresUsername, usernameLength, assumptions });
  if (refusals.length > 0) return refused(notes, refusals, findings);
  const existing = accountFacts(session.accounts, {
    userId: record.user_id ?? null,
    email: record.email ?? null,
    username: record.username ?? null,
    phoneNumber: record.phone_number ?? null,
  });
  const options = { upsert: false, generatedUserId: generatedUserId(session) };
  const decided = decideImport(record, existing, options, assumptions);
  const all = [...findings, ...decided.findings];
  if (decided.result === 'failed') return refused(notes, decided.refusals, all);
  notes.decisions.push(`The job ends with ${decided.result}: 1`);
  return succeeded([...decided.events, logged('sui', null)], all);
}

function refused(
  notes: StepNotes,
  refusals: readonly ImportRefusal[],
  findings: readonly UserFinding[],
): FlowDecision {
  for (const { error } of refusals) notes.decisions.push(`The job reports ${error.code}: ${error.message}`);
  const first = refusals[0]!;
  // A job with refused records still succeeds as a job.
  return failed(first.cause, first.error.path ?? first.error.code, [logged('sui', null)], findings);
}

function distinct(findings: readonly UserFinding[]): UserFinding[] {
  const seen = new Set<string>();
  return findings.filter(({ code }) => !seen.has(code) && seen.add(code) !== undefined);
}
