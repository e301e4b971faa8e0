import { usePreferences } from '#renderer/stores/preferences.ts';

const counts = new Intl.NumberFormat('en');
const shares = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });

export function formatCount(value: number): string {
  return counts.format(value);
}

/** A rate with three digits at most: `11`, `2.5`, `1,240`. */
export function formatRate(value: number): string {
  return counts.format(value < 10 ? Number(value.toFixed(1)) : Math.round(value));
}

/** `part` of `whole` in percent; an empty whole has no share. Never rounds something to nothing or nearly all to all. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0) return '–';
  if (part > 0 && part / whole < 0.001) return '< 0.1%';
  if (part < whole && part / whole > 0.999) return '> 99.9%';
  return shares.format(part / whole);
}

/** Seconds as people say them: `0.4 s`, `12 s`, `3 min 05 s`, `2 h 10 min`. */
export function formatDuration(seconds: number): string {
  if (seconds < 10) return `${Number(seconds.toFixed(1))} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const two = (value: number): string => String(value).padStart(2, '0');
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${formatCount(Math.floor(whole / 3600))} h ${two(Math.floor((whole % 3600) / 60))} min`;
}

/** Milliseconds with as many digits as matter. */
export function formatMs(ms: number): string {
  if (ms >= 10_000) return formatDuration(ms / 1000);
  return `${ms < 10 ? ms.toFixed(1) : formatCount(Math.round(ms))} ms`;
}

export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power] ?? 'B'}`;
}

/** A moment (ISO 8601) in the chosen zone: `2026-11-24 09:12:30`, with `Z` for UTC. */
function formatMoment(iso: string, zone: 'utc' | 'local'): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  if (zone === 'utc') return `${date.toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const shifted = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 19).replace('T', ' ');
}

/** Formats moments in the engineer's zone. */
export function useMoment(): (iso: string) => string {
  const zone = usePreferences((preferences) => preferences.timeZone);
  return (iso) => formatMoment(iso, zone);
}
