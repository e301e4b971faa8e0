/** Icon files are small archives of PNG pictures. Pictures are given by their width, all square. */
type Pictures = ReadonlyMap<number, Buffer>;

const ICO_HEADER = 6;
const ICO_ENTRY = 16;

/** Windows: a directory of fixed entries, then the pictures. Width 256 is written as 0. */
export function icoOf(pictures: Pictures): Buffer {
  const head = Buffer.alloc(ICO_HEADER + ICO_ENTRY * pictures.size);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.size, 4);
  let offset = head.length;
  [...pictures].forEach(([size, png], index) => {
    const at = ICO_HEADER + ICO_ENTRY * index;
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([head, ...pictures.values()]);
}

/** Names of the parts by width in pixels, for screens of usual and of double density. */
const ICNS_TYPES: Readonly<Record<number, readonly string[]>> = {
  16: ['icp4'],
  32: ['icp5', 'ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
};

/** macOS: length-prefixed parts. Throws for a width that has no name there. */
export function icnsOf(pictures: Pictures): Buffer {
  const parts = [...pictures].flatMap(([size, png]) => {
    const types = ICNS_TYPES[size];
    if (types === undefined) throw new Error(`macOS has no icon of ${size} pixels`);
    return types.map((type) => Buffer.concat([Buffer.from(type), lengthOf(png.length + 8), png]));
  });
  const size = parts.reduce((sum, part) => sum + part.length, 8);
  return Buffer.concat([Buffer.from('icns'), lengthOf(size), ...parts]);
}

function lengthOf(length: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length);
  return bytes;
}
