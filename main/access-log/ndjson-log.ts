import { columnsOf, type LogColumns } from '#access-log/columns.ts';
import type { LineTally } from '#access-log/line-tally.ts';
import { linesByPiece } from '#audit/lines.ts';
import type { Json, JsonObject } from '#domain/json.ts';
import { isJsonObject } from '#domain/profile/row-json.ts';
import type { AccessLogRequest } from '#engine/ports/access-log.ts';
import { Fault } from '#engine/fault.ts';

const LONGEST_LINE = 1024 * 1024;

/** One JSON object per line. The first one tells which keys there are; keys below others are dotted. */
export async function ndjsonLog(
  text: AsyncIterable<string>,
  path: string,
  request: AccessLogRequest,
  tally: LineTally,
): Promise<void> {
  let columns: LogColumns | null = null;
  for await (const lines of linesByPiece(text, LONGEST_LINE)) {
    for (const { line, text: given } of lines) {
      const record = given === null ? null : objectOf(given);
      if (record === null) {
        if (line === 1 && given?.trimStart().startsWith('[')) throw isList(path);
        tally.broken(line, given === null ? 'the line is too long' : 'a JSON object is needed');
        continue;
      }
      columns ??= columnsOf(request, [...keysOf(record)], path, false);
      if (columns.only.some(([key, value]) => textOf(valueAt(record, key)) !== value)) tally.filtered();
      else tally.take(valueAt(record, columns.user), valueAt(record, columns.time), line);
    }
  }
}

function isList(path: string): Fault {
  return new Fault('input-invalid', 'the access log is a JSON list', {
    where: path,
    help: 'One JSON object on each line is needed (jq -c ".[]" makes them of a list).',
  });
}

function objectOf(text: string): JsonObject | null {
  try {
    const value = JSON.parse(text) as Json;
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

function* keysOf(record: JsonObject, above = ''): Iterable<string> {
  for (const [name, value] of Object.entries(record)) {
    yield above + name;
    if (above.length < 200 && isJsonObject(value)) yield* keysOf(value, `${above}${name}.`);
  }
}

/** A key as it is, else a dotted path. */
function valueAt(record: JsonObject, key: string): Json | undefined {
  if (Object.hasOwn(record, key)) return record[key];
  let at: Json | undefined = record;
  for (const name of key.split('.')) {
    if (at === undefined || !isJsonObject(at) || !Object.hasOwn(at, name)) return undefined;
    at = at[name];
  }
  return at;
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' || value === undefined ? value : JSON.stringify(value);
}
