import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { SearchSource } from '#contract/passwords.ts';
import type { Session } from '#hosts/cli/session.ts';
import { UsageError } from '#hosts/cli/trouble.ts';

type Sample = Extract<SearchSource, { kind: 'samples' }>['samples'][number];

const COLUMNS = ['password', 'stored', 'salt', 'username', 'email'] as const;
const HELP =
  'The first line names the columns: password,stored and, where there are any, salt,username,email.';

/** Known accounts from a CSV file. Errors name lines and columns, never what stands in them. */
export async function readSamples(session: Session, file: string): Promise<Sample[]> {
  const path = resolve(session.surroundings.folder, file);
  const [text, { mode }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
  // Windows has no such bits: there the file inherits the folder's access list.
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    session.note(`Warning: other accounts of this machine can read ${file}. Run: chmod 600 ${file}`);
  }
  const rows = await parsed(text, file);
  if (rows.length === 0) throw new UsageError(`${file} names no account`, HELP);
  return rows.map((row, index) => sampleOf(row, `${file}, account ${index + 1}`));
}

async function parsed(text: string, file: string): Promise<readonly Readonly<Record<string, string>>[]> {
  const { CsvError, parse } = await import('csv-parse/sync');
  try {
    return parse(text, {
      columns: (header: string[]) => header.map((name) => name.trim().toLowerCase()),
      bom: true,
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n'],
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // The parser quotes the line, which holds a password: only its number goes on.
    const line = /line (\d+)/.exec(error.message)?.[1];
    throw new UsageError(`${file} is no valid CSV${line === undefined ? '' : ` at line ${line}`}`, HELP);
  }
}

function sampleOf(row: Readonly<Record<string, string>>, where: string): Sample {
  const unknown = Object.keys(row).find((name) => !(COLUMNS as readonly string[]).includes(name));
  if (unknown !== undefined) throw new UsageError(`${where}: there is a column that is not known`, HELP);
  const { password, stored, salt = '', username = '', email = '' } = row;
  if (password === undefined) throw new UsageError(`${where}: there is no column "password"`, HELP);
  if (stored === undefined || stored === '') throw new UsageError(`${where}: no stored value`, HELP);
  return {
    password,
    stored,
    ...(salt === '' ? {} : { salt }),
    ...(username === '' ? {} : { username }),
    ...(email === '' ? {} : { email }),
  };
}
