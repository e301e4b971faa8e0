import type { HashLab, HashSample, HashSearchResult } from '#engine/ports/hash-lab.ts';

export interface GroupResult {
  readonly result: HashSearchResult;
  /** Positions of samples that were left out, because the others agree without them. */
  readonly misfits: readonly number[];
}

export type SearchSamples = (samples: readonly HashSample[], timeLimitMs: number) => ReturnType<HashLab>;

/** Two samples are a contradiction; only from three on can the others outvote one. */
const LEAST_SAMPLES = 3;

/**
 * Searches with all samples and, where that finds nothing, once more without those that do not fit: test accounts
 * grow old, and one forgotten password must not hide what the others prove.
 */
export async function searchWithoutMisfits(
  search: SearchSamples,
  samples: readonly HashSample[],
  timeLimitMs: number,
): Promise<GroupResult> {
  const result = await search(samples, timeLimitMs);
  if (result.kind !== 'none' || samples.length < LEAST_SAMPLES) return { result, misfits: [] };
  for (const [index, sample] of samples.entries()) {
    const alone = await search([sample], timeLimitMs);
    if (alone.kind === 'stopped' && alone.reason === 'cancelled') return { result: alone, misfits: [] };
    if (alone.kind === 'none' || alone.kind === 'stopped') continue;
    // A sample that agrees is found as fast as this one was; one that does not would try everything.
    const enough = 3 * alone.milliseconds + 1_000;
    const agreeing = new Set([index]);
    for (const [other, its] of samples.entries()) {
      if (other === index) continue;
      const { kind } = await search([sample, its], enough);
      if (kind !== 'none' && kind !== 'stopped') agreeing.add(other);
    }
    if (agreeing.size * 2 <= samples.length) continue;
    const rest = samples.filter((_, position) => agreeing.has(position));
    const misfits = [...samples.keys()].filter((position) => !agreeing.has(position));
    return { result: await search(rest, timeLimitMs), misfits };
  }
  return { result, misfits: [] };
}
