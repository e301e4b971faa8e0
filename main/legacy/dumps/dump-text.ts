import { createReadStream, type ReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** Dumps pack to a twentieth or so; past this much text, more than so many times the file is a crafted one. */
const FREE_BYTES = 256 * 1024 * 1024;
const MOST_TIMES = 250;

export type DumpEncoding = 'utf-8' | 'windows-1252' | 'utf-16le' | 'utf-16be';

/** A byte was found that is not UTF-8. */
export class NotUtf8 extends Error {
  override readonly name = 'NotUtf8';
}

/** First bytes of a file. */
export async function fileHead(path: string, bytes: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

export const isGzip = (head: Uint8Array) => head[0] === 0x1f && head[1] === 0x8b;

/** Told by a byte order mark; UTF-8 is tried first where there is none. */
export function markedEncoding(head: Uint8Array): DumpEncoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8';
}

/** Text of a dump, unpacked and without a byte order mark. Fails with `NotUtf8` rather than give wrong letters. */
export function dumpText(path: string, gzip: boolean, encoding: DumpEncoding): NodeJS.ReadableStream[] {
  const decoder = new TextDecoder(encoding, { fatal: encoding === 'utf-8' });
  const decode = (chunk: Buffer | undefined): string => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch {
      throw new NotUtf8('not UTF-8');
    }
  };
  const text = new Transform({
    decodeStrings: true,
    encoding: 'utf8',
    transform(chunk: Buffer, _encoding, done) {
      attempt(() => decode(chunk), done);
    },
    flush(done) {
      attempt(() => decode(undefined), done);
    },
  });
  const source = createReadStream(path);
  return gzip ? [source, createGunzip(), sizeGuard(source), text] : [source, text];
}

/** Everything that is unpacked goes to the disk of the project: it must not be filled by a file of a few kilobytes. */
function sizeGuard(source: ReadStream): Transform {
  let unpacked = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      unpacked += chunk.length;
      const tooPacked = unpacked > FREE_BYTES && unpacked > MOST_TIMES * source.bytesRead;
      done(tooPacked ? new RangeError(`it unpacks to more than ${MOST_TIMES} times its size`) : null, chunk);
    },
  });
}

function attempt(work: () => string, done: (error: Error | null, text?: string) => void): void {
  try {
    done(null, work());
  } catch (error) {
    done(error as Error);
  }
}
