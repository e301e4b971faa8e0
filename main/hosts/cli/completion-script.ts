import type { Command, Option } from 'commander';

export type Shell = 'bash' | 'zsh' | 'fish';

/** One command as completion sees it. `path` is empty for the program itself. */
interface Entry {
  readonly path: string;
  readonly description: string;
  readonly words: readonly string[];
  readonly options: readonly Option[];
  readonly subcommands: readonly string[];
}

/** A completion script made from the commands themselves, so that it cannot lag behind them. */
export function completionScript(program: Command, shell: Shell): string {
  const entries = entriesOf(program, '', program.options);
  if (shell === 'bash') return bash(entries);
  return shell === 'zsh' ? zsh(entries) : fish(entries);
}

function entriesOf(command: Command, path: string, globals: readonly Option[]): readonly Entry[] {
  const options = [...(path === '' ? [] : command.options), ...globals].filter((option) => !option.hidden);
  const subcommands = command.commands.map((one) => one.name());
  const choices = command.registeredArguments.flatMap((argument) => argument.argChoices ?? []);
  const own: Entry = {
    path,
    description: command.description(),
    words: [...subcommands, ...choices],
    options,
    subcommands,
  };
  return [
    own,
    ...command.commands.flatMap((one) =>
      entriesOf(one, path === '' ? one.name() : `${path} ${one.name()}`, globals),
    ),
  ];
}

function flags(option: Option): readonly string[] {
  return [option.short, option.long].filter((flag) => flag !== undefined);
}

const takesFile = (option: Option) => /<(file|folder)>/.test(option.flags);

/** The parts of a `case` that bash and zsh share: which command is being typed, what it takes. */
function cases(
  entries: readonly Entry[],
  indent: string,
): { readonly path: string; readonly value: string; readonly words: string } {
  const line = (pattern: string, action: string) => `${indent}${pattern}) ${action} ;;`;
  const path = entries
    .filter((entry) => entry.path !== '')
    .map((entry) => {
      const cut = entry.path.lastIndexOf(' ');
      const parent = cut < 0 ? '' : entry.path.slice(0, cut);
      return line(`"${parent}|${entry.path.slice(cut + 1)}"`, `path="${entry.path}"`);
    });
  const value = entries.flatMap((entry) =>
    entry.options
      .filter((option) => option.required)
      .map((option) => {
        const pattern = flags(option)
          .map((flag) => `"${entry.path}|${flag}"`)
          .join('|');
        const words = option.argChoices?.join(' ') ?? '';
        return line(pattern, takesFile(option) ? 'kind=files' : `kind=value; choices="${words}"`);
      }),
  );
  const words = entries.map((entry) => {
    const all = [
      ...entry.words,
      ...entry.options.flatMap((option) => flags(option).filter((flag) => flag.startsWith('--'))),
      '--help',
    ];
    return line(`"${entry.path}"`, `choices="${all.join(' ')}"`);
  });
  return { path: path.join('\n'), value: value.join('\n'), words: words.join('\n') };
}

function bash(entries: readonly Entry[]): string {
  const parts = cases(entries, '    ');
  return `# userferry completion for bash
_userferry() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD - 1]}"
  local path="" kind=words choices="" word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$path|$word" in
${parts.path}
    esac
  done
  case "$path|$previous" in
${parts.value}
  esac
  if [ "$kind" = files ]; then
    COMPREPLY=()
    return
  fi
  if [ "$kind" = words ]; then
    case "$path" in
${parts.words}
    esac
  fi
  COMPREPLY=($(compgen -W "$choices" -- "$current"))
}
complete -o default -F _userferry userferry
`;
}

function zsh(entries: readonly Entry[]): string {
  const parts = cases(entries, '    ');
  return `#compdef userferry
# userferry completion for zsh
_userferry() {
  local previous="\${words[CURRENT-1]}" path_="" kind=words choices="" word
  for word in "\${words[@]:1:$((CURRENT-2))}"; do
    case "$path_|$word" in
${parts.path.replaceAll(') path=', ') path_=')}
    esac
  done
  case "$path_|$previous" in
${parts.value}
  esac
  if [[ "$kind" == files ]]; then
    _files
    return
  fi
  if [[ "$kind" == words ]]; then
    case "$path_" in
${parts.words}
    esac
  fi
  compadd -- \${=choices}
  [[ "$kind" == words && "$PREFIX" != -* ]] && _files
  return 0
}
if [[ "\${funcstack[1]}" == _userferry ]]; then _userferry "$@"; else compdef _userferry userferry; fi
`;
}

const quote = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

function fish(entries: readonly Entry[]): string {
  const lines = entries.flatMap((entry) => {
    const typed = entry.path.split(' ').filter((word) => word !== '');
    const seen = typed.map((word) => `__fish_seen_subcommand_from ${word}`);
    const unseen =
      entry.subcommands.length > 0 ? [`not __fish_seen_subcommand_from ${entry.subcommands.join(' ')}`] : [];
    const here = [...seen, ...unseen].join('; and ');
    const where = here === '' ? '' : ` -n ${quote(here)}`;
    const names = entry.subcommands.map((name) => {
      const child = entries.find((one) => one.path === (entry.path === '' ? name : `${entry.path} ${name}`));
      return `complete -c userferry -f${where} -a ${name} -d ${quote(child?.description ?? '')}`;
    });
    const choices = entry.words.filter((word) => !entry.subcommands.includes(word));
    const values =
      choices.length > 0 ? [`complete -c userferry -f${where} -a ${quote(choices.join(' '))}`] : [];
    const own = entry.path === '' ? [''] : [where];
    const options = entry.options
      .filter((option) => entry.path === '' || !entries[0]!.options.includes(option))
      .map((option) => {
        const short = option.short === undefined ? '' : ` -s ${option.short.slice(1)}`;
        const value = option.required ? ` -r${takesFile(option) ? ' -F' : ' -f'}` : '';
        const list = option.argChoices === undefined ? '' : ` -a ${quote(option.argChoices.join(' '))}`;
        return `complete -c userferry${own[0]}${short} -l ${option.long?.slice(2)}${value}${list} -d ${quote(option.description)}`;
      });
    return [...names, ...values, ...options];
  });
  return `# userferry completion for fish\n${lines.join('\n')}\n`;
}
