import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Session } from '#hosts/cli/session.ts';

/** A yes-or-no question; anything but yes is no. Only to be called where the session may ask. */
export async function confirm(session: Session, question: string): Promise<boolean> {
  const { stdin, stderr } = session.surroundings;
  const lines = createInterface({ input: stdin, output: stderr, terminal: true });
  const [answer] = await answersTo(lines, [`${question} [y/N] `], (text) => stderr.write(text));
  return /^y(es)?$/i.test((answer ?? '').trim());
}

/** A secret typed without being shown. */
export async function askSecret(session: Session, question: string): Promise<string> {
  const [secret] = await askSecrets(session, [question]);
  return secret ?? '';
}

/**
 * Several secrets, one after the other. The terminal stays silent from before the first question until after the
 * last answer: between questions of their own it would show what was pasted or typed ahead.
 */
export async function askSecrets(session: Session, questions: readonly string[]): Promise<readonly string[]> {
  const { stdin, stderr } = session.surroundings;
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: silent, terminal: true });
  const prompts = questions.map((question, index) => `${index === 0 ? '' : '\n'}${question}: `);
  const answers = await answersTo(lines, prompts, (text) => stderr.write(text));
  stderr.write('\n');
  return answers;
}

/** End of input and Ctrl-C at a question leave it, and those after it, with an empty answer: that means no. */
async function answersTo(
  lines: Interface,
  prompts: readonly string[],
  write: (text: string) => void,
): Promise<readonly string[]> {
  lines.once('SIGINT', () => lines.close());
  const given = lines[Symbol.asyncIterator]();
  const answers: string[] = [];
  try {
    for (const prompt of prompts) {
      write(prompt);
      const { value, done } = await given.next();
      answers.push(done === true ? '' : value);
    }
    return answers;
  } finally {
    lines.close();
  }
}

/** The first line of the standard input, for secrets that come through a pipe. */
export async function firstLineOf(input: AsyncIterable<unknown>): Promise<string> {
  let text = '';
  for await (const chunk of input) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  return text.split(/\r?\n/, 1)[0] ?? '';
}
