import { maskedSql } from './tap.ts';
import { maskedValue, MessageEnd, readType, skipValue, TdsReader, textValue } from './tds-types.ts';

/** A statement of a client, with the values it binds as kind and length. */
export interface TdsStatement {
  readonly text: string;
  readonly binds: readonly string[];
}

/** The procedures that drivers call by number. */
const PROCEDURES: Readonly<Record<number, string>> = {
  1: 'sp_cursor',
  2: 'sp_cursoropen',
  3: 'sp_cursorprepare',
  4: 'sp_cursorexecute',
  5: 'sp_cursorprepexec',
  7: 'sp_cursorfetch',
  9: 'sp_cursorclose',
  10: 'sp_executesql',
  11: 'sp_prepare',
  12: 'sp_execute',
  13: 'sp_prepexec',
  15: 'sp_unprepare',
};

/** Parameters before the statement, and those between it and the values. */
const CARRIES_SQL: Readonly<Record<string, readonly [before: number, between: number]>> = {
  sp_executesql: [0, 1],
  sp_prepexec: [2, 0],
  sp_prepare: [2, 1],
};

function skipHeaders(reader: TdsReader): void {
  reader.take(reader.u32() - 4);
}

export function readBatch(message: Buffer): TdsStatement {
  const reader = new TdsReader(message);
  try {
    skipHeaders(reader);
    return { text: maskedSql(reader.rest(message.length), false), binds: [] };
  } catch {
    return { text: '(a batch)', binds: [] };
  }
}

/** A call of a procedure; of `sp_executesql` and its kin, the statement inside. */
export function readCall(message: Buffer): TdsStatement {
  const reader = new TdsReader(message);
  let text = '(a procedure)';
  const binds: string[] = [];
  try {
    skipHeaders(reader);
    const length = reader.u16();
    const name = length === 0xff_ff ? (PROCEDURES[reader.u16()] ?? 'a procedure') : reader.text(length);
    text = `EXECUTE ${name}`;
    reader.u16();
    const [before, between] = CARRIES_SQL[name.toLowerCase()] ?? [-1, 0];
    for (let index = 0; !reader.done; index += 1) {
      reader.take(reader.u8() * 2 + 1);
      const type = readType(reader, false);
      if (index === before) text = maskedSql(textValue(reader, type) ?? text, false);
      else if (index < before || (before >= 0 && index <= before + between)) skipValue(reader, type);
      else binds.push(maskedValue(reader, type));
    }
  } catch (error) {
    if (!(error instanceof MessageEnd)) throw error;
    binds.push('…');
  }
  return { text, binds };
}
