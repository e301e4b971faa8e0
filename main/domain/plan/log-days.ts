/** Lines of a log by day, to find the days that it covers as a whole. */
export interface LogDays {
  add(day: number): void;
  /** First and last whole day; null where there are none. `empty`: days between without a line. */
  covered(): { readonly firstDay: number; readonly lastDay: number; readonly empty: number } | null;
}

/** Some stray lines far in the past do not make a log old. */
const STRAYS = 0.001;

export function createLogDays(): LogDays {
  const days = new Map<number, number>();
  let lines = 0;
  return {
    add(day) {
      days.set(day, (days.get(day) ?? 0) + 1);
      lines += 1;
    },
    covered() {
      const sorted = [...days].sort(([a], [b]) => a - b);
      let strays = STRAYS * lines;
      const first = sorted.find(([, count]) => (strays -= count) < 0)?.[0];
      const last = sorted.at(-1)?.[0];
      // The first and the last day of a log are cut off somewhere.
      if (first === undefined || last === undefined || last - first < 2) return null;
      const [firstDay, lastDay] = [first + 1, last - 1];
      let empty = 0;
      for (let day = firstDay; day <= lastDay; day++) if (!days.has(day)) empty += 1;
      return { firstDay, lastDay, empty };
    },
  };
}
