/** The few pieces of the TDS protocol ([MS-TDS]) that a driver needs to log in and call `sp_executesql`. */

export interface SqlParameter {
  readonly name: string;
  readonly value: string | number | bigint | null;
}

export interface ResultColumn {
  readonly name: string;
  /** As declared, in small letters: it decides how values travel. */
  readonly type: string;
}

class Reader {
  #at = 0;
  readonly bytes: Buffer;
  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
  get done(): boolean {
    return this.#at >= this.bytes.length;
  }
  take(length: number): Buffer {
    const part = this.bytes.subarray(this.#at, this.#at + length);
    if (part.length < length) throw new Error('the message ends too early');
    this.#at += length;
    return part;
  }
  u8 = () => this.take(1).readUInt8();
  u16 = () => this.take(2).readUInt16LE();
  u32 = () => this.take(4).readUInt32LE();
  text = (characters: number) => this.take(characters * 2).toString('utf16le');
}

/** What SQLite stores. */
export type Cell = string | number | bigint | Buffer | null;

const TYPE = { guid: 0x24, integer: 0x26, bit: 0x68, text: 0xe7 } as const;

function guidText(bytes: Buffer): string {
  const swapped = Buffer.from(bytes);
  for (const [from, to] of [
    [0, 4],
    [4, 6],
    [6, 8],
  ] as const)
    swapped.subarray(from, to).reverse();
  const hex = swapped.toString('hex').toUpperCase();
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function guidBytes(text: string): Buffer {
  const bytes = Buffer.from(text.replaceAll('-', ''), 'hex');
  for (const [from, to] of [
    [0, 4],
    [4, 6],
    [6, 8],
  ] as const)
    bytes.subarray(from, to).reverse();
  return bytes;
}

function readText(reader: Reader): string | null {
  const longest = reader.u16();
  reader.take(5);
  if (longest !== 0xffff) {
    const length = reader.u16();
    return length === 0xffff ? null : reader.text(length / 2);
  }
  if (reader.take(8).readBigUInt64LE() === 0xffff_ffff_ffff_ffffn) return null;
  const chunks: Buffer[] = [];
  for (let length = reader.u32(); length > 0; length = reader.u32()) chunks.push(reader.take(length));
  return Buffer.concat(chunks).toString('utf16le');
}

function readParameter(reader: Reader): SqlParameter {
  const name = reader.text(reader.u8()).replace(/^@/, '');
  reader.u8();
  const type = reader.u8();
  if (type === TYPE.text) return { name, value: readText(reader) };
  reader.u8();
  const bytes = reader.take(reader.u8());
  if (bytes.length === 0) return { name, value: null };
  switch (type) {
    case TYPE.guid:
      return { name, value: guidText(bytes) };
    case TYPE.integer:
      return { name, value: bytes.length === 8 ? bytes.readBigInt64LE() : bytes.readIntLE(0, bytes.length) };
    case TYPE.bit:
      return { name, value: bytes[0]! };
    default:
      throw new Error(`a parameter of type 0x${type.toString(16)} is beyond the stand-in`);
  }
}

/** The statement and its parameters out of a call of `sp_executesql`. */
export function readExecuteSql(message: Buffer): {
  readonly sql: string;
  readonly parameters: readonly SqlParameter[];
} {
  const reader = new Reader(message);
  reader.take(reader.u32() - 4);
  // A procedure is named by a number or, by older drivers, in letters.
  const length = reader.u16();
  const isKnown =
    length === 0xffff ? reader.u16() === 10 : reader.take(2 * length).toString('utf16le') === 'sp_executesql';
  if (!isKnown) throw new Error('only sp_executesql is known');
  reader.u16();
  const parameters: SqlParameter[] = [];
  while (!reader.done) parameters.push(readParameter(reader));
  const [statement, , ...rest] = parameters;
  return { sql: String(statement?.value), parameters: rest };
}

/** Account and database of a LOGIN7 message. */
export function readLogin(message: Buffer) {
  const field = (at: number) =>
    message.subarray(message.readUInt16LE(at), message.readUInt16LE(at) + 2 * message.readUInt16LE(at + 2));
  const hidden = Buffer.from(field(44));
  const password = hidden.map((byte) => ((byte ^ 0xa5) >> 4) | (((byte ^ 0xa5) & 15) << 4));
  return {
    user: field(40).toString('utf16le'),
    password: Buffer.from(password).toString('utf16le'),
    database: field(68).toString('utf16le'),
  };
}

const u16 = (value: number) => Buffer.from([value & 255, value >> 8]);
const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const shortText = (text: string) => Buffer.concat([Buffer.from([text.length]), Buffer.from(text, 'utf16le')]);
const COLLATION = Buffer.from([9, 4, 0xd0, 0, 0x34]);

export function doneToken(
  kind: 'batch' | 'procedure' | 'statement',
  rows: number | null,
  failed = false,
): Buffer {
  const bytes = Buffer.alloc(13);
  bytes[0] = { batch: 0xfd, procedure: 0xfe, statement: 0xff }[kind];
  bytes.writeUInt16LE((rows === null ? 0 : 0x10) | (failed ? 2 : 0) | (kind === 'statement' ? 1 : 0), 1);
  bytes.writeBigUInt64LE(BigInt(rows ?? 0), 5);
  return bytes;
}

export const returnStatus = (): Buffer => Buffer.from([0x79, 0, 0, 0, 0]);

export function errorToken(number: number, text: string): Buffer {
  const message = Buffer.from(text, 'utf16le');
  const body = Buffer.concat([
    u32(number),
    Buffer.from([1, 14]),
    u16(text.length),
    message,
    shortText('stand-in'),
    shortText(''),
    u32(1),
  ]);
  return Buffer.concat([Buffer.from([0xaa]), u16(body.length), body]);
}

export function loginTokens(database: string): Buffer {
  const change = Buffer.concat([Buffer.from([1]), shortText(database), shortText('master')]);
  const program = Buffer.concat([
    Buffer.from([1, 0x74, 0, 0, 4]),
    shortText('Microsoft SQL Server'),
    Buffer.from([16, 0, 0, 1]),
  ]);
  return Buffer.concat([
    Buffer.from([0xe3]),
    u16(change.length),
    change,
    Buffer.from([0xe3]),
    u16(8),
    Buffer.from([7, 5]),
    COLLATION,
    Buffer.from([0]),
    Buffer.from([0xad]),
    u16(program.length),
    program,
    doneToken('batch', null),
  ]);
}

function columnType(type: string): Buffer {
  if (type === 'bit') return Buffer.from([TYPE.bit, 1]);
  if (type === 'uniqueidentifier') return Buffer.from([TYPE.guid, 16]);
  if (type === 'integer') return Buffer.from([TYPE.integer, 8]);
  if (type === 'int') return Buffer.from([TYPE.integer, 4]);
  return Buffer.concat([Buffer.from([TYPE.text]), u16(8000), COLLATION]);
}

function cell(type: string, value: Cell): Buffer {
  if (value === null)
    return ['bit', 'uniqueidentifier', 'integer', 'int'].includes(type) ? Buffer.from([0]) : u16(0xffff);
  if (type === 'bit') return Buffer.from([1, Number(value)]);
  if (type === 'uniqueidentifier') return Buffer.concat([Buffer.from([16]), guidBytes(String(value))]);
  if (type === 'int') return Buffer.concat([Buffer.from([4]), u32(Number(value))]);
  if (type === 'integer') {
    const bytes = Buffer.alloc(9, 8);
    bytes.writeBigInt64LE(BigInt(String(value)), 1);
    return bytes;
  }
  const text = Buffer.from(String(value), 'utf16le');
  return Buffer.concat([u16(text.length), text]);
}

export function rowTokens(columns: readonly ResultColumn[], rows: readonly (readonly Cell[])[]): Buffer {
  const described = columns.map(({ name, type }) =>
    Buffer.concat([u32(0), u16(1), columnType(type), shortText(name)]),
  );
  const told = rows.map((row) =>
    Buffer.concat([Buffer.from([0xd1]), ...row.map((value, i) => cell(columns[i]!.type, value))]),
  );
  return Buffer.concat([Buffer.from([0x81]), u16(columns.length), ...described, ...told]);
}
