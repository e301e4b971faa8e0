import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { Fault } from '#engine/fault.ts';
import { assertPlainFile } from '#files/plain-file.ts';

const CHUNK = 1024 * 1024;
/** Access logs pack to a twentieth or so; past this much text, more than so many times the file is a crafted one. */
const FREE_BYTES = 256 * 1024 * 1024;
const MOST_TIMES = 1000;

export interface LogHead {
  readonly gzip: boolean;
  readonly bytes: number;
}

export async function headOf(path: string): Promise<LogHead> {
  const file = await assertPlainFile(path)
    .then(() => open(path, 'r'))
    .catch((error: unknown) => {
      throw unreadable(path, error);
    });
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    const { size } = await file.stat();
    return { gzip: buffer[0] === 0x1f && buffer[1] === 0x8b, bytes: size };
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    await file.close();
  }
}

/** The text of a log, unpacked and decoded, piece by piece. */
export async function* logText(
  path: string,
  head: LogHead,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const source = createReadStream(path, { highWaterMark: CHUNK });
  const stop = () => source.destroy(cancelled());
  signal.addEventListener('abort', stop, { once: true });
  const stream = head.gzip ? source.pipe(createGunzip({ chunkSize: CHUNK })) : source;
  if (head.gzip) source.once('error', (error) => stream.destroy(error));
  let decoder: TextDecoder | null = null;
  let unpacked = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      if (signal.aborted) throw cancelled();
      unpacked += chunk.length;
      if (head.gzip && unpacked > FREE_BYTES && unpacked > MOST_TIMES * source.bytesRead)
        throw tooPacked(path);
      onBytes(source.bytesRead);
      decoder ??= new TextDecoder(encodingOf(chunk));
      yield decoder.decode(chunk, { stream: true });
    }
    yield decoder?.decode() ?? '';
  } catch (error) {
    throw error instanceof Fault ? error : readingFault(path, error);
  } finally {
    signal.removeEventListener('abort', stop);
    source.destroy();
    stream.destroy();
  }
}

function cancelled(): Fault {
  return new Fault('cancelled', 'reading the access log was cancelled');
}

/** By the byte order mark; spreadsheet programs save UTF-16. */
function encodingOf(chunk: Buffer): string {
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le';
  return chunk[0] === 0xfe && chunk[1] === 0xff ? 'utf-16be' : 'utf-8';
}

function readingFault(path: string, error: unknown): Fault {
  const code = codeOf(error);
  if (!code.startsWith('Z_')) return unreadable(path, error);
  const what = code === 'Z_BUF_ERROR' ? 'ends too early' : 'is damaged';
  return new Fault('input-invalid', `the packed access log ${what}`, {
    where: path,
    help: 'Copy the file again; a log that is still being written must be closed first.',
  });
}

function tooPacked(path: string): Fault {
  return new Fault('input-invalid', `the packed file unpacks to more than ${MOST_TIMES} times its size`, {
    where: path,
    help: 'No log does that. If the file is what it should be, unpack it and give the text.',
  });
}

function unreadable(path: string, error: unknown): Fault {
  return new Fault('input-invalid', `the access log cannot be read (${codeOf(error) || 'unknown'})`, {
    where: path,
    help: 'Check the path and that you may read the file.',
  });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
