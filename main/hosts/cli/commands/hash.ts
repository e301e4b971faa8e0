import type { Command } from 'commander';
import type { CommandRunner } from '#hosts/cli/command-runner.ts';
import { EXIT } from '#hosts/cli/exit-code.ts';
import { examples, wholeNumber } from '#hosts/cli/help.ts';
import type { SearchOptions } from '#hosts/cli/search-source.ts';

export function addHashCommand(program: Command, runner: CommandRunner): void {
  const hash = program
    .command('hash')
    .description('what the stored password hashes are, and whether the target can import them')
    .addHelpText(
      'after',
      examples([
        ['userferry hash formats', 'all users, by format'],
        ['userferry hash search --user mary@example.com', 'prove the computation with a known password'],
      ]),
    );
  addFormats(hash, runner);
  addSearch(hash, runner);
}

function addFormats(hash: Command, runner: CommandRunner): void {
  hash
    .command('formats')
    .description('recognise the stored hash of every user; runs no script and checks no password')
    .addHelpText('after', examples([['userferry hash formats --json', 'for other programs']]))
    .action((_options: unknown, command: Command) =>
      runner.run(command, async (session) => {
        const { formatsText } = await import('#reporters/terminal/hashes.ts');
        const { followPasswords } = await import('#hosts/cli/follow-passwords.ts');
        const client = await session.client();
        const result = await followPasswords(session, (signal) =>
          client.passwords.formats({ project: session.project }, { signal }),
        );
        return { result, text: formatsText(result, session.style), exitCode: EXIT.clean };
      }),
    );
}

function addSearch(hash: Command, runner: CommandRunner): void {
  hash
    .command('search')
    .description('find the computation behind stored hashes whose passwords are known')
    .option(
      '--user <identifier>',
      'one user of the legacy store, by e-mail address or username; asks for the password',
    )
    .option('--key <key>', 'one user of the legacy store, by its key, as reports name it')
    .option('--password-stdin', 'read the password from the first line of the standard input')
    .option('--credentials', 'all test accounts of the project')
    .option(
      '--samples <file>',
      'CSV with the columns password, stored and, where needed, salt, username, email',
    )
    .option('--pepper-env <name>', 'environment variable with a secret that may be mixed in')
    .option('--time-limit <seconds>', 'when to give up', wholeNumber(1, 3_600), 120)
    .addHelpText(
      'after',
      examples([
        ['userferry hash search --user mary@example.com', 'one known password'],
        ['userferry hash search --credentials', 'one search for each format among the test accounts'],
        ['userferry hash search --samples pairs.csv --pepper-env APP_PEPPER', 'without a database'],
      ]),
    )
    .action((options: SearchOptions & { readonly timeLimit: number }, command: Command) =>
      runner.run(command, async (session) => {
        const { searchText } = await import('#reporters/terminal/hashes.ts');
        const { followPasswords } = await import('#hosts/cli/follow-passwords.ts');
        const { pepperOf, searchSource } = await import('#hosts/cli/search-source.ts');
        const source = await searchSource(session, options);
        const pepper = pepperOf(session, options);
        const client = await session.client();
        const result = await followPasswords(session, (signal) =>
          client.passwords.search({ source, timeLimitMs: options.timeLimit * 1000, ...pepper }, { signal }),
        );
        const proven = result.answers.every((answer) => answer.verdict.kind === 'importable');
        return {
          result,
          text: searchText(result, session.style),
          exitCode: proven ? EXIT.clean : EXIT.findings,
        };
      }),
    );
}
