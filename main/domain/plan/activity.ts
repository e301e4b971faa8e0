/** Days of one word of bits. */
const WORD_DAYS = 32;
/** Newest words that are kept: a bit over four years. */
const MOST_WORDS = 48;

/**
 * On which days (counted from the epoch, UTC) each user was seen. A bit per user and day; words of 32 days come into
 * being with the first login in them, so that a log may come in any order.
 */
export interface Activity {
  mark(user: number, day: number): void;
  /** The last day up to `upTo` on which the user was seen; null where there is none. */
  lastDay(user: number, upTo: number): number | null;
  /** Whether days fell out because too many newer ones came. */
  dropped(): boolean;
}

export function createActivity(users: number): Activity {
  const words = new Map<number, Uint32Array>();
  let oldest = Infinity;
  let dropped = false;
  const open = (index: number): Uint32Array | null => {
    const known = words.get(index);
    if (known !== undefined) return known;
    if (words.size >= MOST_WORDS) {
      dropped = true;
      if (index < oldest) return null;
      words.delete(oldest);
      oldest = Math.min(...words.keys());
    }
    const made = new Uint32Array(users);
    words.set(index, made);
    oldest = Math.min(oldest, index);
    return made;
  };
  return {
    mark(user, day) {
      const word = open(Math.floor(day / WORD_DAYS));
      if (word !== null) word[user] = (word[user]! | (1 << (day % WORD_DAYS))) >>> 0;
    },
    lastDay(user, upTo) {
      let index = Math.floor(upTo / WORD_DAYS);
      let mask = lowBits(upTo % WORD_DAYS);
      for (; index >= oldest; index--) {
        const bits = ((words.get(index)?.[user] ?? 0) & mask) >>> 0;
        if (bits !== 0) return index * WORD_DAYS + 31 - Math.clz32(bits);
        mask = 0xffffffff;
      }
      return null;
    },
    dropped: () => dropped,
  };
}

/** Bits 0 to `last`. */
function lowBits(last: number): number {
  return last === 31 ? 0xffffffff : (1 << (last + 1)) - 1;
}
