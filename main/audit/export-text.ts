import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { Fault } from '#engine/fault.ts';
import { assertPlainFile } from '#files/plain-file.ts';

const CHUNK = 256 * 1024;

export interface TextLimits {
  /** A packed file may unpack to this many times its size, once it is past `freeBytes`. */
  readonly ratio: number;
  readonly freeBytes: number;
  readonly longestLine: number;
}

/** User exports pack to a tenth or so; only crafted files reach hundreds. */
export const TEXT_LIMITS: TextLimits = {
  ratio: 250,
  freeBytes: 256 * 1024 * 1024,
  longestLine: 16 * 1024 * 1024,
};

export interface ExportHead {
  readonly gzip: boolean;
  readonly bytes: number;
}

export async function headOf(path: string): Promise<ExportHead> {
  const file = await assertPlainFile(path)
    .then(() => open(path, 'r'))
    .catch((error: unknown) => {
      throw unreadable(path, error);
    });
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    const { size } = await file.stat();
    return { gzip: buffer[0] === 0x1f && buffer[1] === 0x8b, bytes: size };
  } finally {
    await file.close();
  }
}

export function unreadable(path: string, error: unknown): Fault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return new Fault('input-invalid', `the export cannot be read (${code})`, {
    where: path,
    help: 'Check the path and that you may read the file.',
  });
}

/** Text of an export, unpacked and decoded, piece by piece. `onBytes` hears how many bytes of the file were read. */
export async function* textOf(
  path: string,
  head: ExportHead,
  limits: TextLimits,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const source = createReadStream(path, { highWaterMark: CHUNK });
  const stop = () => source.destroy(new Fault('cancelled', 'reading the export was cancelled'));
  signal.addEventListener('abort', stop, { once: true });
  const stream = head.gzip ? source.pipe(createGunzip({ chunkSize: CHUNK })) : source;
  if (head.gzip) source.once('error', (error) => stream.destroy(error));
  let decoder: TextDecoder | null = null;
  let unpacked = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      if (signal.aborted) throw new Fault('cancelled', 'reading the export was cancelled');
      unpacked += chunk.length;
      if (head.gzip && unpacked > limits.freeBytes && unpacked > limits.ratio * source.bytesRead) {
        throw tooPacked(path, limits);
      }
      onBytes(source.bytesRead);
      decoder ??= new TextDecoder(encodingOf(chunk));
      yield decoder.decode(chunk, { stream: true });
    }
    const rest = decoder?.decode() ?? '';
    if (rest !== '') yield rest;
  } catch (error) {
    throw error instanceof Fault ? error : readingFault(path, error);
  } finally {
    signal.removeEventListener('abort', stop);
    source.destroy();
    stream.destroy();
  }
}

/** By the byte order mark; spreadsheet programs save UTF-16. */
function encodingOf(chunk: Buffer): string {
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le';
  return chunk[0] === 0xfe && chunk[1] === 0xff ? 'utf-16be' : 'utf-8';
}

function tooPacked(path: string, limits: TextLimits): Fault {
  return new Fault('input-invalid', `the packed file unpacks to more than ${limits.ratio} times its size`, {
    where: path,
    help: 'No user export does that. If the file is what it should be, unpack it and give the text.',
  });
}

function readingFault(path: string, error: unknown): Fault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'Z_BUF_ERROR') {
    return new Fault('input-invalid', 'the packed file ends too early', {
      where: path,
      help: 'The download was cut off: fetch the export again.',
    });
  }
  if (code.startsWith('Z_')) {
    return new Fault('input-invalid', 'the packed file is damaged', {
      where: path,
      help: 'Fetch the export again.',
    });
  }
  return unreadable(path, error);
}
