import { describe, expect, it } from 'vitest';
import { createRandom } from '#sample/random.ts';

describe('the reproducible generator', () => {
  it('gives the same sequence for the same seed and stream, today and on every platform', () => {
    const random = createRandom(7, 3);
    const numbers = [random.next(), random.next(), random.below(1000), random.pick(['a', 'b', 'c'])];
    expect([...numbers, random.bytes(5).toString('hex')]).toEqual([
      1314289379,
      3048131223,
      950,
      'b',
      '38ee6959b6',
    ]);
  });

  it('gives unrelated sequences for neighbouring seeds and streams', () => {
    const firsts = new Set<number>();
    for (let at = 0; at < 500; at++) {
      firsts.add(createRandom(at, 0).next());
      firsts.add(createRandom(0, at + 1).next());
    }
    expect(firsts.size).toBe(1000);
  });

  it('keeps to the weights and never gives what weighs nothing', () => {
    const random = createRandom(1, 1);
    const counts = { often: 0, seldom: 0, never: 0 };
    for (let at = 0; at < 10_000; at++) {
      const kind = random.weighted<keyof typeof counts>([
        [9, 'often'],
        [1, 'seldom'],
        [0, 'never'],
      ]);
      counts[kind]++;
    }
    expect(counts.never).toBe(0);
    expect(counts.seldom / 10_000).toBeCloseTo(0.1, 1);
  });
});
