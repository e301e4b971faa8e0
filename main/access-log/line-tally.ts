import { rowDate } from '#domain/profile/row-date.ts';
import type { AccessLogSummary, OnLogin } from '#engine/ports/access-log.ts';

const BROKEN_KEPT = 20;

/** Takes lines one by one, whatever they were read from. */
export interface LineTally {
  take(user: unknown, time: unknown, line: number): void;
  filtered(): void;
  broken(line: number, reason: string): void;
  startFile(path: string): void;
  summary(): AccessLogSummary;
}

export function createLineTally(onLogin: OnLogin): LineTally {
  const counts = { lines: 0, told: 0, filtered: 0, broken: 0 };
  const brokenLines: { file: string; line: number; reason: string }[] = [];
  let file = '';
  const broken = (line: number, reason: string): void => {
    counts.lines += 1;
    counts.broken += 1;
    if (brokenLines.length < BROKEN_KEPT) brokenLines.push({ file, line, reason });
  };
  return {
    startFile: (path) => {
      file = path;
    },
    broken,
    filtered: () => {
      counts.lines += 1;
      counts.filtered += 1;
    },
    take(user, time, line) {
      const name = typeof user === 'number' ? String(user) : user;
      if (typeof name !== 'string' || name.trim() === '') return broken(line, 'no user');
      const at = momentOf(time);
      if (at === null) return broken(line, 'no time that can be read');
      counts.lines += 1;
      counts.told += 1;
      onLogin(name, at);
    },
    summary: () => ({ ...counts, brokenLines }),
  };
}

/** The usual `2026-11-24T06:40:12Z` the short way, everything else as dates of rows are read. */
const USUAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;

function momentOf(time: unknown): number | null {
  if (typeof time === 'string' && USUAL.test(time)) {
    const at = Date.parse(time);
    return Number.isNaN(at) ? null : at;
  }
  const { iso } = rowDate(time);
  return iso === null ? null : Date.parse(iso);
}
