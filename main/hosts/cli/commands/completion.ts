import { Argument, type Command } from 'commander';
import type { CommandRunner } from '#hosts/cli/command-runner.ts';
import { EXIT } from '#hosts/cli/exit-code.ts';
import { examples } from '#hosts/cli/help.ts';

export function addCompletionCommand(program: Command, runner: CommandRunner): void {
  program
    .command('completion')
    .description('print the completion script of a shell')
    .addArgument(new Argument('<shell>', 'which shell').choices(['bash', 'zsh', 'fish']))
    .addHelpText(
      'after',
      examples([
        ['source <(userferry completion bash)', 'for this shell, bash'],
        ['userferry completion zsh > ~/.zfunc/_userferry', 'for zsh, with ~/.zfunc in fpath'],
        ['userferry completion fish > ~/.config/fish/completions/userferry.fish', 'for fish'],
      ]),
    )
    .action((shell: 'bash' | 'zsh' | 'fish', _options: unknown, command: Command) =>
      runner.run(command, async () => {
        const { completionScript } = await import('#hosts/cli/completion-script.ts');
        const script = completionScript(program, shell);
        return { result: { shell, script }, text: script, exitCode: EXIT.clean };
      }),
    );
}
