import type { Session } from '#hosts/cli/session.ts';
import { UsageError } from '#hosts/cli/trouble.ts';

/** One line of the standard input for each name, in this order. Blanks at their ends belong to them. */
export async function stdinLines(session: Session, names: readonly string[]): Promise<readonly string[]> {
  if (names.length === 0) return [];
  let text = '';
  for await (const chunk of session.surroundings.stdin) text += String(chunk);
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  if (lines.length >= names.length) return lines;
  throw new UsageError(
    `the standard input has ${lines.length} lines, and ${names.length} are needed`,
    `In this order: ${names.join(', ')}.`,
  );
}
