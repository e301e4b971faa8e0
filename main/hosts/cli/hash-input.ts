import type { SearchSource } from '#contract/passwords.ts';
import { askSecrets } from '#hosts/cli/ask.ts';
import { readSamples } from '#hosts/cli/samples-file.ts';
import type { Session } from '#hosts/cli/session.ts';
import { UsageError } from '#hosts/cli/trouble.ts';

export interface HashOptions {
  readonly identifier?: string;
  readonly key?: string;
  readonly credentials?: boolean;
  readonly samples?: string;
  readonly formats?: boolean;
  readonly passwordStdin?: boolean;
  readonly storedStdin?: boolean;
  readonly saltStdin?: boolean;
  readonly pepperStdin?: boolean;
  readonly pepper?: boolean;
  readonly username?: string;
  readonly email?: string;
  readonly timeLimit?: number;
  readonly allow: number;
}

export interface HashInput {
  readonly source: SearchSource;
  readonly pepper?: string;
}

type Asked = 'password' | 'stored' | 'salt' | 'pepper';
type Answers = Partial<Record<Asked, string>>;

const ORDER = ['password', 'stored', 'salt', 'pepper'] as const;
const QUESTIONS: Readonly<Record<Asked, string>> = {
  password: 'Known password',
  stored: 'Stored value',
  salt: 'Salt column (empty: none)',
  pepper: 'Pepper or key of the legacy application',
};

/** Where the samples of a search come from. Secrets come from pipes and hidden questions, never from arguments. */
export async function hashInput(session: Session, options: HashOptions): Promise<HashInput> {
  const needs = needed(options);
  const answers = await answered(session, options, needs);
  const pepper = answers.pepper === undefined || answers.pepper === '' ? {} : { pepper: answers.pepper };
  const { project } = session;
  if (options.credentials === true) return { source: { kind: 'credentials', project }, ...pepper };
  if (options.samples !== undefined) {
    return { source: { kind: 'samples', samples: await readSamples(session, options.samples) }, ...pepper };
  }
  const password = answers.password ?? '';
  const user = options.identifier === undefined ? keyOf(options.key) : { identifier: options.identifier };
  if (user !== null) return { source: { kind: 'user', project, user, password }, ...pepper };
  const { stored = '', salt = '' } = answers;
  if (stored.trim() === '') throw new UsageError('the stored value is empty');
  const sample = {
    password,
    stored,
    ...(salt === '' ? {} : { salt }),
    ...(options.username === undefined ? {} : { username: options.username }),
    ...(options.email === undefined ? {} : { email: options.email }),
  };
  return { source: { kind: 'samples', samples: [sample] }, ...pepper };
}

/** What has to be asked for or read, in the order in which lines are read. */
function needed(options: HashOptions): readonly Asked[] {
  const known = options.credentials === true || options.samples !== undefined;
  const inRow = options.identifier !== undefined || options.key !== undefined;
  const wanted: Readonly<Record<Asked, boolean>> = {
    password: !known,
    stored: !known && !inRow,
    salt: !known && !inRow,
    pepper: options.pepper === true || options.pepperStdin === true,
  };
  return ORDER.filter((name) => wanted[name]);
}

async function answered(session: Session, options: HashOptions, needs: readonly Asked[]): Promise<Answers> {
  const piped = ORDER.filter((name) => options[`${name}Stdin`] === true);
  const useless = piped.find((name) => !needs.includes(name));
  if (useless !== undefined)
    throw new UsageError(`--${useless}-stdin has no use here: the value comes from elsewhere`);
  const lines = piped.length === 0 ? [] : await firstLines(session, piped);
  const answers: Answers = Object.fromEntries(piped.map((name, index) => [name, lines[index] ?? '']));
  const open = needs.filter((name) => answers[name] === undefined);
  if (session.mayAsk) {
    const typed = await askSecrets(
      session,
      open.map((name) => QUESTIONS[name]),
    );
    return { ...answers, ...Object.fromEntries(open.map((name, index) => [name, typed[index] ?? ''])) };
  }
  const lacking = open.find((name) => name !== 'salt');
  if (lacking !== undefined) throw missing(lacking, options);
  return answers;
}

function missing(name: Asked, options: HashOptions): UsageError {
  const what = {
    password: 'a known password',
    stored: 'the stored value',
    salt: 'the salt',
    pepper: 'the pepper',
  };
  return new UsageError(
    `${what[name]} is needed, and nobody can be asked`,
    options.identifier === undefined && options.key === undefined && name !== 'pepper'
      ? 'Send the values through a pipe, one line each: --password-stdin --stored-stdin [--salt-stdin].'
      : `Send it through a pipe and add --${name}-stdin.`,
  );
}

/** As many lines of the standard input as there are values. Blanks at their ends belong to them. */
async function firstLines(session: Session, names: readonly Asked[]): Promise<readonly string[]> {
  let text = '';
  for await (const chunk of session.surroundings.stdin) text += String(chunk);
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  if (lines.length < names.length) {
    throw new UsageError(
      `the standard input has ${lines.length} lines, and ${names.length} are needed`,
      `In this order: ${names.join(', ')}.`,
    );
  }
  return lines;
}

/** A key of several columns is written as JSON, as reports print it. */
function keyOf(text: string | undefined): { readonly key: (string | number)[] } | null {
  if (text === undefined) return null;
  if (!text.startsWith('[')) return { key: [text] };
  try {
    const key = JSON.parse(text) as unknown;
    if (Array.isArray(key) && key.every((part) => typeof part === 'string' || typeof part === 'number')) {
      return { key };
    }
  } catch {
    // Told below, like any other form that is no key.
  }
  throw new UsageError('--key is no key', 'Write a key of several columns as JSON, such as ["eu",4711].');
}
