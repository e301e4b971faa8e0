import { resolve } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { Secret } from '#domain/secret.ts';
import { Fault } from '#engine/fault.ts';
import type { Project } from '#engine/ports/project-store.ts';
import { fileFault } from '#project/file-fault.ts';
import { readPlainText } from '#files/plain-file.ts';

/** Some million accounts; all of them are kept in memory. */
const MOST_BYTES = 256 * 1024 * 1024;

const rowsSchema = z.array(z.looseObject({ identifier: z.string(), password: z.string() }));

/**
 * Known passwords by identifier, lower case, from the CSV that the settings name; empty where they name none.
 * Faults: `input-invalid` where the file is missing or has other columns.
 */
export async function readCredentials(
  project: Pick<Project, 'folder' | 'settings'>,
): Promise<ReadonlyMap<string, Secret>> {
  const { credentials } = project.settings;
  if (credentials === undefined) return new Map();
  const doing = 'reading the test accounts';
  let text: string;
  try {
    text = await readPlainText(resolve(project.folder, credentials), MOST_BYTES);
  } catch (error) {
    throw fileFault('input-invalid', error, doing, credentials);
  }
  return new Map(parseRows(text, doing, credentials));
}

function parseRows(text: string, doing: string, where: string): (readonly [string, Secret])[] {
  const help = 'Write a header line "identifier,password" and one line for each account.';
  try {
    const rows: unknown = parse(text, {
      columns: true,
      bom: true,
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n'],
    });
    const checked = rowsSchema.safeParse(rows);
    if (!checked.success) {
      throw new Fault('input-invalid', 'the file lacks a column "identifier" or "password"', {
        doing,
        where,
        help,
      });
    }
    return checked.data.map((row) => [row.identifier.trim().toLowerCase(), new Secret(row.password)]);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // The parser quotes the offending line, which may hold a password: only its number goes on.
    const line = /line (\d+)/.exec(error.message)?.[1];
    const at = line === undefined ? '' : ` at line ${line}`;
    throw new Fault('input-invalid', `the file is no valid CSV${at}`, { doing, where, help });
  }
}
