import { expect, test } from 'vitest';
import { createImportBatcher, FILE_BYTES, REQUEST_BYTES } from '#domain/migration/import-batcher.ts';
import { utf8Length } from '#domain/utf8.ts';

const batch = (records: readonly unknown[], limit?: number) => {
  const batcher = createImportBatcher(limit);
  const steps = records.map((record) => batcher.add(JSON.stringify(record)));
  const closed = steps.flatMap((step) =>
    step.kind === 'added' && step.closed !== null ? [step.closed] : [],
  );
  const last = batcher.finish();
  return { steps, files: last === null ? closed : [...closed, last] };
};

test('records fill files up to the limit to the byte, in order, none split', () => {
  // Each record is 9 bytes: [ + 9 + ,\n + 9 + ] is 22.
  const { files } = batch([{ a: '11' }, { a: '22' }, { a: '33' }], 24);
  expect(files).toEqual([
    { index: 0, first: 0, records: 2, bytes: 24, text: '[{"a":"11"},\n{"a":"22"}]' },
    { index: 1, first: 2, records: 1, bytes: 12, text: '[{"a":"33"}]' },
  ]);
  expect(batch([{ a: '11' }, { a: '22' }], 23).files.map(({ records }) => records)).toEqual([1, 1]);
});

test('sizes are UTF-8 bytes, and every file is JSON of whole records', () => {
  const records = Array.from({ length: 3_000 }, (_, i) => ({
    email: `å${i}@example.com`,
    note: '😀ü'.repeat(i % 90),
  }));
  const { files } = batch(records);
  expect(files.map((file) => file.bytes === utf8Length(file.text) && file.bytes <= FILE_BYTES)).toEqual(
    files.map(() => true),
  );
  expect([files.length > 1, files.flatMap((file) => JSON.parse(file.text))]).toEqual([true, records]);
});

test('a record too large for a file is an answer, and the others go on', () => {
  const { steps, files } = batch([{ a: '1' }, { a: 'å'.repeat(FILE_BYTES / 2) }, { a: '2' }]);
  expect([steps[1], files.map(({ text }) => text)]).toEqual([
    { kind: 'too-large', bytes: FILE_BYTES + 8 },
    ['[{"a":"1"},\n{"a":"2"}]'],
  ]);
});

test('nothing added gives no file; the limit leaves room for the framing of a request', () => {
  expect([batch([]).files, REQUEST_BYTES - FILE_BYTES >= 8_192]).toEqual([[], true]);
});
