import { Writable } from 'node:stream';
import { ColumnNames, type DumpTable, type RenamedColumn } from '#legacy/dumps/dump-table.ts';

/** A longer line is no user, and would be searched for its end again with every piece that comes. */
const LONGEST_LINE = 16 * 1024 * 1024;

export interface NdjsonSummary {
  readonly renamed: readonly RenamedColumn[];
  /** Columns that hold nothing but true, false and null. */
  readonly booleans: readonly string[];
}

/** A whole number too long for a JavaScript number keeps its digits, as text. */
function exactDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const source = context?.source;
  return source !== undefined && /^-?\d+$/.test(source) ? source : value;
}

function parsed(line: string): unknown {
  return /\d{16}/.test(line) ? (JSON.parse(line, exactDigits) as unknown) : (JSON.parse(line) as unknown);
}

function stored(value: unknown): unknown {
  switch (typeof value) {
    case 'boolean':
      return value ? 1 : 0;
    case 'number':
      return Number.isSafeInteger(value) ? BigInt(value) : value;
    case 'string':
      return value;
    default:
      return value === null || value === undefined ? null : JSON.stringify(value);
  }
}

/** A stream that takes NDJSON text and fills the table; columns are added as names turn up. */
export function ndjsonRows(table: DumpTable) {
  const names = new ColumnNames();
  const places = new Map<string, { readonly index: number; readonly name: string; onlyBooleans: boolean }>();
  let rest = '';
  let line = 0;
  let tooLong = false;

  function placeOf(key: string) {
    const known = places.get(key);
    if (known !== undefined) return known;
    const place = { index: places.size, name: names.claim(key), onlyBooleans: true };
    table.addColumn(place.name);
    places.set(key, place);
    return place;
  }
  function takeObject(object: object): void {
    const cells: (readonly [number, unknown])[] = [];
    for (const [key, value] of Object.entries(object)) {
      const place = placeOf(key);
      if (value !== null && typeof value !== 'boolean') place.onlyBooleans = false;
      cells.push([place.index, stored(value)]);
    }
    const values: unknown[] = Array.from({ length: places.size }, () => null);
    for (const [index, value] of cells) values[index] = value;
    table.addRow(line, values);
  }
  function takeLine(text: string): void {
    line++;
    if (tooLong) {
      tooLong = false;
      table.addProblem(line, `line ${line}: too long to be a user`);
      return;
    }
    if (text.trim() === '') return;
    let value: unknown;
    try {
      value = parsed(text);
    } catch {
      table.addProblem(line, `line ${line}: not valid JSON`);
      return;
    }
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) takeObject(value);
    else table.addProblem(line, `line ${line}: a JSON object is needed`);
  }
  const lines = new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _encoding, done) {
      try {
        const parts = (rest + String(chunk)).split('\n');
        rest = parts.pop() ?? '';
        for (const part of parts) takeLine(part);
        if (rest.length > LONGEST_LINE) {
          tooLong = true;
          rest = '';
        }
        done();
      } catch (error) {
        done(error as Error);
      }
    },
    final(done) {
      if (tooLong || rest !== '') takeLine(rest);
      done();
    },
  });
  const summary = (): NdjsonSummary => ({
    renamed: names.renamed,
    booleans: [...places.values()].filter((place) => place.onlyBooleans).map((place) => place.name),
  });
  return { lines, summary };
}
