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
  const phases = report.counts.map((phase) => {
    const sentence = phaseSentence(phase);
    return several ? `${PHASE_TITLES[phase.phase]}: ${sentence}` : sentence;
  });
  const together = several ? togetherSentence(report) : null;
  return together === null ? phases : [together, ...phases];
}

/** States in which a user could not log in, or would be looked for in the legacy store again. */
const LEFT_BEHIND: ReadonlySet<string> = new Set(['legacy-only', 'shadow', 'partial', 'deleted']);

/** Where everybody stands after the last phase of a finished mixed trial; null before that. */
function togetherSentence(report: Report): string | null {
  const last = report.counts.at(-1);
  if (last === undefined || report.counts.some((phase) => !phase.finished)) return null;
  const states = report.coverage.find(({ by, phase }) => by === 'state' && phase === last.phase);
  if (states === undefined || states.rows.length === 0) return null;
  const total = states.rows.reduce((sum, row) => sum + row.total, 0);
  const left = states.rows
    .filter(({ value }) => LEFT_BEHIND.has(value))
    .reduce((sum, row) => sum + row.total, 0);
  const across = total - left;
  return `After both phases ${count(across)} of ${users(total)} (${percent(across, total)}) are in the user store; ${
    left === 0 ? 'nobody is' : left === 1 ? '1 user is' : `${users(left)} are`
  } left behind.`;
}

function jobsSentence({ jobs, inserted, updated, failed }: NonNullable<Report['jobs']>): string {
  const what = jobs === 1 ? 'One import job of a file' : `${count(jobs)} import jobs of files`;
  return `${what} from elsewhere: ${count(inserted)} inserted, ${count(updated)} updated, ${count(failed)} refused.`;
}

/** What became of the users of one phase, in one sentence without its name. */
export function phaseSentence(phase: PhaseCounts): string {
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
  const clashing = report.clashes.reduce((sum, clash) => sum + clash.users, 0);
  if (clashing > 0) {
    const [first, second] = report.counts;
    found.push(
      `${count(clashing)} of the failures of the second phase (${PHASE_TITLES[second!.phase].toLowerCase()}) are clashes with what the first (${PHASE_TITLES[first!.phase].toLowerCase()}) made. Many of these people are across already.`,
    );
  }
  if (passwordChecks.assumed > 0) {
    found.push(
      passwordChecks.truly > 0
        ? `${count(passwordChecks.assumed)} password checks were answered by the rehearsal, ${count(passwordChecks.truly)} were really computed. An assumed check proves nothing about a password.`
        : `All ${count(passwordChecks.assumed)} password checks were answered by the rehearsal. That proves the scripts and profiles, not the passwords.`,
    );
  }
  if (report.pipeline !== undefined) {
    const { mode, endOfLife } = report.pipeline;
    found.push(
      endOfLife ??
        `The Actions of the project ran after each login (--pipeline ${mode}), and are compared with a login under import off.`,
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
