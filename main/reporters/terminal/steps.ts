import { plain } from '#reporters/escape.ts';
import { paint, type Style } from '#reporters/terminal/style.ts';

export interface InitResult {
  readonly folder: string;
  readonly files: readonly string[];
  /** Commands without the program's name. */
  readonly next: readonly string[];
}

/** What `init` wrote and the commands that make sense next. */
export function stepsText(result: InitResult, style: Style): string {
  const next = result.next.map((command) => `  ${paint(style, 'cyan', `userferry ${plain(command)}`)}`);
  return `${[
    `Wrote ${plain(result.folder)}:`,
    ...result.files.map((file) => `  ${plain(file)}`),
    ...(next.length === 0 ? [] : ['', 'Next:', ...next]),
  ].join('\n')}\n`;
}
