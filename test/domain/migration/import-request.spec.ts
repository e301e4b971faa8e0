import { expect, test } from 'vitest';
import {
  type ImportRequest,
  isNearLimit,
  payloadBytes,
  requestRefusal,
} from '#domain/migration/import-request.ts';
import { assuming } from '#test/given-accounts.ts';

const request = (changes: Partial<ImportRequest> = {}): ImportRequest => ({
  fileName: 'users.json',
  fileBytes: 1_000,
  upsert: false,
  externalId: null,
  sendCompletionEmail: false,
  importMode: true,
  activeJobs: 0,
  ...changes,
});

/** A body as a client with a boundary of 40 characters writes it. */
function body({ fileName, fileBytes, upsert, externalId, sendCompletionEmail }: ImportRequest): string {
  const boundary = 'b'.repeat(40);
  const fields = [
    ['connection_id', `con_${'x'.repeat(16)}`],
    ['upsert', String(upsert)],
    ['send_completion_email', String(sendCompletionEmail)],
    ...(externalId === null ? [] : [['external_id', externalId]]),
  ];
  const parts = fields.map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="users"; filename="${fileName}"\r\n`;
  const file = `${head}Content-Type: application/json\r\n\r\n${' '.repeat(fileBytes)}\r\n`;
  return `${parts.join('')}${file}--${boundary}--\r\n`;
}

test('the payload is the file and what a common client puts around it', () => {
  const requests = [request(), request({ externalId: 'wëve-1', upsert: true, sendCompletionEmail: true })];
  expect(requests.map(payloadBytes)).toEqual(requests.map((one) => Buffer.byteLength(body(one))));
});

test('the framing counts, unless the assumption says that it does not', () => {
  const framing = payloadBytes(request({ fileBytes: 0 }));
  const most = 512_000 - framing;
  const refused = (fileBytes: number, assumed: 'yes' | 'no') =>
    requestRefusal(request({ fileBytes }), assuming({ 'import-size-counts-framing': assumed }))?.statusCode ??
    null;
  expect([
    refused(most, 'yes'),
    refused(most + 1, 'yes'),
    refused(512_000, 'no'),
    refused(512_001, 'no'),
  ]).toEqual([null, 413, null, 413]);
  expect([500_000, 500_001, 512_000, 512_001].map(isNearLimit)).toEqual([false, true, true, false]);
});

test('one refusal is given, the earliest that the API would come to', () => {
  const bad = { fileBytes: 0, importMode: false, activeJobs: 2 };
  const causes = [
    request({ ...bad, fileBytes: 600_000 }),
    request(bad),
    request({ ...bad, fileBytes: 10 }),
    request({ activeJobs: 2 }),
    request({ activeJobs: 1 }),
  ].map((one) => requestRefusal(one, assuming())?.cause ?? null);
  expect(causes).toEqual([
    'import.file-too-large',
    'import.file-empty',
    'import.needs-import-mode',
    'import.too-many-jobs',
    null,
  ]);
});
