import type { Command } from 'commander';
import type { CommandRunner } from '#hosts/cli/command-runner.ts';
import { examples, wholeNumber } from '#hosts/cli/help.ts';
import type { ImportOptions, InTrial, RejectsOptions } from '#hosts/cli/run-jobs.ts';

export function addJobsCommand(program: Command, runner: CommandRunner): void {
  const jobs = program
    .command('jobs')
    .description(
      'take import files into a rehearsed user store, as jobs of the tenant, and read their results',
    )
    .addHelpText(
      'after',
      examples([
        ['userferry jobs import users.json', 'into a new, empty user store'],
        ['userferry jobs list', 'the jobs of the newest trial'],
      ]),
    );
  addImport(jobs, runner);
  addList(jobs, runner);
  addShow(jobs, runner);
  addErrors(jobs, runner);
}

function addImport(jobs: Command, runner: CommandRunner): void {
  jobs
    .command('import')
    .description('send files as import jobs: limits, schema, duplicates and collisions as in the tenant')
    .argument('<files...>', 'JSON files, each an array of users')
    .option('--trial <id>', 'into the user store of this finished trial; a new one is made without')
    .option('--upsert', 'update users whose e-mail address exists')
    .option('--external-id <text>', 'your own name for the jobs')
    .option('--no-completion-email', 'no mail to the owners of the tenant')
    .option('--at-once', 'do not wait for a free place: a third job at a time is refused')
    .option('--allow <count>', 'failed records that are no reason for exit code 1', wholeNumber(0), 0)
    .addHelpText(
      'after',
      examples([
        ['userferry jobs import users.json', 'one file, into an empty user store'],
        ['userferry jobs import import/*.json --upsert --trial ID', 'many, two at a time, simulated'],
      ]),
    )
    .action((files: string[], options: ImportOptions, command: Command) =>
      runner.run(command, async (session) => {
        const { importFiles } = await import('#hosts/cli/run-jobs.ts');
        return importFiles(session, files, options);
      }),
    );
}

function addList(jobs: Command, runner: CommandRunner): void {
  jobs
    .command('list')
    .description('the jobs of a trial, oldest first, also long after the tenant would have forgotten them')
    .option('--trial <id>', 'which trial (default: the newest)')
    .option('--rejects <file>', 'write what is still refused of all jobs as the next import file or files')
    .addHelpText(
      'after',
      examples([
        ['userferry jobs list --trial ID --json', 'for other programs'],
        ['userferry jobs list --rejects next.json', 'refused records of all jobs, to mend and import again'],
      ]),
    )
    .action((options: RejectsOptions, command: Command) =>
      runner.run(command, async (session) => {
        const { listJobs } = await import('#hosts/cli/run-jobs.ts');
        return listJobs(session, options);
      }),
    );
}

function addShow(jobs: Command, runner: CommandRunner): void {
  jobs
    .command('show')
    .description('one job: status, summary and what its records showed')
    .argument('<job>', 'id of the job')
    .option('--trial <id>', 'which trial (default: the newest)')
    .addHelpText(
      'after',
      examples([['userferry jobs show job_0123456789abcdef', 'as the tenant reports it']]),
    )
    .action((job: string, options: InTrial, command: Command) =>
      runner.run(command, async (session) => {
        const { showJob } = await import('#hosts/cli/run-jobs.ts');
        return showJob(session, job, options);
      }),
    );
}

function addErrors(jobs: Command, runner: CommandRunner): void {
  jobs
    .command('errors')
    .description('the refused records of a job, with the codes and messages of the tenant, secrets masked')
    .argument('<job>', 'id of the job')
    .option('--trial <id>', 'which trial (default: the newest)')
    .option('--rejects <file>', 'write these records, hashes and all, as the start of the next import file')
    .addHelpText(
      'after',
      examples([
        ['userferry jobs errors job_0123456789abcdef --json', 'the tenant’s own JSON'],
        ['userferry jobs errors job_0123456789abcdef --rejects fix.json', 'to mend and import again'],
      ]),
    )
    .action((job: string, options: RejectsOptions, command: Command) =>
      runner.run(command, async (session) => {
        const { jobErrors } = await import('#hosts/cli/run-jobs.ts');
        return jobErrors(session, job, options);
      }),
    );
}
