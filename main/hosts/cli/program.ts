import { Command, Option } from 'commander';
import { type CommandRunner, createCommandRunner } from '#hosts/cli/command-runner.ts';
import { addAssumptionsCommand } from '#hosts/cli/commands/assumptions.ts';
import { addAuditCommand } from '#hosts/cli/commands/audit.ts';
import { addCheckCommand } from '#hosts/cli/commands/check.ts';
import { addCompletionCommand } from '#hosts/cli/commands/completion.ts';
import { addCoverageCommand } from '#hosts/cli/commands/coverage.ts';
import { addDemoCommand } from '#hosts/cli/commands/demo.ts';
import { addExplainCommand } from '#hosts/cli/commands/explain.ts';
import { addFlowCommand } from '#hosts/cli/commands/flow.ts';
import { addExportCommand } from '#hosts/cli/commands/export.ts';
import { addHashCommand } from '#hosts/cli/commands/hash.ts';
import { addInitCommand } from '#hosts/cli/commands/init.ts';
import { addJobsCommand } from '#hosts/cli/commands/jobs.ts';
import { addLegacyCommand } from '#hosts/cli/commands/legacy.ts';
import { addLintCommand } from '#hosts/cli/commands/lint.ts';
import { addModulesCommand } from '#hosts/cli/commands/modules.ts';
import { addPlanCommand } from '#hosts/cli/commands/plan.ts';
import { addPipelineCommand } from '#hosts/cli/commands/pipeline.ts';
import { addReportCommand } from '#hosts/cli/commands/report.ts';
import { addServeCommand } from '#hosts/cli/commands/serve.ts';
import { addTraceCommand } from '#hosts/cli/commands/trace.ts';
import { addTrialCommand } from '#hosts/cli/commands/trial.ts';
import { addTrialsCommand } from '#hosts/cli/commands/trials.ts';
import { addTryCommand } from '#hosts/cli/commands/try.ts';
import { addVerifyCommand } from '#hosts/cli/commands/verify.ts';
import { addVersionCommand } from '#hosts/cli/commands/version.ts';
import { examples } from '#hosts/cli/help.ts';
import { type Surroundings, wantsColour } from '#hosts/cli/surroundings.ts';
import { printable } from '#reporters/escape.ts';

const AFTER_HELP = `
Exit codes:
  0    clean
  1    findings: more failed users or errors than --allow lets pass
  2    the tool could not do its work, or was used wrongly
  130  stopped by Ctrl-C

With --json one document is written to the standard output:
  {"version": 1, "command": "check", "exitCode": 0, "result": …}
or, on trouble, instead of "result":
  "error": {"kind", "message", "where", "doing", "help", "retryable"}
`;

/** The whole command line: names, options and help. The work of a command is loaded when it runs. */
export function createProgram(surroundings: Surroundings): { program: Command; runner: CommandRunner } {
  const runner = createCommandRunner(surroundings);
  const program = new Command('userferry');
  program
    .description(
      'Rehearse a user migration to Auth0, offline: scripts, bulk import, lazy migration, reports.',
    )
    .exitOverride()
    .configureOutput({
      writeOut: (text) => surroundings.stdout.write(printable(text)),
      writeErr: (text) => surroundings.stderr.write(printable(text)),
      getOutHelpWidth: () => surroundings.stdout.columns || 100,
      getErrHelpWidth: () => surroundings.stderr.columns || 100,
      getOutHasColors: () => wantsColour(surroundings.stdout, surroundings.env, {}),
      getErrHasColors: () => wantsColour(surroundings.stderr, surroundings.env, {}),
      outputError: (text, write) => write(text.replace(/^error: /, 'userferry: ')),
    })
    .showHelpAfterError('  go on   Add --help to the command to see what it takes.')
    .showSuggestionAfterError()
    .configureHelp({
      showGlobalOptions: true,
      subcommandTerm: (command) => `${command.name()} ${command.usage()}`.trim(),
    })
    .version(surroundings.version, '-V, --version', 'print the version')
    .option('-p, --project <folder>', 'the project folder', '.')
    .option('--json', 'write one JSON document instead of text')
    .addOption(
      new Option('--progress <how>', 'progress on the error output; json: one object per line')
        .choices(['auto', 'json', 'none'])
        .default('auto'),
    )
    .option('--no-input', 'never ask a question')
    .option('--no-color', 'no colours; the variable NO_COLOR does the same')
    .option('-q, --quiet', 'nothing beside the result')
    .option('--debug', 'with trouble, print where in the program it came from')
    .addHelpText('after', AFTER_HELP)
    .addHelpText(
      'after',
      examples([
        ['userferry demo', 'see it at work on made-up users'],
        ['userferry init acme --from postgresql', 'start a project'],
        ['userferry check -p acme', 'find out what is missing'],
        ['userferry trial lazy -p acme --depth profiles --limit 1000', 'a first rehearsal'],
      ]),
    );
  for (const add of [
    addInitCommand,
    addLegacyCommand,
    addCheckCommand,
    addHashCommand,
    addTrialCommand,
    addTrialsCommand,
    addReportCommand,
    addCoverageCommand,
    addTraceCommand,
    addPlanCommand,
    addAuditCommand,
    addTryCommand,
    addExportCommand,
    addVerifyCommand,
    addFlowCommand,
    addPipelineCommand,
    addJobsCommand,
    addLintCommand,
    addExplainCommand,
    addAssumptionsCommand,
    addModulesCommand,
    addDemoCommand,
    addServeCommand,
    addCompletionCommand,
    addVersionCommand,
  ]) {
    add(program, runner);
  }
  return { program, runner };
}
