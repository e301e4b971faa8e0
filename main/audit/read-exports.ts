import { Fault } from '#engine/fault.ts';
import type {
  BrokenLine,
  ExportFile,
  ExportFormat,
  ExportRequest,
  ExportSummary,
  ReportBytes,
} from '#engine/ports/audit-work.ts';
import { csvRecords } from '#audit/csv-records.ts';
import { type ExportHead, headOf, TEXT_LIMITS, type TextLimits, textOf } from '#audit/export-text.ts';
import { ndjsonRecords } from '#audit/ndjson-records.ts';
import { tallyFile } from '#audit/record-sink.ts';
import type { TenantSide } from '#audit/side-writer.ts';

/** Reads the files one after the other into the tenant's side. */
export async function readExports(
  request: ExportRequest,
  side: TenantSide,
  report: ReportBytes,
  signal: AbortSignal,
  limits: TextLimits = TEXT_LIMITS,
): Promise<ExportSummary> {
  const heads = await Promise.all(request.files.map((path) => headOf(path)));
  const expected = heads.reduce((sum, { bytes }) => sum + bytes, 0);
  const files: ExportFile[] = [];
  const broken: BrokenLine[] = [];
  let before = 0;
  for (const [number, path] of request.files.entries()) {
    const head = heads[number]!;
    const done = before;
    const onBytes = (bytes: number) => report(done + bytes, expected);
    files.push(await readExport(request, { number, path, head }, side, broken, { onBytes, signal, limits }));
    before += head.bytes;
  }
  report(expected, expected);
  return { files, broken };
}

interface OneFile {
  readonly number: number;
  readonly path: string;
  readonly head: ExportHead;
}

interface Reading {
  readonly onBytes: (bytes: number) => void;
  readonly signal: AbortSignal;
  readonly limits: TextLimits;
}

async function readExport(
  request: ExportRequest,
  { number, path, head }: OneFile,
  side: TenantSide,
  broken: BrokenLine[],
  { onBytes, signal, limits }: Reading,
): Promise<ExportFile> {
  const text = textOf(path, head, limits, onBytes, signal);
  const first = await text.next();
  if (first.done === true) {
    throw new Fault('input-invalid', 'the export is empty', { where: path, help: 'Fetch the export again.' });
  }
  const format = request.format ?? formatOf(first.value);
  const tally = tallyFile(number, request.rules, side, broken);
  const whole = again(first.value, text);
  const { columns } = request;
  let knowledge = null;
  if (format === 'csv') knowledge = await csvRecords(whole, path, columns, limits.longestLine, tally.sink);
  else await ndjsonRecords(whole, path, columns, limits.longestLine, tally.sink);
  const counts = tally.counts();
  if (counts.lines > 0 && counts.broken === counts.lines) {
    throw new Fault('input-invalid', `none of the ${counts.lines} lines can be read as a user`, {
      where: path,
      doing: `line ${broken.at(-1)?.line ?? 1}: ${broken.at(-1)?.reason ?? ''}`,
      help: 'Check that this is a user export. Keys that were renamed need --columns "Heading=user_id".',
    });
  }
  return { path, format, gzip: head.gzip, ...counts, knowledge: knowledge ?? tally.seen() };
}

function formatOf(text: string): ExportFormat {
  return /^\s*[{[]/.test(text) ? 'ndjson' : 'csv';
}

async function* again(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}
