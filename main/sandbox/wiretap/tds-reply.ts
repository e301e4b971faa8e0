import { maskedSql } from './tap.ts';
import { MessageEnd, readType, skipValue, TdsReader, type TdsType } from './tds-types.ts';

export interface TdsReply {
  /** Rows given back, or changed where none were; null where they were not counted. */
  readonly rows: number | null;
  readonly error: string | undefined;
}

const TOKEN = {
  returnStatus: 0x79,
  columns: 0x81,
  error: 0xaa,
  returnValue: 0xac,
  features: 0xae,
  row: 0xd1,
  sparseRow: 0xd2,
  sessionState: 0xe4,
  done: 0xfd,
  doneProcedure: 0xfe,
  doneInProcedure: 0xff,
} as const;

const HAS_COUNT = 0x10;

/** What a server said, out of the beginning of its message, or all of it. */
export function readReply(message: Buffer, complete: boolean): TdsReply {
  const reader = new TdsReader(message);
  let columns: readonly TdsType[] = [];
  let returned: number | null = null;
  let changed = 0;
  let error: string | undefined;
  let followed = complete;
  try {
    while (!reader.done) {
      const token = reader.u8();
      switch (token) {
        case TOKEN.columns:
          columns = readColumns(reader) ?? columns;
          returned ??= 0;
          break;
        case TOKEN.row:
          for (const type of columns) skipValue(reader, type);
          returned = (returned ?? 0) + 1;
          break;
        case TOKEN.sparseRow:
          skipSparseRow(reader, columns);
          returned = (returned ?? 0) + 1;
          break;
        case TOKEN.error:
          error ??= readError(reader);
          break;
        case TOKEN.done:
        case TOKEN.doneProcedure:
        case TOKEN.doneInProcedure:
          changed += readDone(reader, token);
          break;
        default:
          skipToken(reader, token);
      }
    }
  } catch (failure) {
    if (!(failure instanceof MessageEnd)) throw failure;
    followed = false;
  }
  return { rows: followed ? (returned ?? changed) : null, error };
}

function readColumns(reader: TdsReader): TdsType[] | null {
  const count = reader.u16();
  if (count === 0xff_ff) return null;
  return Array.from({ length: count }, () => {
    reader.take(6);
    const type = readType(reader, true);
    if (type.length === 'pointer')
      for (let parts = reader.u8(); parts > 0; parts -= 1) reader.take(reader.u16() * 2);
    reader.take(reader.u8() * 2);
    return type;
  });
}

function skipSparseRow(reader: TdsReader, columns: readonly TdsType[]): void {
  const nulls = reader.take((columns.length + 7) >> 3);
  for (const [index, type] of columns.entries())
    if ((nulls[index >> 3]! & (1 << (index & 7))) === 0) skipValue(reader, type);
}

function readError(reader: TdsReader): string {
  const body = new TdsReader(reader.take(reader.u16()));
  const number = body.u32();
  body.take(2);
  return `${number} ${maskedSql(body.rest(body.u16()), false)}`;
}

/** The count of a statement; procedures repeat those of their statements and have none of their own. */
function readDone(reader: TdsReader, token: number): number {
  const body = reader.take(12);
  const counts = (body.readUInt16LE(0) & HAS_COUNT) !== 0 && token !== TOKEN.doneProcedure;
  return counts ? Number(body.readBigUInt64LE(4)) : 0;
}

function skipToken(reader: TdsReader, token: number): void {
  switch (token) {
    case TOKEN.returnStatus:
      reader.take(4);
      return;
    case TOKEN.returnValue:
      reader.take(2);
      reader.take(reader.u8() * 2);
      reader.take(7);
      skipValue(reader, readType(reader, false));
      return;
    case TOKEN.features:
      while (reader.u8() !== 0xff) reader.take(reader.u32());
      return;
    case TOKEN.sessionState:
      reader.take(reader.u32());
      return;
    default:
      // The others all begin with their length; what is none of them ends what can be followed.
      if ((token & 0x30) !== 0x20) throw new MessageEnd();
      reader.take(reader.u16());
  }
}
