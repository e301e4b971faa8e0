import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { icnsOf, icoOf } from '../../scripts/icon-files.ts';

const png = (path: string) => readFileSync(new URL(`../../scripts/packaging/${path}`, import.meta.url));
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47]);
const small = Buffer.from([...SIGNATURE, 1]);
const big = Buffer.from([...SIGNATURE, 2, 3]);

/** Widths of the pictures that each part of a Windows icon really holds, read as Windows does. */
function picturesOfIco(file: Buffer): readonly (readonly [number, number])[] {
  return Array.from({ length: file.readUInt16LE(4) }, (_, index) => {
    const at = 6 + 16 * index;
    const offset = file.readUInt32LE(at + 12);
    expect(file.subarray(offset, offset + 4)).toEqual(SIGNATURE);
    return [file.readUInt8(at) || 256, file.readUInt32BE(offset + 16)];
  });
}

function partsOfIcns(file: Buffer): readonly (readonly [string, number])[] {
  const parts: [string, number][] = [];
  for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) {
    parts.push([file.toString('latin1', at, at + 4), file.readUInt32BE(at + 8 + 16)]);
  }
  return parts;
}

describe('icons', () => {
  it('of Windows hold the pictures that their directory promises', () => {
    expect(picturesOfIco(png('icon.ico'))).toEqual([
      [16, 16],
      [32, 32],
      [48, 48],
      [256, 256],
    ]);
  });

  it('of macOS hold pictures of the sizes of their types', () => {
    const file = png('icon.icns');
    expect({ length: file.readUInt32BE(4), parts: partsOfIcns(file) }).toEqual({
      length: file.length,
      parts: [
        ['icp4', 16],
        ['icp5', 32],
        ['ic11', 32],
        ['ic12', 64],
        ['ic07', 128],
        ['ic08', 256],
        ['ic13', 256],
        ['ic09', 512],
        ['ic14', 512],
      ],
    });
  });

  it('are put together byte for byte', () => {
    const pictures = new Map([
      [16, small],
      [256, big],
    ]);
    expect({
      ico: icoOf(pictures).toString('hex'),
      icns: icnsOf(new Map([[16, small]])).toString('hex'),
    }).toEqual({
      ico: '000001000200101000000100200005000000260000000000000001002000060000002b00000089504e470189504e470203',
      icns: '69636e7300000015696370340000000d89504e4701',
    });
  });

  it('cannot have a size that macOS does not know', () => {
    expect(() => icnsOf(new Map([[48, small]]))).toThrow('macOS has no icon of 48 pixels');
  });
});
