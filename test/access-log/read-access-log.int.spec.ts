import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readAccessLog } from '#access-log/read-access-log.ts';
import { Fault } from '#engine/fault.ts';
import type { AccessLogRequest } from '#engine/ports/access-log.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const folder = temporaryFolder('access-log');

async function read(
  contents: Readonly<Record<string, string | Buffer>>,
  changes: Partial<AccessLogRequest> = {},
  signal = new AbortController().signal,
) {
  const files = Object.entries(contents).map(([name, content]) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  });
  const logins: string[] = [];
  const request = { files, format: null, user: null, time: null, only: {}, ...changes };
  const reports: (readonly [number, number])[] = [];
  const summary = await readAccessLog(
    request,
    (user, atMs) => logins.push(`${user} ${new Date(atMs).toISOString()}`),
    (done, expected) => reports.push([done, expected]),
    signal,
  );
  const { lines, told, filtered, broken, brokenLines } = summary;
  return {
    logins,
    counts: [lines, told, filtered, broken],
    broken: brokenLines.map(({ line, reason }) => `${line}: ${reason}`),
    last: reports.at(-1),
  };
}

async function faultOf(...args: Parameters<typeof read>) {
  try {
    await read(...args);
  } catch (error) {
    if (error instanceof Fault) return [error.kind, error.message, error.help];
    throw error;
  }
  return 'no fault';
}

const CSV = 'Time,User,event\n2026-03-01T08:00:00Z,ada@example.com,login\n2026-02-01 09:30:00,bob,logout\n';
const BOTH = ['ada@example.com 2026-03-01T08:00:00.000Z', 'bob 2026-02-01T09:30:00.000Z'];

describe('what a log may look like', () => {
  it.each([
    ['plain.csv', CSV],
    ['packed.csv.gz', gzipSync(CSV)],
    ['windows.csv', `\ufeff${CSV.replaceAll('\n', '\r\n')}`],
    ['semicolons.csv', CSV.replaceAll(',', ';')],
    ['tabs.csv', CSV.replaceAll(',', '\t')],
    ['utf16.csv', Buffer.from(`\ufeff${CSV}`, 'utf16le')],
    [
      'quoted.csv',
      '"time","user id","note"\n2026-03-01T08:00:00Z,"ada@example.com","a, ""b""\nc"\n1769938200,bob,\n',
    ],
    [
      'lines.ndjson',
      '{"ts":"2026-03-01T08:00:00Z","user":"ada@example.com"}\n\n{"ts":1769938200000,"user":"bob"}',
    ],
    [
      'packed.ndjson.gz',
      gzipSync(
        '{"@timestamp":1772352000,"userId":"ada@example.com"}\n{"@timestamp":"20260201093000","userId":"bob"}\n',
      ),
    ],
  ])('%s', async (name, content) => {
    const { logins, counts } = await read({ [name]: content });
    expect([logins, counts]).toEqual([BOTH, [2, 2, 0, 0]]);
  });

  it('may come in several files, and tells how much of them was read', async () => {
    const { logins, last } = await read({ 'one.csv': CSV, 'two.ndjson': '{"time":1769938200,"user":7}\n' });
    expect([logins, last]).toEqual([
      [...BOTH, '7 2026-02-01T09:30:00.000Z'],
      [CSV.length + 29, CSV.length + 29],
    ]);
  });

  it('may have columns of any name, dotted keys and lines of no interest', async () => {
    const csv = await read(
      {
        'named.csv':
          'wann,wer,was\n2026-03-01T08:00:00Z,ada@example.com,in\n2026-03-01T08:05:00Z,ada@example.com,out\n',
      },
      { user: 'wer', time: 'wann', only: { was: 'in' } },
    );
    const nested = await read(
      {
        'nested.ndjson':
          '{"event":{"type":"start"}}\n{"event":{"type":"login","ok":true,"at":"2026-03-01T08:00:00Z"},"who":{"mail":"ada@example.com"}}\n',
      },
      { user: 'who.mail', time: 'event.at', only: { 'event.type': 'login', 'event.ok': 'true' } },
    );
    expect([csv.logins, csv.counts, nested.logins, nested.counts]).toEqual([
      BOTH.slice(0, 1),
      [2, 1, 1, 0],
      BOTH.slice(0, 1),
      [2, 1, 1, 0],
    ]);
  });

  it('may have broken lines, which are counted and named', async () => {
    const csv = await read({ 'broken.csv': `${CSV}2026-03-01T08:00:00Z,,login\nyesterday,ada,login\n` });
    const ndjson = await read({ 'broken.ndjson': '{"time":1,"user":"a"}\n{"time":\n[1]\n{"time":1}\n' });
    expect([csv.broken, csv.counts, ndjson.broken, ndjson.counts]).toEqual([
      ['4: no user', '5: no time that can be read'],
      [4, 2, 0, 2],
      ['2: a JSON object is needed', '3: a JSON object is needed', '4: no user'],
      [4, 1, 0, 3],
    ]);
  });
});

describe('what is refused', () => {
  it.each([
    ['empty.csv', '', {}, 'the access log is empty'],
    ['heading.csv', 'time,user\n', {}, 'the access log is empty'],
    ['no-user.csv', 'time,page\n2026-03-01,/\n', {}, 'no column of the access log looks like the user'],
    ['no-time.ndjson', '{"user":"ada"}\n', {}, 'no column of the access log looks like the time'],
    ['wrong-name.csv', CSV, { user: 'wer' }, 'the access log has no column "wer"'],
    ['wrong-filter.csv', CSV, { only: { kind: 'login' } }, 'the access log has no column "kind"'],
    ['list.ndjson', '[{"user":"ada"}]\n', {}, 'the access log is a JSON list'],
    ['nothing.csv', 'time,user\nnever,ada\n', {}, 'the access log has no line that tells a user and a time'],
    [
      'all-filtered.csv',
      CSV,
      { only: { event: 'x' } },
      'the access log has no line that tells a user and a time',
    ],
    ['cut.csv.gz', gzipSync(CSV.repeat(200)).subarray(0, 60), {}, 'the packed access log ends too early'],
    [
      'binary.csv.gz',
      Buffer.concat([gzipSync('').subarray(0, 10), Buffer.alloc(40, 7)]),
      {},
      'the packed access log is damaged',
    ],
  ])('%s', async (name, content, changes, message) => {
    expect(await faultOf({ [name]: content }, changes)).toEqual([
      'input-invalid',
      message,
      expect.stringMatching(/\w/),
    ]);
  });

  it('a file that is not there, and a folder', async () => {
    expect(await faultOf({}, { files: [join(folder, 'gone.csv')] })).toEqual([
      'input-invalid',
      'the access log cannot be read (ENOENT)',
      expect.any(String),
    ]);
    expect(await faultOf({}, { files: [folder] })).toEqual([
      'input-invalid',
      'the access log cannot be read (EISDIR)',
      expect.any(String),
    ]);
  });
});

it.each(['large.csv', 'large.csv.gz', 'large.ndjson'])('%s stops when it is told to', async (name) => {
  const controller = new AbortController();
  const line = name.endsWith('.ndjson') ? '{"time":1772352000,"user":"ada"}\n' : '1772352000,ada\n';
  const text = (name.endsWith('.ndjson') ? '' : 'time,user\n') + line.repeat(400_000);
  const content = name.endsWith('.gz') ? gzipSync(text) : text;
  setTimeout(() => controller.abort(), 5);
  expect(await faultOf({ [name]: content }, {}, controller.signal)).toEqual([
    'cancelled',
    'reading the access log was cancelled',
    undefined,
  ]);
});
