import type { TraceStep } from '#contract/traces.ts';
import type { Account } from '#domain/migration/account.ts';
import { importRecord } from '#domain/migration/import-record.ts';
import { previewUser } from '#engine/legacy/preview-user.ts';
import { facts, noted, step, type TraceFinding, traceFinding } from '#engine/traces/step.ts';
import type { Subject, TraceContext } from '#engine/traces/subject.ts';
import type { PreparedUser } from '#engine/trials/prepare-user.ts';

/** The row as it is now, what is read out of it, and whether the trial read the same. */
export function legacySteps(context: TraceContext, subject: Subject): TraceStep[] {
  const { project, assumptions, request } = context;
  const { live, outcomes } = subject;
  const place = facts([
    ['key', subject.key.join('/')],
    ['id', subject.legacyId],
    ['position in the trial', outcomes[0] === undefined ? null : String(outcomes[0].position)],
  ]);
  if (live === null) return [step('legacy-row', 'Legacy row, as the trial knew it', { facts: place })];
  const findings = changes(context, subject, live);
  if (live.record.kind === 'unreadable') {
    const unreadable = live.findings.map(traceFinding);
    return [step('legacy-row', 'Legacy row that cannot be read', { facts: place, findings: unreadable })];
  }
  const preview = previewUser(live.record.row, project.settings.fields, {
    connection: project.connection,
    assumptions,
    personalData: request.personalData,
  });
  const named = preview.values.filter(({ attribute }) => attribute !== 'id');
  return [
    step('legacy-row', 'Legacy row', {
      facts: [...place, ...named.map(({ attribute, value }) => ({ name: attribute, value }))],
      findings,
    }),
    step('mapping', live.user === null ? 'Mapping gives no user' : 'Mapping', {
      status: live.user === null ? 'failed' : 'ok',
      facts: facts([
        ['hash format', live.cohorts.hashFormat],
        ['last login', live.cohorts.lastLogin],
        ['e-mail domain', live.cohorts.emailDomain],
      ]),
      findings: live.findings.map(traceFinding),
    }),
  ];
}

function changes({ replica }: TraceContext, subject: Subject, live: PreparedUser): TraceFinding[] {
  const [outcome] = subject.outcomes;
  if (replica === null || outcome === undefined) return [];
  const mark = replica.evidenceOf(outcome.phase, outcome.key)?.mark ?? null;
  const account = subject.legacyId === null ? null : replica.byUserId(subject.legacyId);
  return [
    ...(mark === null || live.mark === null ? [noted('trace.mark-missing')] : []),
    ...(mark !== null && live.mark !== null && mark !== live.mark ? [noted('trace.row-changed')] : []),
    ...(account !== null && hashDiffers(account, live) ? [noted('trace.password-changed')] : []),
  ];
}

/** Only imported hashes can be compared: of users who migrated at a login the legacy hash was never kept. */
function hashDiffers({ credential }: Account, { user, recognised }: PreparedUser): boolean {
  if (user === null || recognised === null) return false;
  const { record } = importRecord(user, recognised);
  switch (credential.kind) {
    case 'imported-bcrypt':
      return record.password_hash?.reveal() !== credential.hash.reveal();
    case 'imported-custom':
      return record.custom_password_hash?.hash.value.reveal() !== credential.hash.hash.value.reveal();
    default:
      return false;
  }
}
