import type { Command } from 'commander';
import type { CommandRunner } from '#hosts/cli/command-runner.ts';
import type { HashOptions } from '#hosts/cli/hash-input.ts';
import { examples, wholeNumber } from '#hosts/cli/help.ts';

const ABOUT = `
What is not taken from the project is asked for without being shown, or read from the standard
input with the --…-stdin options: one line each, in the order password, stored value, salt, pepper.
A samples file is a CSV with the columns password,stored and, where there are any, salt,username,email;
nobody but you should be able to read it (mode 0600). No password, hash, salt or pepper is ever printed.

Exit code 0: one computation was found, and the import can express it. 1: it cannot, none fits, or
several do; with --formats, more users than --allow cannot be imported with their password.
`;

export function addHashCommand(program: Command, runner: CommandRunner): void {
  program
    .command('hash')
    .description('find the exact custom_password_hash for stored passwords, proved on a known password')
    .option('--identifier <who>', 'a legacy user by e-mail address or username: the row gives hash and salt')
    .option('--key <key>', 'a legacy user by key, as reports name it')
    .option('--credentials', 'all test accounts of the project, one answer for each format')
    .option('--samples <file>', 'several known accounts in a CSV file')
    .option('--formats', 'the formats of all legacy users and what can be done with each; needs no password')
    .option('--password-stdin', 'read the password from the standard input')
    .option('--stored-stdin', 'read the stored value from the standard input')
    .option('--salt-stdin', 'read the salt from the standard input')
    .option('--pepper-stdin', 'read a secret of the legacy application from the standard input')
    .option('--pepper', 'ask for a secret of the legacy application that may be mixed in')
    .option('--username <name>', 'username of the sample, where the computation may use it')
    .option('--email <address>', 'e-mail address of the sample, where the computation may use it')
    .option('--time-limit <seconds>', 'give up after this time (default: 120)', wholeNumber(1, 3600))
    .option('--allow <count>', '--formats: users without an importable hash that are fine', wholeNumber(0), 0)
    .addHelpText('after', ABOUT)
    .addHelpText(
      'after',
      examples([
        ['userferry hash', 'asks for password, stored value and salt'],
        ['userferry hash --identifier mary@example.com', 'asks for the password only'],
        ['userferry hash --credentials', 'every format that the test accounts have'],
        ['userferry hash --samples known.csv --pepper', 'several accounts and a pepper'],
        ['userferry hash --formats', 'an inventory of all stored hashes'],
      ]),
    )
    .action((options: HashOptions, command: Command) =>
      runner.run(command, async (session) => {
        const { runHash } = await import('#hosts/cli/run-hash.ts');
        return runHash(session, options);
      }),
    );
}
