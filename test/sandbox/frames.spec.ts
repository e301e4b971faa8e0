import { duplexPair, PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Frames, MAX_FRAME_BYTES } from '#sandbox/frames.ts';

type Seen = [type: number, container: number, id: number, payload: string];

function reader() {
  const pipe = new PassThrough();
  const seen: Seen[] = [];
  const violations: string[] = [];
  const batches: number[] = [];
  const frames = new Frames(pipe, {
    onFrame: (type, container, id, payload) => seen.push([type, container, id, payload.toString()]),
    onBatchEnd: () => batches.push(seen.length),
    onViolation: (message) => violations.push(message),
  });
  return { pipe, frames, seen, violations, batches };
}

async function written(send: (frames: Frames) => void): Promise<Buffer> {
  const pipe = new PassThrough();
  const chunks: Buffer[] = [];
  const out = new PassThrough();
  out.on('data', (chunk: Buffer) => chunks.push(chunk));
  const frames = new Frames(Object.assign(pipe, { write: out.write.bind(out) }), {
    onFrame: () => undefined,
    onViolation: () => undefined,
  });
  send(frames);
  frames.flush();
  await new Promise((resolve) => setImmediate(resolve));
  return Buffer.concat(chunks);
}

const LARGE = 'x'.repeat(5000);
const bytes = written((frames) => {
  frames.send(1, 2, 3, Buffer.from('one'));
  frames.send(4, 4_000_000_000, 0);
  frames.send(5, 6, 7, Buffer.from(LARGE));
});
const EXPECTED: Seen[] = [
  [1, 2, 3, 'one'],
  [4, 4_000_000_000, 0, ''],
  [5, 6, 7, LARGE],
];

describe('frames', () => {
  it('arrive as they were sent', async () => {
    const { pipe, seen, batches } = reader();
    pipe.write(await bytes);
    await new Promise((resolve) => setImmediate(resolve));
    expect([seen, batches]).toEqual([EXPECTED, [3]]);
  });

  it('arrive whole however the pipe cuts them', async () => {
    const whole = await bytes;
    for (const size of [1, 7, 13, 4096]) {
      const { pipe, seen } = reader();
      for (let at = 0; at < whole.length; at += size) pipe.write(whole.subarray(at, at + size));
      await new Promise((resolve) => setImmediate(resolve));
      expect(seen).toEqual(EXPECTED);
    }
  });

  it('that answer those of one read leave at its end, in one write', async () => {
    const [near, far] = duplexPair();
    const lengths: number[] = [];
    far.on('data', (chunk: Buffer) => lengths.push(chunk.length));
    const frames = new Frames(near, {
      onFrame: (type, container, id) => frames.send(type, container, id),
      onBatchEnd: () => {
        frames.send(9, 9, 9);
        frames.flush();
      },
      onViolation: () => undefined,
    });
    far.write(await bytes);
    await new Promise((resolve) => setImmediate(resolve));
    const atOnce = [...lengths];
    frames.send(8, 8, 8);
    frames.send(7, 7, 7);
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect([atOnce, lengths]).toEqual([[4 * 13], [4 * 13, 2 * 13]]);
  });

  it.each([0, 8, MAX_FRAME_BYTES + 1, 0xff_ff_ff_ff])(
    'with a length of %d end the reading',
    async (length) => {
      const { pipe, seen, violations } = reader();
      const head = Buffer.alloc(32);
      head.writeUInt32LE(length);
      pipe.write(head);
      pipe.write(await bytes);
      await new Promise((resolve) => setImmediate(resolve));
      expect([seen, violations]).toEqual([[], [`frame of ${length} bytes`]]);
    },
  );
});
