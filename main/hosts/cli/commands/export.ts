import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { CommandRunner } from '#hosts/cli/command-runner.ts';
import { EXIT } from '#hosts/cli/exit-code.ts';
import { examples, wholeNumber } from '#hosts/cli/help.ts';

const FORMATS = [
  'deploy-directory',
  'deploy-yaml',
  'terraform',
  'management-api',
  'import-files',
  'end-of-migration',
] as const;

interface ExportOptions {
  readonly format: (typeof FORMATS)[number];
  readonly trials?: readonly string[];
  readonly out: string;
  readonly allow: number;
  readonly allowUnvalidated?: boolean;
  readonly acceptRandomPasswords?: boolean;
  readonly current?: string;
  readonly sign?: string;
  readonly force?: boolean;
}

export function addExportCommand(program: Command, runner: CommandRunner): void {
  program
    .command('export')
    .description('write scripts, settings or import files for a tenant, with a proof of what was rehearsed')
    .addOption(
      new Option('-f, --format <format>', 'what is to read the export')
        .choices(FORMATS)
        .makeOptionMandatory(),
    )
    .option('-t, --trials <ids...>', 'trials that stand for it, by id')
    .requiredOption('-o, --out <folder>', 'the folder to make')
    .option(
      '--allow <count>',
      'failed users that do not keep a trial from standing for it',
      wholeNumber(0),
      0,
    )
    .option('--allow-unvalidated', 'export scripts that no named trial passed; they are labelled')
    .option('--accept-random-passwords', 'import-files: users without a hash have to reset their password')
    .option('--current <file>', 'management-api: the connection as GET answers it, to merge with')
    .option('--sign <file>', 'sign the proof with this Ed25519 private key (PEM)')
    .option('--force', 'replace a previous export in that folder')
    .addHelpText(
      'after',
      examples([
        [
          'userferry export -f deploy-directory -t 20261124-064012-1a2b -o release',
          'for the Auth0 Deploy CLI',
        ],
        [
          'userferry export -f import-files -t 20261124-065530-77c0 -o upload --allow 12',
          'to upload as import jobs',
        ],
        ['userferry verify release', 'whether anybody changed it since'],
      ]),
    )
    .action((options: ExportOptions, command: Command) =>
      runner.run(command, async (session) => {
        const { exportText } = await import('#reporters/terminal/export.ts');
        const client = await session.client();
        const path = (given: string) => resolve(session.surroundings.folder, given);
        const { format, allow } = options;
        const result = await client.exports.create({
          project: session.project,
          format,
          trials: [...(options.trials ?? [])].flatMap((ids) => ids.split(',').filter(Boolean)),
          out: path(options.out),
          allow,
          allowUnvalidated: options.allowUnvalidated === true,
          acceptRandomPasswords: options.acceptRandomPasswords === true,
          force: options.force === true,
          ...(options.current === undefined ? {} : { current: path(options.current) }),
          ...(options.sign === undefined ? {} : { sign: path(options.sign) }),
        });
        return {
          result,
          text: exportText({ ...result, folder: options.out }, session.style),
          exitCode: result.written ? EXIT.clean : EXIT.findings,
        };
      }),
    );
}
