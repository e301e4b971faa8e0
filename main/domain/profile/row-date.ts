export type RowDate = { readonly iso: string | null; readonly readable: boolean };

const NONE: RowDate = { iso: null, readable: true };
const UNREADABLE: RowDate = { iso: null, readable: false };

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)? ?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;
/** What most columns hold: whole seconds or milliseconds in UTC, on a day that every month has. */
const PLAIN =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])[T ](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?Z?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?$/;
/** `Jan  5 2019  3:04PM`, as SQL Server converts dates to text. */
const MONTH_FIRST =
  /^([a-z]{3}) +(\d{1,2}) +(\d{4})(?: +(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[:.]\d+)? ?([AP]M)?)?$/i;
/** `05-JAN-19 03.04.05.000000 PM`, as Oracle converts dates to text. */
const DAY_FIRST =
  /^(\d{1,2})-([a-z]{3})-(\d{2}|\d{4})(?: (\d{1,2})[.:](\d{2})(?:[.:](\d{2})(?:[.,]\d+)?)?(?: ([AP]M))?)?$/i;
const ZERO_DATE = /^0000-00-00/;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * A point in time as ISO 8601 UTC. Texts without a zone are read as UTC; numbers are epoch seconds,
 * milliseconds, microseconds or nanoseconds, told by their size. Month/day/year with slashes is not guessed at.
 */
export function rowDate(value: unknown): RowDate {
  if (value === null || value === undefined) return NONE;
  if (value instanceof Date) return fromMs(value.getTime());
  if (typeof value === 'bigint') return fromEpoch(Number(value));
  if (typeof value === 'number') return fromEpoch(value);
  if (typeof value !== 'string') return UNREADABLE;
  const text = value.trim();
  if (text === '' || ZERO_DATE.test(text)) return NONE;
  return fromText(text);
}

function fromText(text: string): RowDate {
  if (PLAIN.test(text)) {
    const ms = text[19] === '.' ? text.slice(19, 23) : '.000';
    return { iso: `${text.slice(0, 10)}T${text.slice(11, 19)}${ms}Z`, readable: true };
  }
  const iso = ISO.exec(text);
  if (iso) return fromIso(iso);
  const compact = COMPACT.exec(text);
  if (compact && looksLikeDate(compact)) {
    const [year, month, day, hour, minute, second] = numbers(compact.slice(1));
    return fromParts({ year, month, day, hour, minute, second });
  }
  if (/^-?\d+(\.\d+)?$/.test(text)) return fromEpoch(Number(text));
  const monthFirst = MONTH_FIRST.exec(text);
  if (monthFirst) {
    const [, month, day, year, hour, minute, second, half] = monthFirst;
    return fromNamed(year!, month!, day!, [hour, minute, second], half);
  }
  const dayFirst = DAY_FIRST.exec(text);
  if (dayFirst) {
    const [, day, month, year, hour, minute, second, half] = dayFirst;
    return fromNamed(year!, month!, day!, [hour, minute, second], half);
  }
  return UNREADABLE;
}

/** Eight or fourteen digits are also good epoch numbers; as a calendar date they must lie near our time. */
function looksLikeDate(compact: RegExpExecArray): boolean {
  const year = Number(compact[1]);
  return year >= 1900 && year <= 2100 && Number(compact[2]) <= 12 && Number(compact[3]) <= 31;
}

function fromIso(match: RegExpExecArray): RowDate {
  const [year, month, day, hour, minute, second] = numbers(match.slice(1, 7));
  const ms = Math.trunc(Number(`0.${match[7] ?? '0'}`) * 1000);
  return fromParts({ year, month, day, hour, minute, second, ms, offsetMinutes: offset(match[8]) });
}

function offset(zone: string | undefined): number {
  if (zone === undefined || zone.toUpperCase() === 'Z') return 0;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return zone.startsWith('-') ? -minutes : minutes;
}

function fromNamed(
  year: string,
  month: string,
  day: string,
  time: readonly (string | undefined)[],
  half: string | undefined,
): RowDate {
  const [hour = 0, minute = 0, second = 0] = numbers(time);
  const wholeYear = year.length === 2 ? Number(year) + (Number(year) < 50 ? 2000 : 1900) : Number(year);
  const noonBased = half === undefined ? hour : (hour % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
  const monthNumber = MONTHS.indexOf(month.toLowerCase()) + 1;
  return fromParts({
    year: wholeYear,
    month: monthNumber,
    day: Number(day),
    hour: noonBased,
    minute,
    second,
  });
}

interface DateParts {
  readonly year: number | undefined;
  readonly month: number | undefined;
  readonly day: number | undefined;
  readonly hour?: number | undefined;
  readonly minute?: number | undefined;
  readonly second?: number | undefined;
  readonly ms?: number;
  readonly offsetMinutes?: number;
}

function fromParts(parts: DateParts): RowDate {
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, ms = 0, offsetMinutes = 0 } = parts;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!real || hour > 24 || minute > 59 || second > 60) return UNREADABLE;
  return fromMs(date.getTime() + ((hour * 60 + minute - offsetMinutes) * 60 + second) * 1000 + ms);
}

function fromEpoch(value: number): RowDate {
  if (!Number.isFinite(value)) return UNREADABLE;
  if (value === 0) return NONE;
  const size = Math.abs(value);
  if (size < 1e11) return fromMs(value * 1000);
  if (size < 1e14) return fromMs(value);
  return fromMs(size < 1e17 ? value / 1e3 : value / 1e6);
}

function fromMs(ms: number): RowDate {
  const date = new Date(Math.trunc(ms));
  return Number.isNaN(date.getTime()) ? UNREADABLE : { iso: date.toISOString(), readable: true };
}

function numbers(texts: readonly (string | undefined)[]): (number | undefined)[] {
  return texts.map((text) => (text === undefined ? undefined : Number(text)));
}
