import { csvLog } from '#access-log/csv-log.ts';
import { createLineTally } from '#access-log/line-tally.ts';
import { headOf, logText } from '#access-log/log-text.ts';
import { ndjsonLog } from '#access-log/ndjson-log.ts';
import { Fault } from '#engine/fault.ts';
import type { ReadAccessLog } from '#engine/ports/access-log.ts';

/** Reads the files one after the other. */
export const readAccessLog: ReadAccessLog = async (request, onLogin, report, signal) => {
  const heads = await Promise.all(request.files.map((path) => headOf(path)));
  const expected = heads.reduce((sum, { bytes }) => sum + bytes, 0);
  const tally = createLineTally(onLogin);
  let before = 0;
  for (const [index, path] of request.files.entries()) {
    const head = heads[index]!;
    const done = before;
    tally.startFile(path);
    const text = logText(path, head, (bytes) => report(done + bytes, expected), signal);
    const first = await text.next();
    const beginning = first.done === true ? '' : first.value;
    const whole = again(beginning, text);
    const format = request.format ?? (/^\s*[{[]/.test(beginning.replace('\ufeff', '')) ? 'ndjson' : 'csv');
    if (format === 'csv') await csvLog(whole, path, request, tally);
    else await ndjsonLog(whole, path, request, tally);
    before += head.bytes;
  }
  report(expected, expected);
  const summary = tally.summary();
  if (summary.told > 0) return summary;
  const [first] = summary.brokenLines;
  const why = summary.lines === 0 ? 'is empty' : 'has no line that tells a user and a time';
  throw new Fault('input-invalid', `the access log ${why}`, {
    where: first?.file ?? request.files[0]!,
    ...(first === undefined ? {} : { doing: `line ${first.line}: ${first.reason}` }),
    help: 'Check the file, and the columns with --log-user, --log-time and --log-only.',
  });
};

async function* again(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}
