/** How values of TDS travel ([MS-TDS] 2.2.5.4 and 2.2.5.5): enough to step over them and to say how long they are. */

/** Ran past what there is of a message. Taps keep the beginning of a message only, so this is no error. */
export class MessageEnd extends Error {}

export class TdsReader {
  readonly #bytes: Buffer;
  at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get done(): boolean {
    return this.at >= this.#bytes.length;
  }

  take(length: number): Buffer {
    if (length < 0 || this.at + length > this.#bytes.length) throw new MessageEnd();
    const part = this.#bytes.subarray(this.at, this.at + length);
    this.at += length;
    return part;
  }

  u8(): number {
    return this.take(1)[0]!;
  }

  u16(): number {
    return this.take(2).readUInt16LE(0);
  }

  u32(): number {
    return this.take(4).readUInt32LE(0);
  }

  text(characters: number): string {
    return this.take(characters * 2).toString('utf16le');
  }

  /** Of what is left, at most that many characters: a text may go on beyond what was kept. */
  rest(characters: number): string {
    const bytes = Math.min(characters * 2, this.#bytes.length - this.at) & ~1;
    return this.take(bytes).toString('utf16le');
  }
}

type Length = 'fixed' | 'byte' | 'short' | 'chunks' | 'long' | 'pointer';

export interface TdsType {
  readonly name: string;
  readonly length: Length;
  /** Bytes of a value of fixed length. */
  readonly bytes: number;
  readonly wide: boolean;
}

const FIXED: Readonly<Record<number, readonly [name: string, bytes: number]>> = {
  0x1f: ['null', 0],
  0x30: ['tinyint', 1],
  0x32: ['bit', 1],
  0x34: ['smallint', 2],
  0x38: ['int', 4],
  0x3a: ['smalldatetime', 4],
  0x3b: ['real', 4],
  0x3c: ['money', 8],
  0x3d: ['datetime', 8],
  0x3e: ['float', 8],
  0x7a: ['smallmoney', 4],
  0x7f: ['bigint', 8],
};

/** Types whose values say their length in one byte, with the bytes that follow the type. */
const BYTE: Readonly<Record<number, readonly [name: string, info: number]>> = {
  0x24: ['uniqueidentifier', 1],
  0x26: ['int', 1],
  0x28: ['date', 0],
  0x29: ['time', 1],
  0x2a: ['datetime2', 1],
  0x2b: ['datetimeoffset', 1],
  0x37: ['decimal', 3],
  0x3f: ['numeric', 3],
  0x68: ['bit', 1],
  0x6a: ['decimal', 3],
  0x6c: ['numeric', 3],
  0x6d: ['float', 1],
  0x6e: ['money', 1],
  0x6f: ['datetime', 1],
};

const COLLATION_BYTES = 5;
const SHORT: Readonly<Record<number, readonly [name: string, collation: number, wide: boolean]>> = {
  0xa5: ['bytes', 0, false],
  0xad: ['bytes', 0, false],
  0xa7: ['text', COLLATION_BYTES, false],
  0xaf: ['text', COLLATION_BYTES, false],
  0xe7: ['text', COLLATION_BYTES, true],
  0xef: ['text', COLLATION_BYTES, true],
};
const LONG: Readonly<Record<number, readonly [name: string, collation: number, wide: boolean]>> = {
  0x22: ['bytes', 0, false],
  0x23: ['text', COLLATION_BYTES, false],
  0x63: ['text', COLLATION_BYTES, true],
};

/** `inRows`: large old types stand behind a pointer in rows, and directly in parameters. */
export function readType(reader: TdsReader, inRows: boolean): TdsType {
  const code = reader.u8();
  const fixed = FIXED[code];
  if (fixed !== undefined) return { name: fixed[0], length: 'fixed', bytes: fixed[1], wide: false };
  const byte = BYTE[code];
  if (byte !== undefined) {
    reader.take(byte[1]);
    return { name: byte[0], length: 'byte', bytes: 0, wide: false };
  }
  const short = SHORT[code];
  if (short !== undefined) {
    const longest = reader.u16();
    reader.take(short[1]);
    return { name: short[0], length: longest === 0xff_ff ? 'chunks' : 'short', bytes: 0, wide: short[2] };
  }
  const long = LONG[code];
  // XML, variants, tables and types of the user's own end what can be followed of a message.
  if (long === undefined) throw new MessageEnd();
  reader.take(4 + long[1]);
  return { name: long[0], length: inRows ? 'pointer' : 'long', bytes: 0, wide: long[2] };
}

const NULL_CHUNKS = 0xff_ff_ff_ff_ff_ff_ff_ffn;

/** Steps over a value; its length in bytes, or null where it is NULL. */
export function skipValue(reader: TdsReader, type: TdsType): number | null {
  switch (type.length) {
    case 'fixed':
      return reader.take(type.bytes).length;
    case 'byte': {
      const length = reader.u8();
      return length === 0 ? null : reader.take(length).length;
    }
    case 'short': {
      const length = reader.u16();
      return length === 0xff_ff ? null : reader.take(length).length;
    }
    case 'long': {
      const length = reader.u32();
      return length === 0xff_ff_ff_ff ? null : reader.take(length).length;
    }
    case 'pointer': {
      const pointer = reader.u8();
      if (pointer === 0) return null;
      reader.take(pointer + 8);
      return reader.take(reader.u32()).length;
    }
    default: {
      if (reader.take(8).readBigUInt64LE(0) === NULL_CHUNKS) return null;
      let total = 0;
      for (let length = reader.u32(); length > 0; length = reader.u32()) total += reader.take(length).length;
      return total;
    }
  }
}

/** Kind and length of a value, which is stepped over. */
export function maskedValue(reader: TdsReader, type: TdsType): string {
  const length = skipValue(reader, type);
  if (length === null) return 'null';
  if (type.length === 'fixed' || type.length === 'byte') return type.name;
  return `${type.name}(${type.wide ? length / 2 : length})`;
}

/** A value that is text, as far as it was kept; null for any other. */
export function textValue(reader: TdsReader, type: TdsType): string | null {
  if (!type.wide) return null;
  if (type.length === 'short') {
    const length = reader.u16();
    return length === 0xff_ff ? null : reader.rest(length / 2);
  }
  if (type.length === 'long') {
    const length = reader.u32();
    return length === 0xff_ff_ff_ff ? null : reader.rest(length / 2);
  }
  if (type.length !== 'chunks' || reader.take(8).readBigUInt64LE(0) === NULL_CHUNKS) return null;
  const parts: string[] = [];
  for (let length = reader.u32(); length > 0; length = reader.done ? 0 : reader.u32())
    parts.push(reader.rest(length / 2));
  return parts.join('');
}
