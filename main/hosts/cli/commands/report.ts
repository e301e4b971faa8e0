import { relative, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { Report } from '#contract/report.ts';
import type { CommandRunner } from '#hosts/cli/command-runner.ts';
import { EXIT, exitCodeOf } from '#hosts/cli/exit-code.ts';
import { examples, wholeNumber } from '#hosts/cli/help.ts';
import type { Session } from '#hosts/cli/session.ts';

const FORMATS = ['text', 'html', 'json', 'junit', 'csv'] as const;

interface ReportOptions {
  readonly format: (typeof FORMATS)[number];
  readonly out?: string;
  readonly allow: number;
  readonly personalData?: boolean;
}

export function addReportCommand(program: Command, runner: CommandRunner): void {
  program
    .command('report')
    .description('the report of a trial, in the format that is needed')
    .argument('[trial]', 'id of the trial; the newest one otherwise')
    .addOption(
      new Option('-f, --format <format>', 'text, html, json, junit or csv').choices(FORMATS).default('text'),
    )
    .option('-o, --out <file>', 'write it to this file instead of the standard output')
    .option('--allow <count>', 'failed users that are no reason for exit code 1', wholeNumber(0), 0)
    .option('--personal-data', 'name sample users by e-mail or username')
    .addHelpText(
      'after',
      examples([
        ['userferry report', 'the newest trial, for this terminal'],
        ['userferry report -f html -o report.html', 'one page to pass on'],
        ['userferry report -f junit -o userferry.xml', 'for a build server'],
      ]),
    )
    .action((trial: string | undefined, options: ReportOptions, command: Command) =>
      runner.run(command, async (session) => {
        const client = await session.client();
        const { trialNamed } = await import('#hosts/cli/newest-trial.ts');
        const id = await trialNamed(session, trial);
        const { allow } = options;
        const personalData = options.personalData === true;
        const report = await client.trials.report({
          project: session.project,
          trial: id,
          allow,
          personalData,
        });
        // An unfinished trial has a report like any other; only whoever ran it is told that it failed.
        const exitCode = report.verdict === 'incomplete' ? EXIT.findings : exitCodeOf(report.verdict);
        const text = await formatted(report, options.format, session);
        if (options.out === undefined) return { result: report, text, exitCode };
        const { writeWhole } = await import('#hosts/cli/report-files.ts');
        const path = resolve(session.surroundings.folder, options.out);
        await writeWhole(path, text);
        return { result: report, text: `Wrote ${relative(session.surroundings.folder, path)}.\n`, exitCode };
      }),
    );
}

async function formatted(report: Report, format: ReportOptions['format'], session: Session): Promise<string> {
  switch (format) {
    case 'text':
      return (await import('#reporters/terminal.ts')).terminalReport(report, session.style);
    case 'html':
      return (await import('#reporters/html.ts')).htmlReport(report);
    case 'json':
      return (await import('#reporters/json.ts')).jsonReport(report);
    case 'junit':
      return (await import('#reporters/junit.ts')).junitReport(report);
    case 'csv':
      return (await import('#reporters/csv.ts')).findingsCsv(report);
    default:
      return format satisfies never;
  }
}
