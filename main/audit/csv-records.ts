import { type CsvError, type Info, parse } from 'csv-parse';
import { pipeline } from 'node:stream/promises';
import { type ColumnNames, fieldOf, nested, pathParts } from '#domain/audit/export-columns.ts';
import type { FileKnowledge } from '#domain/audit/audit-user.ts';
import type { JsonObject } from '#domain/json.ts';
import { Fault } from '#engine/fault.ts';
import { knowledgeOfFields, type RecordSink } from '#audit/record-sink.ts';

const REASONS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quotation mark is never closed',
  CSV_MAX_RECORD_SIZE: 'the record is too long; a closing quotation mark may be missing',
};

/** Records of a CSV export. Answers what its heading promises. */
export async function csvRecords(
  text: AsyncIterable<string>,
  path: string,
  columns: ColumnNames,
  longestLine: number,
  sink: RecordSink,
): Promise<FileKnowledge> {
  const rows = csvRows(path, columns, sink);
  const parser = parse({
    delimiter: [',', ';', '\t'],
    // Left to guess, the parser takes the first line end it meets for the only one, and files were put together.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: longestLine,
    on_record: (values: string[], { lines }: Info) => {
      rows.take(values, lines);
      return undefined;
    },
    on_skip: (error: CsvError | undefined) => {
      rows.skip(error);
      return undefined;
    },
  });
  parser.resume();
  await pipeline(text, parser);
  const knowledge = rows.knowledge();
  if (knowledge !== null) return knowledge;
  throw new Fault('input-invalid', 'the export is empty', { where: path, help: 'Fetch the export again.' });
}

interface Rows {
  take(values: readonly string[], line: number): void;
  skip(error: CsvError | undefined): void;
  knowledge(): FileKnowledge | null;
}

function csvRows(path: string, columns: ColumnNames, sink: RecordSink): Rows {
  let paths: readonly (readonly string[])[] | null = null;
  let fields: readonly string[] = [];
  let lastLine = 0;
  return {
    take(values, lines) {
      const from = lastLine + 1;
      lastLine = lines;
      if (paths === null) {
        fields = values.map((heading) => fieldOf(withoutMark(heading.trim()), columns));
        paths = fields.map((field) => pathParts(field));
        requireUserId(fields, path);
      } else if (values.length === paths.length) {
        sink.record(recordOf(values, fields, paths), lines);
      } else {
        sink.broken(from, `${values.length} values where the heading has ${paths.length}`);
      }
    },
    skip(error) {
      const reported = Number((error as { lines?: unknown } | undefined)?.lines);
      sink.broken(lastLine + 1, REASONS[error?.code ?? ''] ?? 'the record cannot be read');
      if (Number.isSafeInteger(reported) && reported > lastLine) lastLine = reported;
    },
    knowledge: () => (paths === null ? null : knowledgeOfFields(fields)),
  };
}

function requireUserId(fields: readonly string[], path: string): void {
  if (fields.includes('user_id')) return;
  throw new Fault('input-invalid', 'the export has no column user_id', {
    where: path,
    help: `Its columns are ${fields.slice(0, 12).join(', ')}. Say which one it is: --columns "Heading=user_id".`,
  });
}

/**
 * Exports put an apostrophe before every text against formulas, dates excepted. Whether this file does shows in
 * the ids: a spreadsheet program that saved it again has taken all of them away.
 */
function recordOf(
  values: readonly string[],
  fields: readonly string[],
  paths: readonly (readonly string[])[],
): JsonObject {
  const marked = values[fields.indexOf('user_id')]?.startsWith("'") === true;
  const leaves = values.flatMap((value, index) =>
    value === '' ? [] : [[paths[index]!, marked ? withoutMark(value) : value] as const],
  );
  return nested(leaves.filter(([, value]) => value !== ''));
}

function withoutMark(text: string): string {
  return text.startsWith("'") ? text.slice(1) : text;
}
