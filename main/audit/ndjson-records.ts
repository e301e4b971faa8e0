import { type ColumnNames, renamedKeys } from '#domain/audit/export-columns.ts';
import type { Json, JsonObject } from '#domain/json.ts';
import { isJsonObject } from '#domain/profile/row-json.ts';
import { Fault } from '#engine/fault.ts';
import { linesByPiece } from '#audit/lines.ts';
import type { RecordSink } from '#audit/record-sink.ts';

/** One object per line. Lines that are none are named and left out. */
export async function ndjsonRecords(
  text: AsyncIterable<string>,
  path: string,
  columns: ColumnNames,
  longestLine: number,
  sink: RecordSink,
): Promise<void> {
  const rename = renamer(columns);
  for await (const lines of linesByPiece(text, longestLine)) {
    for (const { line, text: given } of lines) {
      if (given === null) sink.broken(line, 'the line is too long to be a user');
      else takeLine(given, line, path, rename, sink);
    }
  }
}

function takeLine(
  text: string,
  line: number,
  path: string,
  rename: (record: JsonObject) => JsonObject,
  sink: RecordSink,
): void {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    if (line === 1 && text.trimStart().startsWith('[')) throw notNdjson(path);
    sink.broken(line, 'not valid JSON');
    return;
  }
  if (isJsonObject(value)) sink.record(rename(value), line);
  else if (line === 1) throw notNdjson(path);
  else sink.broken(line, 'a JSON object is needed');
}

function notNdjson(path: string): Fault {
  return new Fault('input-invalid', 'the file is a JSON list, not a user export', {
    where: path,
    help: 'A user export has one JSON object on each line. Lists are files for a user import.',
  });
}

/** Objects with the same keys in the same order are the rule, so that the names are worked out once for all. */
function renamer(columns: ColumnNames): (record: JsonObject) => JsonObject {
  const known = new Map<string, ReadonlyMap<string, string> | null>();
  return (record) => {
    if (record['user_id'] !== undefined && Object.keys(columns).length === 0) return record;
    const keys = Object.keys(record);
    const shape = keys.join('\u0000');
    let names = known.get(shape);
    if (names === undefined) {
      names = renamedKeys(keys, columns);
      if (known.size < 1000) known.set(shape, names);
    }
    if (names === null) return record;
    return withPaths(Object.fromEntries(keys.map((key) => [names.get(key)!, record[key]!])));
  };
}

/** A renamed leaf (`identities[0].connection` as `Connection`) goes back to its place. */
function withPaths(record: JsonObject): JsonObject {
  const connection = record['identities[0].connection'];
  return typeof connection === 'string' && record['identities'] === undefined
    ? { ...record, identities: [{ connection }] }
    : record;
}
