import { relative } from 'node:path';
import type { Report } from '#contract/report.ts';
import type { Progress } from '#contract/trials.ts';
import { confirm } from '#hosts/cli/ask.ts';
import type { Client } from '#hosts/cli/client.ts';
import { EXIT, exitCodeOf } from '#hosts/cli/exit-code.ts';
import { onInterrupt } from '#hosts/cli/interrupt.ts';
import { progressDisplay } from '#hosts/cli/progress-display.ts';
import { writeReportFiles } from '#hosts/cli/report-files.ts';
import type { Answer, Session } from '#hosts/cli/session.ts';
import { troubleOf } from '#hosts/cli/trouble.ts';
import { jsonText, shellWord } from '#reporters/escape.ts';
import { count, duration, users } from '#reporters/numbers.ts';
import { terminalReport } from '#reporters/terminal.ts';

type Cost = Awaited<ReturnType<Client['trials']['cost']>>;
export type TrialRequest = Parameters<Client['trials']['start']>[0];

export interface RunOptions {
  /** Failed users that are no reason for exit code 1. */
  readonly allow: number;
  /** Estimated minutes above which a person is asked first. */
  readonly askAbove: number;
  readonly yes?: boolean;
  readonly personalData?: boolean;
}

/** Shows what a trial costs, asks where it is long, runs it to its end and gives its report. */
export async function runTrial(
  session: Session,
  request: TrialRequest,
  options: RunOptions,
): Promise<Answer> {
  const client = await session.client();
  const cost = await client.trials.cost(request);
  if (session.options.progress === 'json') {
    session.surroundings.stderr.write(`${jsonText({ type: 'cost', ...cost })}\n`);
  }
  session.note(costLine(cost));
  const long = cost.estimatedSeconds > options.askAbove * 60;
  if (long && options.yes !== true && session.mayAsk && !(await confirm(session, 'Start it?'))) {
    return { result: { started: false, cost }, text: 'Nothing was started.\n', exitCode: EXIT.clean };
  }
  const record = await client.trials.start(request);
  return followTrial(session, client, record.id, options);
}

/** What a trial takes, as far as that can be told before it runs: nobody knows how fast scripts answer. */
function costLine({ users: all, scriptRuns, passwordChecks, estimatedSeconds }: Cost): string {
  const work = [
    scriptRuns > 0 ? `${count(scriptRuns)} script runs` : null,
    passwordChecks > 0 ? `${count(passwordChecks)} true password checks` : null,
  ].filter((part) => part !== null);
  const atLeast = scriptRuns > 0 ? 'at least ' : 'about ';
  const unknown = scriptRuns > 0 ? ', more where scripts wait for their database' : '';
  return `${[users(all), ...work].join(', ')}: ${atLeast}${duration(estimatedSeconds)}${unknown}.`;
}

/** Goes on with a trial after its last committed batch. */
export async function resumeTrial(session: Session, trial: string, options: RunOptions): Promise<Answer> {
  const client = await session.client();
  const record = await client.trials.resume({ project: session.project, trial });
  return followTrial(session, client, record.id, options);
}

async function followTrial(
  session: Session,
  client: Client,
  trial: string,
  options: RunOptions,
): Promise<Answer> {
  const { project } = session;
  const display = progressDisplay(session);
  let cancelled = false;
  const release = onInterrupt(
    () => {
      cancelled = true;
      display.end();
      session.note('Stopping; press Ctrl-C again to leave at once.');
      // A failing cancel changes nothing for the watcher below, which sees how the trial ends.
      client.trials.cancel({ project, trial }).catch(() => undefined);
    },
    () => session.leave(),
  );
  let last: Progress | null = null;
  try {
    for await (const progress of await client.trials.watch({ project, trial })) {
      last = progress;
      if (!cancelled) display.show(progress);
    }
  } finally {
    display.end();
    release();
  }
  const report = await client.trials.report({
    project,
    trial,
    allow: options.allow,
    personalData: options.personalData === true,
  });
  return answerOf(session, report, last, cancelled, options);
}

async function answerOf(
  session: Session,
  report: Report,
  last: Progress | null,
  cancelled: boolean,
  options: RunOptions,
): Promise<Answer> {
  const incomplete = report.verdict === 'incomplete';
  const files = await writeFiles(session, report, options.personalData === true);
  const lines = [...files.lines, ...(incomplete ? howToGoOn(session, report, last) : [])];
  const exitCode = cancelled && incomplete ? EXIT.interrupted : exitCodeOf(report.verdict);
  return {
    result: report,
    text: `${terminalReport(report, session.style)}\n${lines.join('\n')}\n`,
    exitCode: files.written ? exitCode : EXIT.failed,
  };
}

/** A report that cannot be written must not hide what the trial found out and kept. */
async function writeFiles(
  session: Session,
  report: Report,
  personalData: boolean,
): Promise<{ readonly written: boolean; readonly lines: readonly string[] }> {
  try {
    const shown = relative(session.surroundings.folder, await writeReportFiles(session.project, report));
    return {
      written: true,
      lines: [personalData ? `Report with personal data: ${shown}` : `Report: ${shown}`],
    };
  } catch (error) {
    const { message, help } = troubleOf(error);
    const again = `userferry report ${report.trial.id} --format html --out FILE${projectOption(session)}`;
    return {
      written: false,
      lines: [
        `The files of the report could not be written: ${message}.${help === undefined ? '' : ` ${help}`}`,
        ...(report.verdict === 'incomplete'
          ? []
          : ['The trial is kept. Write the page elsewhere with:', `  ${again}`]),
      ],
    };
  }
}

function projectOption({ options }: Session): string {
  return options.project === '.' ? '' : ` --project ${shellWord(options.project)}`;
}

/** What was kept of a trial that stopped early, and the exact command that goes on. */
function howToGoOn(session: Session, report: Report, last: Progress | null): readonly string[] {
  const { fault, id } = report.trial;
  const done = report.counts.reduce((sum, phase) => sum + phase.done, 0);
  const why = fault?.message ?? last?.note ?? null;
  return [
    ...(why === null ? [] : [`Stopped: ${why}${fault === null ? '' : ` (${fault.kind})`}.`]),
    ...(fault?.help === undefined ? [] : [fault.help]),
    `Kept: ${users(done)} of trial ${id}. Go on with:`,
    `  userferry trial resume ${id}${projectOption(session)}`,
  ];
}
