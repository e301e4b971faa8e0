import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CommandRunner } from '#hosts/cli/command-runner.ts';
import { examples, wholeNumber } from '#hosts/cli/help.ts';
import type { ServeOptions } from '#hosts/cli/run-serve.ts';

export function addServeCommand(program: Command, runner: CommandRunner): void {
  program
    .command('serve')
    .description('work with the app in a browser, on this machine or through a tunnel to it')
    .argument('[project]', 'project folder to open; the current one when it is a project')
    .option(
      '--port <port>',
      'port to listen on, on 127.0.0.1 (default: any free one)',
      wholeNumber(1, 65_535),
    )
    .option('--no-open', 'only print the link')
    .option(
      '--idle <minutes>',
      'end after this long without a page and a trial; 0: never',
      wholeNumber(0),
      30,
    )
    .option(
      '--forwarded-port <port>',
      'port on your own machine that is forwarded to this one, where it is another; may be given again',
      collected(wholeNumber(1, 65_535)),
    )
    .option(
      '--origin <address>',
      'address of a proxy that leads here (https://app.example); may be given again',
      collected(originOf),
    )
    .addOption(new Option('--host <address>', 'refused: it listens on 127.0.0.1 only').hideHelp())
    .addOption(new Option('--renderer <folder>', 'pages built elsewhere').hideHelp())
    .addHelpText(
      'after',
      examples([
        ['userferry serve acme', 'open the project acme'],
        ['userferry serve --no-open --port 8123', 'on a server; then: ssh -L 8123:127.0.0.1:8123 server'],
        ['userferry serve --port 8123 --forwarded-port 9000', 'for: ssh -L 9000:127.0.0.1:8123 server'],
      ]),
    )
    .action((project: string | undefined, options: ServeOptions, command: Command) =>
      runner.run(command, async (session) => {
        const { runServe } = await import('#hosts/cli/run-serve.ts');
        return runServe(session, project, options);
      }),
    );
}

/** Parser of an option that may be given several times. */
function collected<T>(parse: (text: string) => T): (text: string, before?: readonly T[]) => readonly T[] {
  return (text, before = []) => [...before, parse(text)];
}

function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const bare = url !== null && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '';
  if (!bare || url.username !== '' || url.hash !== '') {
    throw new InvalidArgumentError('It takes an address without a path, such as https://app.example.');
  }
  return url.origin;
}
