import { type CsvError, type Info, parse } from 'csv-parse';
import { ColumnNames, type DumpTable, type RenamedColumn } from '#legacy/dumps/dump-table.ts';

const LONGEST_RECORD = 16 * 1024 * 1024;

export interface CsvSummary {
  readonly renamed: readonly RenamedColumn[];
}

const PROBLEMS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quotation mark is never closed',
  CSV_MAX_RECORD_SIZE: 'the record is too long; a closing quotation mark may be missing',
};

/** A missing quotation mark swallows the lines up to the next one: the range says which, so that none is lost unseen. */
const linesFrom = (first: number, last: number) =>
  first < last ? `lines ${first} to ${last}` : `line ${last}`;

/** A stream that takes CSV text and fills the table. The first record names the columns. */
export function csvRows(table: DumpTable, delimiter: string) {
  const names = new ColumnNames();
  let header: readonly string[] | null = null;
  let lastLine = 0;

  function record(values: string[], { lines }: Info): undefined {
    const place = linesFrom(lastLine + 1, lines);
    lastLine = lines;
    if (header === null) {
      header = values.map((name) => names.claim(name));
      for (const name of header) table.addColumn(name);
    } else if (values.length === header.length) {
      table.addRow(lines, values);
    } else {
      const count = `${values.length} values where the header has ${header.length}`;
      table.addProblem(lines, `${place}: ${count}`);
    }
    return undefined;
  }
  const parser = parse({
    bom: true,
    delimiter,
    // Left to guess, the parser takes the first line end it meets for the only one, and files were put together.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    // An odd quotation mark inside a value stays in the value.
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: LONGEST_RECORD,
    on_record: record,
    on_skip: (error: CsvError | undefined) => {
      const reported = Number((error as { lines?: unknown } | undefined)?.lines);
      const line = Number.isSafeInteger(reported) && reported > lastLine ? reported : lastLine + 1;
      const place = linesFrom(lastLine + 1, line);
      lastLine = line;
      table.addProblem(line, `${place}: ${PROBLEMS[error?.code ?? ''] ?? 'the record cannot be read'}`);
      return undefined;
    },
  });
  return {
    parser,
    summary: (): CsvSummary => ({ renamed: names.renamed }),
    hasHeader: () => header !== null,
  };
}
