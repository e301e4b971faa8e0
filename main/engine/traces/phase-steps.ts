import type { TraceStep } from '#contract/traces.ts';
import type { UserFinding, UserOutcome } from '#domain/migration/outcome.ts';
import { NOT_RUN, type ScriptUse } from '#domain/projections/script-uses.ts';
import type { Replica } from '#engine/ports/replica.ts';
import type { RefusedRecord } from '#engine/ports/replica-coverage.ts';
import { facts, step, type TraceFact, traceFinding } from '#engine/traces/step.ts';

const TITLES: Readonly<Record<ScriptUse['scenario'], string>> = {
  'existing-user': 'get_user for this user',
  'right-password': 'login with the right password',
  'wrong-password': 'login with a wrong password',
  record: 'Import',
};

/** Outcomes that are as they should be. */
const GOOD: Readonly<Record<ScriptUse['scenario'], readonly string[]>> = {
  'existing-user': ['profile'],
  'right-password': ['profile'],
  'wrong-password': ['refused'],
  record: ['inserted', 'updated'],
};

/** What one phase of the trial did with the person, and what came of it. */
export function phaseSteps(replica: Replica, outcome: UserOutcome): TraceStep[] {
  const { phase } = outcome;
  const uses = replica.evidenceOf(phase, outcome.key)?.uses ?? [];
  const left = [...outcome.findings];
  const steps = uses.map((use) =>
    use.script === 'import' ? importStep(replica, outcome, use) : scriptStep(outcome, use, left),
  );
  return [
    ...steps,
    step('outcome', phase === 'lazy' ? 'Outcome of the lazy migration' : 'Outcome of the bulk import', {
      phase,
      status: outcome.status,
      facts: facts([
        ['cause', outcome.cause],
        ['state', outcome.state],
        ['script time', phase === 'bulk' ? null : `${Math.round(outcome.ms)} ms`],
      ]),
      findings: left.map(traceFinding),
    }),
  ];
}

/** Findings that name the script belong to its first run that happened; the rest is about the outcome. */
function scriptStep(outcome: UserOutcome, use: ScriptUse, left: UserFinding[]): TraceStep {
  const ran = use.outcome !== NOT_RUN;
  const own = ran && use.scenario !== 'wrong-password' ? left.filter((one) => isAbout(one, use.script)) : [];
  for (const one of own) left.splice(left.indexOf(one), 1);
  const good = GOOD[use.scenario].includes(use.outcome);
  return step('script', TITLES[use.scenario], {
    phase: outcome.phase,
    status: ran ? (good ? 'ok' : 'failed') : 'skipped',
    facts: facts([['ended', use.outcome]]),
    findings: own.map(traceFinding),
  });
}

function isAbout({ code, detail }: UserFinding, script: string): boolean {
  return /^(script|egress)\./.test(code) && (detail === script || detail.startsWith(`${script}:`));
}

function importStep(replica: Replica, outcome: UserOutcome, { outcome: result }: ScriptUse): TraceStep {
  const refused = replica.refusalsOf(outcome.position);
  const place = result === 'kept-out' ? [] : refused[0] === undefined ? jobOf(replica, outcome.position) : [];
  return step('import', `Import: ${result}`, {
    phase: outcome.phase,
    status: GOOD.record.includes(result) ? 'ok' : 'failed',
    facts: [...place, ...refused.flatMap(refusalFacts)],
  });
}

function refusalFacts({ jobId, file, index, errors }: RefusedRecord): TraceFact[] {
  return [
    { name: 'job', value: jobId },
    { name: 'file', value: `${file}, record ${index + 1}` },
    ...errors.map(({ code, message }) => ({ name: code, value: message })),
  ];
}

/** The job that took the record: files were filled in the users' order, so that counting tells which. */
function jobOf(replica: Replica, position: number): TraceFact[] {
  let before = replica.importedBefore(position);
  for (const job of replica.jobs()) {
    if (job.findings !== undefined || job.summary === null) continue;
    if (before < job.summary.total) {
      return facts([
        ['job', job.id],
        ['file', `${job.file}, record ${before + 1}`],
      ]);
    }
    before -= job.summary.total;
  }
  return [];
}
