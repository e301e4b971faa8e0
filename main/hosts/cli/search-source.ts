import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { SearchSource } from '#contract/passwords.ts';
import { askSecret, firstLineOf } from '#hosts/cli/ask.ts';
import type { Session } from '#hosts/cli/session.ts';
import { UsageError } from '#hosts/cli/trouble.ts';

export interface SearchOptions {
  readonly user?: string;
  readonly key?: string;
  readonly passwordStdin?: boolean;
  readonly credentials?: boolean;
  readonly samples?: string;
  readonly pepperEnv?: string;
}

/** Where the known passwords come from: exactly one of the options says it. */
export async function searchSource(session: Session, options: SearchOptions): Promise<SearchSource> {
  const given = [options.user, options.key, options.credentials, options.samples].filter(
    (one) => one !== undefined,
  );
  if (given.length !== 1) {
    throw new UsageError(
      'which passwords are known?',
      'Give one of --user, --key, --credentials and --samples; --help shows examples.',
    );
  }
  const { project } = session;
  if (options.credentials === true) return { kind: 'credentials', project };
  if (options.samples !== undefined) {
    const text = await readFile(resolve(session.surroundings.folder, options.samples), 'utf8');
    return { kind: 'samples', samples: samplesOf(text, options.samples) };
  }
  const user =
    options.user === undefined ? { key: parseKey(options.key ?? '') } : { identifier: options.user };
  return { kind: 'user', project, user, password: await passwordOf(session, options) };
}

/** A pepper comes from the environment, never from an argument that other processes can read. */
export function pepperOf(session: Session, options: SearchOptions): { readonly pepper?: string } {
  if (options.pepperEnv === undefined) return {};
  const pepper = session.surroundings.env[options.pepperEnv] ?? '';
  if (pepper === '')
    throw new UsageError(`the environment variable ${options.pepperEnv} is empty or not set`);
  return { pepper };
}

async function passwordOf(session: Session, options: SearchOptions): Promise<string> {
  if (options.passwordStdin === true) return firstLineOf(session.surroundings.stdin);
  if (session.mayAsk) return askSecret(session, 'Password');
  throw new UsageError('the search needs the password', 'Send it through a pipe and add --password-stdin.');
}

/** A key as reports write it: plain, or a JSON array where it has several columns. Digits are a number. */
export function parseKey(text: string): (string | number)[] {
  if (text.startsWith('[')) {
    try {
      const key: unknown = JSON.parse(text);
      const fits =
        Array.isArray(key) &&
        key.length > 0 &&
        key.every((part) => ['string', 'number'].includes(typeof part));
      if (fits) return key as (string | number)[];
    } catch {
      // Falls through to the one message for both.
    }
    throw new UsageError(
      `${text} is not a key`,
      'A key of several columns is a JSON array, such as ["eu",4711].',
    );
  }
  const number = Number(text);
  return [/^-?(0|[1-9]\d*)$/.test(text) && Number.isSafeInteger(number) ? number : text];
}

type Sample = Extract<SearchSource, { kind: 'samples' }>['samples'][number];

function samplesOf(text: string, file: string): Sample[] {
  let rows: Record<string, string>[];
  try {
    rows = parse(text, { columns: true, skip_empty_lines: true, bom: true });
  } catch {
    // The parser's own message quotes the line, and the line holds a password.
    throw new UsageError(`${file} is not a CSV file with a header line and as many cells in each line`);
  }
  const samples = rows.map((row, index) => {
    const { password, stored, salt, username, email } = row;
    if (password === undefined || stored === undefined || stored === '') {
      throw new UsageError(
        `${file}: line ${index + 2} has no password or no stored value`,
        'The columns are password, stored, salt, username and email; the first two are needed.',
      );
    }
    const optional = Object.entries({ salt, username, email }).filter(
      ([, value]) => value !== undefined && value !== '',
    );
    return { password, stored, ...Object.fromEntries(optional) };
  });
  if (samples.length === 0) throw new UsageError(`${file} has no line below its header`);
  if (samples.length > 50) throw new UsageError(`${file} has ${samples.length} samples; 50 are the most`);
  return samples;
}
