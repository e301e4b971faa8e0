import type { Report } from '#contract/report.ts';
import { count, percent, users } from '#reporters/numbers.ts';
import { PHASE_OK, PHASE_TITLES, type PhaseName } from '#reporters/wording.ts';

type PhaseCounts = Report['counts'][number];

/** The answer in one sentence per phase: what a manager reads and nothing else. */
export function headline(report: Report): readonly string[] {
  if (report.counts.length === 0) {
    return [report.jobs === null ? 'The trial stopped before its first user.' : jobsSentence(report.jobs)];
  }
  const several = report.counts.length > 1;
  return report.counts.map((phase) => {
    const sentence = phaseSentence(phase);
    return several ? `${PHASE_TITLES[phase.phase]}: ${sentence}` : sentence;
  });
}

function jobsSentence({ jobs, inserted, updated, failed }: NonNullable<Report['jobs']>): string {
  const what = jobs === 1 ? 'One import job of a file' : `${count(jobs)} import jobs of files`;
  return `${what} from elsewhere: ${count(inserted)} inserted, ${count(updated)} updated, ${count(failed)} refused.`;
}

function phaseSentence(phase: PhaseCounts): string {
  const { expected, done, ok, failed, skipped } = phase;
  if (expected === 0) return 'no user takes part.';
  const rest = [
    failed > 0 ? `${count(failed)} ${failed === 1 ? 'fails' : 'fail'}` : null,
    skipped > 0 ? `${count(skipped)} ${skipped === 1 ? 'was' : 'were'} skipped` : null,
  ].filter((part) => part !== null);
  const tail = rest.length === 0 ? '.' : `; ${rest.join(' and ')}.`;
  if (done < expected) {
    return done === 0
      ? `none of ${users(expected)} was tried yet.`
      : `${count(done)} of ${users(expected)} tried so far; ${count(ok)} of them (${percent(ok, done)}) ${PHASE_OK[phase.phase]}${tail}`;
  }
  return `${count(ok)} of ${users(expected)} (${percent(ok, expected)}) ${PHASE_OK[phase.phase]}${tail}`;
}

/** What the answer does not say by itself and a reader must know before trusting it. */
export function caveats(report: Report): readonly string[] {
  const found: string[] = [];
  const { trial, passwordChecks } = report;
  if (report.verdict === 'incomplete') {
    found.push(`The trial is ${trial.status}: the numbers cover only the users done so far.`);
  }
  if (passwordChecks.assumed > 0) {
    found.push(
      passwordChecks.truly > 0
        ? `${count(passwordChecks.assumed)} password checks were assumed to give the right answer, ${count(passwordChecks.truly)} were really computed. An assumed check proves nothing about a password.`
        : `All ${count(passwordChecks.assumed)} password checks were assumed to give the right answer. That proves the scripts and profiles, not the passwords.`,
    );
  }
  const { filter } = trial.options;
  if (filter.limit !== undefined || filter.where !== undefined || filter.only !== undefined) {
    found.push(`Only a selection of the ${users(trial.inputs.legacyRows)} in the legacy store took part.`);
  }
  return found;
}

export function remaining(phase: PhaseCounts): number {
  return phase.expected - phase.done;
}

export function totalSeconds(report: Report): number {
  return report.counts.reduce((sum, phase) => sum + phase.seconds, 0);
}

export function countsOf(report: Report, phase: PhaseName): PhaseCounts | undefined {
  return report.counts.find((counts) => counts.phase === phase);
}
