import type { LegacyKey } from '#domain/profile/legacy-user.ts';
import type { Phase, Replica, Verdict } from '#engine/ports/replica.ts';

/** Walks the verdicts of one phase in position order, a page at a time. */
export interface VerdictCursor {
  /** The verdict the cursor stands on; null after the last. */
  head(): Verdict | null;
  advance(): void;
  /** Puts the cursor behind `position`. Only forwards. */
  skipPast(position: number): void;
}

const SMALLEST_PAGE = 16;
const LARGEST_PAGE = 1024;

/** Pages start small after every jump and double, so that both long walks and frequent jumps stay cheap. */
export function verdictCursor(replica: Replica, phase: Phase, afterPosition: number): VerdictCursor {
  let size = SMALLEST_PAGE;
  let page: readonly Verdict[] = [];
  let index = 0;
  let after = afterPosition;
  let ended = false;

  const fill = (): void => {
    if (index < page.length || ended) return;
    page = replica.verdicts(phase, after, size);
    index = 0;
    ended = page.length === 0;
    after = page.at(-1)?.position ?? after;
    size = Math.min(size * 2, LARGEST_PAGE);
  };
  return {
    head() {
      fill();
      return page[index] ?? null;
    },
    advance() {
      fill();
      index += 1;
    },
    skipPast(position) {
      while (index < page.length && page[index]!.position <= position) index += 1;
      if (index < page.length || position <= after) return;
      after = position;
      size = SMALLEST_PAGE;
    },
  };
}

export function verdictOf(replica: Replica, phase: Phase, key: LegacyKey): Verdict | null {
  return replica.outcomesOf(key).find((outcome) => outcome.phase === phase) ?? null;
}

export function sameKey(a: LegacyKey, b: LegacyKey): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index]);
}
