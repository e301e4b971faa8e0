import { type CsvError, type Info, parse } from 'csv-parse';
import { pipeline } from 'node:stream/promises';
import { columnsOf } from '#access-log/columns.ts';
import type { LineTally } from '#access-log/line-tally.ts';
import type { AccessLogRequest } from '#engine/ports/access-log.ts';

const LONGEST_LINE = 1024 * 1024;

/** Lines of a CSV log with a heading; comma, semicolon or tab. */
export async function csvLog(
  text: AsyncIterable<string>,
  path: string,
  request: AccessLogRequest,
  tally: LineTally,
): Promise<void> {
  const take = rowTaker(path, request, tally);
  let line = 0;
  const parser = parse({
    bom: true,
    delimiter: [',', ';', '\t'],
    // Left to guess, the parser takes the first line end it meets for the only one.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: LONGEST_LINE,
    on_record: (values: string[], { lines }: Info) => {
      line = lines;
      take(values, lines);
      return undefined;
    },
    on_skip: (_error: CsvError | undefined) => {
      tally.broken(line + 1, 'the line cannot be read');
      return undefined;
    },
  });
  parser.resume();
  await pipeline(text, parser);
}

function rowTaker(
  path: string,
  request: AccessLogRequest,
  tally: LineTally,
): (values: readonly string[], line: number) => void {
  let at: { user: number; time: number; only: readonly (readonly [number, string])[] } | null = null;
  return (values, line) => {
    if (at === null) {
      const heading = values.map((name) => name.trim());
      const { user, time, only } = columnsOf(request, heading, path, true);
      at = {
        user: heading.indexOf(user),
        time: heading.indexOf(time),
        only: only.map(([column, value]) => [heading.indexOf(column), value]),
      };
    } else if (at.only.some(([index, value]) => values[index] !== value)) {
      tally.filtered();
    } else {
      tally.take(values[at.user], values[at.time], line);
    }
  };
}
