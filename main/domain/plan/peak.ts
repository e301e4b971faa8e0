const MINUTES = 1440;
/** Newest days that are kept, a bit over four years: what a login form bore before says nothing about the next month. */
const MOST_DAYS = 1_536;

/** Logins by minute (UTC), day by day: the busiest hour and minute without keeping the logins. */
export interface LoginMinutes {
  add(atMs: number): void;
  peak(): Peak | null;
}

export interface Peak {
  readonly hour: { readonly atMs: number; readonly logins: number };
  readonly minute: { readonly atMs: number; readonly logins: number };
  /** Share of logins at midnight sharp: nearly all of them where the log has dates only. */
  readonly atMidnight: number;
}

export function createLoginMinutes(): LoginMinutes {
  const days = new Map<number, Uint32Array>();
  let [all, midnight] = [0, 0];
  let oldest = Infinity;
  const countsOf = (day: number): Uint32Array | null => {
    const known = days.get(day);
    if (known !== undefined) return known;
    if (days.size >= MOST_DAYS) {
      if (day < oldest) return null;
      days.delete(oldest);
      oldest = Math.min(...days.keys());
    }
    const made = new Uint32Array(MINUTES);
    days.set(day, made);
    oldest = Math.min(oldest, day);
    return made;
  };
  return {
    add(atMs) {
      const minutes = Math.floor(atMs / 60_000);
      const day = Math.floor(minutes / MINUTES);
      const counts = countsOf(day);
      if (counts === null) return;
      counts[minutes - day * MINUTES]! += 1;
      all += 1;
      if (atMs % 86_400_000 === 0) midnight += 1;
    },
    peak() {
      if (all === 0) return null;
      let hour = { atMs: 0, logins: 0 };
      let minute = { atMs: 0, logins: 0 };
      for (const [day, counts] of [...days].sort(([a], [b]) => a - b)) {
        for (let from = 0; from < MINUTES; from += 60) {
          let logins = 0;
          for (let one = from; one < from + 60; one++) {
            logins += counts[one]!;
            if (counts[one]! > minute.logins)
              minute = { atMs: (day * MINUTES + one) * 60_000, logins: counts[one]! };
          }
          if (logins > hour.logins) hour = { atMs: (day * MINUTES + from) * 60_000, logins };
        }
      }
      return { hour, minute, atMidnight: midnight / all };
    },
  };
}

/** Scripts in flight when logins come by chance at a rate: on average, and so many that one moment in 1,000 has more. */
export function inFlight(
  perSecond: number,
  seconds: number,
): { readonly mean: number; readonly most: number } {
  const mean = perSecond * seconds;
  return { mean, most: Math.ceil(mean + 3.09 * Math.sqrt(mean)) };
}
