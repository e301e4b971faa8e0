import type { PlainLoop } from './plain-loop.ts';
import { digestOf, type SandboxLoop } from './sandbox-loop.ts';

export interface Sides {
  readonly sandbox: SandboxLoop;
  readonly plain: PlainLoop;
  /** Processes of each side. */
  readonly processes: number;
}

/** Calls at once in each process of plain Node: as many as the sandbox has for each of its workers. */
export const inFlightOf = ({ sandbox, processes }: Sides): number =>
  Math.ceil(sandbox.concurrency / processes);

const SLICES = 10;
const MOST_WARM_UP = 4_000;

/**
 * Milliseconds of both sides for all users, who are gone through in slices, first by one side and then by the other, so
 * that both meet the same load. Fails where the two sides did not get the same out of a slice.
 */
export async function inTurns(
  sides: Sides,
  all: readonly (readonly string[])[],
): Promise<{ readonly oursMs: number; readonly plainMs: number }> {
  const { sandbox, plain, processes } = sides;
  const slices = [all.slice(0, MOST_WARM_UP), ...slicesOf(all)];
  let [oursMs, plainMs] = [0, 0];
  for (const [index, slice] of slices.entries()) {
    const shares = sharesOf(slice, processes);
    await plain.give(shares);
    const start = performance.now();
    const runs = await sandbox.run(slice);
    const between = performance.now();
    await plain.run(inFlightOf(sides));
    const end = performance.now();
    const ours = sharesOf(runs, processes).map(digestOf);
    if (ours.join() !== (await plain.digests()).join()) throw new Error('sandbox and plain Node differ');
    // The first is only there to warm both up.
    if (index === 0) continue;
    oursMs += between - start;
    plainMs += end - between;
  }
  return { oursMs, plainMs };
}

function slicesOf<Item>(all: readonly Item[]): readonly (readonly Item[])[] {
  const size = Math.ceil(all.length / SLICES);
  return Array.from({ length: SLICES }, (_, at) => all.slice(at * size, (at + 1) * size));
}

/** Everybody's turn goes round, so that the shares are as long as each other. */
export function sharesOf<Item>(items: readonly Item[], shares: number): readonly (readonly Item[])[] {
  return Array.from({ length: shares }, (_, share) => items.filter((_item, at) => at % shares === share));
}
