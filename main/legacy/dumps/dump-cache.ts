import { createHash } from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { LegacyConnection } from '#contract/project-settings.ts';
import { Fault } from '#engine/fault.ts';
import { assertPlainFile } from '#files/plain-file.ts';
import { sweepUnfinished, unfinishedPath } from '#files/unfinished.ts';
import { csvRows } from '#legacy/dumps/csv-rows.ts';
import { DumpTable, readDumpMeta, type RenamedColumn } from '#legacy/dumps/dump-table.ts';
import {
  type DumpEncoding,
  dumpText,
  fileHead,
  isGzip,
  markedEncoding,
  NotUtf8,
} from '#legacy/dumps/dump-text.ts';
import { ndjsonRows } from '#legacy/dumps/ndjson-rows.ts';

export type DumpConnection = Extract<LegacyConnection, { readonly engine: 'csv' | 'ndjson' }>;

/** What is known about a dump besides its rows. */
export interface DumpMeta {
  readonly encoding: DumpEncoding;
  readonly renamed: readonly RenamedColumn[];
  readonly booleans: readonly string[];
}

export interface CachedDump {
  /** The SQLite file with the dump's rows. */
  readonly path: string;
  readonly meta: DumpMeta;
}

/** Raised whenever the cached form changes, so that older caches are not read. */
const CACHE_FORMAT = 1;
const SAMPLE_BYTES = 1024 * 1024;

/** The dump as SQLite file: from the project's cache, or imported now, once for each state of the file. */
export async function cachedDump(
  connection: DumpConnection,
  path: string,
  projectFolder: string,
): Promise<CachedDump> {
  const folder = join(projectFolder, '.userferry', 'cache');
  const cached = join(folder, `${await fingerprint(connection, path)}.db`);
  const known = await metaOf(cached);
  if (known !== null) return { path: cached, meta: known };
  await mkdir(folder, { recursive: true });
  sweepUnfinished(folder);
  const partial = unfinishedPath(cached);
  try {
    const meta = await imported(connection, path, partial);
    await rename(partial, cached);
    return { path: cached, meta };
  } catch (error) {
    throw dumpFault(error, path);
  } finally {
    await rm(partial, { force: true });
  }
}

async function metaOf(cached: string): Promise<DumpMeta | null> {
  try {
    await stat(cached);
    return readDumpMeta(cached) as DumpMeta | null;
  } catch {
    return null;
  }
}

/** Size, time of change, and the bytes at both ends: cheap, and different for every dump that differs. */
async function fingerprint(connection: DumpConnection, path: string): Promise<string> {
  try {
    const { size, mtimeMs } = await assertPlainFile(path);
    const hash = createHash('sha256');
    const delimiter = connection.engine === 'csv' ? connection.delimiter : '';
    hash.update(JSON.stringify([CACHE_FORMAT, connection.engine, delimiter, size, Math.trunc(mtimeMs)]));
    hash.update(await fileHead(path, SAMPLE_BYTES));
    hash.update(await fileTail(path, size));
    return hash.digest('hex').slice(0, 32);
  } catch (error) {
    throw dumpFault(error, path);
  }
}

async function fileTail(path: string, size: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const start = Math.max(0, size - SAMPLE_BYTES);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SAMPLE_BYTES), 0, SAMPLE_BYTES, start);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function imported(connection: DumpConnection, path: string, target: string): Promise<DumpMeta> {
  const head = await fileHead(path, 4);
  const gzip = isGzip(head);
  const encoding = gzip ? 'utf-8' : markedEncoding(head);
  try {
    return await importedAs(connection, path, target, gzip, encoding);
  } catch (error) {
    if (!(error instanceof NotUtf8)) throw error;
    await rm(target, { force: true });
    return importedAs(connection, path, target, gzip, 'windows-1252');
  }
}

async function importedAs(
  connection: DumpConnection,
  path: string,
  target: string,
  gzip: boolean,
  encoding: DumpEncoding,
): Promise<DumpMeta> {
  const table = new DumpTable(target);
  try {
    const text = dumpText(path, gzip, encoding);
    const meta =
      connection.engine === 'csv'
        ? await fromCsv(table, text, connection, path)
        : await fromNdjson(table, text);
    table.finish({ encoding, ...meta });
    return { encoding, ...meta };
  } catch (error) {
    table.abandon();
    throw error;
  }
}

type Meta = Omit<DumpMeta, 'encoding'>;

async function fromCsv(
  table: DumpTable,
  text: NodeJS.ReadableStream[],
  connection: Extract<DumpConnection, { engine: 'csv' }>,
  path: string,
): Promise<Meta> {
  const { parser, summary, hasHeader } = csvRows(table, connection.delimiter);
  parser.resume();
  await pipeline([...text, parser] as unknown as [NodeJS.ReadableStream, NodeJS.WritableStream]);
  if (!hasHeader()) throw emptyDump(path);
  return { ...summary(), booleans: [] };
}

async function fromNdjson(table: DumpTable, text: NodeJS.ReadableStream[]): Promise<Meta> {
  const { lines, summary } = ndjsonRows(table);
  await pipeline([...text, lines] as unknown as [NodeJS.ReadableStream, NodeJS.WritableStream]);
  return summary();
}

const emptyDump = (path: string) =>
  new Fault('legacy-query', `${basename(path)} is empty`, {
    where: path,
    help: 'The first line must name the columns.',
  });

function dumpFault(error: unknown, path: string): Error {
  if (error instanceof Fault) return error;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const name = basename(path);
  if (code === 'ENOENT' || code === 'EISDIR' || code === 'NOT_A_FILE') {
    return new Fault('legacy-unreachable', `${name} does not exist, or is not a file`, {
      where: path,
      help: 'Paths are relative to the project folder.',
    });
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new Fault('legacy-denied', `${name} or the project's cache may not be read or written`, {
      where: path,
    });
  }
  if (code.startsWith('Z_')) {
    return new Fault('legacy-query', `${name} is cut off or damaged: it cannot be unpacked`, { where: path });
  }
  if (error instanceof RangeError) {
    return new Fault('legacy-query', `${name} is no list of users: ${error.message}`, { where: path });
  }
  if (code === 'ENOSPC' || code.startsWith('SQLITE_FULL')) {
    return new Fault('replica-unwritable', 'the disk with the project is full', { where: path });
  }
  return error as Error;
}
