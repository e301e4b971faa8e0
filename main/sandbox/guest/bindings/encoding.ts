import { host } from '../host.ts';
import { type Bytes, bytesOf, plain } from './bytes.ts';
import { decodeText } from './buffer.ts';
import { decodeUtf8, encodeUtf8, encodeUtf8Into } from './utf8.ts';

const results = new Uint32Array(2);
const IS_ASCII = /^\p{ASCII}*$/u;
const FATAL = 2;

function hasByteOrderMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

export const encodingBinding = {
  encodeIntoResults: results,
  encodeUtf8String: (text: string) => encodeUtf8(text),
  /** How much was read and written goes into `encodeIntoResults`. */
  encodeInto(text: string, target: Uint8Array) {
    const { read, written } = encodeUtf8Into(text, target);
    results[0] = read;
    results[1] = written;
  },
  decodeUTF8(data: Bytes, ignoreBom: boolean, fatal: boolean) {
    const all = bytesOf(data);
    const bytes = !ignoreBom && hasByteOrderMark(all) ? all.subarray(3) : all;
    return fatal ? decodeUtf8(bytes, 0, bytes.length, true) : decodeText.utf8(bytes);
  },
  decodeWindows1252: (data: Bytes, _ignoreBom: boolean, fatal: boolean) =>
    host('icu', 'one', 'windows-1252', fatal ? FATAL : 0, plain(data)),
  decodeLatin1: (data: Bytes, _ignoreBom: boolean, fatal: boolean) =>
    host('icu', 'one', 'windows-1252', fatal ? FATAL : 0, plain(data)),
  toASCII: (text: string) => (IS_ASCII.test(text) ? text.toLowerCase() : host('url', 'ascii', text)),
  toUnicode: (text: string) => host('url', 'unicode', text),
};
