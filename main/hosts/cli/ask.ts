import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Session } from '#hosts/cli/session.ts';

/** A yes-or-no question; anything but yes is no. Only to be called where the session may ask. */
export async function confirm(session: Session, question: string): Promise<boolean> {
  const answer = await readLine(session, `${question} [y/N] `, true);
  return /^y(es)?$/i.test(answer.trim());
}

/** A secret typed without being shown. */
export async function askSecret(session: Session, question: string): Promise<string> {
  const secret = await readLine(session, `${question}: `, false);
  session.surroundings.stderr.write('\n');
  return secret;
}

function readLine(session: Session, question: string, shown: boolean): Promise<string> {
  const { stdin, stderr } = session.surroundings;
  stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: shown ? stderr : silent, terminal: true });
  return new Promise((resolve) => {
    lines.once('line', (line) => {
      resolve(line);
      lines.close();
    });
    // End of input and Ctrl-C at a question both mean no.
    lines.once('close', () => resolve(''));
    lines.once('SIGINT', () => lines.close());
  });
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
