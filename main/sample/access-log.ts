import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { createRandom, type Random } from '#sample/random.ts';
import type { SampleUser } from '#sample/sample-row.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
/**
 * Days between two logins of one user, and how many users have such a habit. Seen at any moment, the waits of all of
 * them together are those of the sample's last logins (`dates` of its clean rows): the log and the column agree.
 */
const HABITS = [
  [1987, 7],
  [603, 30],
  [201, 90],
  [48, 365],
  [16, 1095],
  [2, 4000],
] as const;
/** How many of a hundred logins begin in each hour of the day, UTC: a shop's mornings and evenings. */
const HOURS = [1, 1, 1, 1, 1, 2, 3, 6, 9, 8, 6, 5, 5, 4, 4, 4, 5, 6, 7, 8, 7, 4, 2, 1] as const;
const LINES_PER_CHUNK = 2_000;

export interface AccessLogOptions {
  readonly seed: number;
  /** Milliseconds since the epoch: the day of the sample. */
  readonly now: number;
  /** How far back the log goes. */
  readonly days: number;
}

export interface AccessLogLine {
  readonly time: string;
  /** E-mail address or login name, as it was typed. */
  readonly user: string;
  readonly event: 'login' | 'login_failed';
}

/**
 * Logins that lead to the last one of each sample row: every user by a habit of its own, back to the sign-up. Lines
 * come user by user, so that times are in no order. One login in ten is preceded by a typing error.
 */
export function* sampleAccessLog(
  users: Iterable<SampleUser>,
  { seed, now, days }: AccessLogOptions,
): Generator<AccessLogLine> {
  for (const { row } of users) {
    const last = row.last_login_at === null ? Number.NaN : Date.parse(row.last_login_at);
    if (Number.isNaN(last) || last > now) continue;
    const random = createRandom(seed ^ 0x10c5, row.id);
    const names = [row.email ?? row.login_name, row.login_name] as const;
    const since = Math.max(now - days * DAY, Date.parse(row.created_at));
    const gap = habit((now - last) / DAY, random) * DAY;
    for (let at = last; at >= since; at = atUsualHour(at - gap, random)) {
      const name = random.below(100) < 85 ? names[0] : names[1];
      const user = random.below(12) === 0 ? name.toUpperCase() : name;
      if (random.below(10) === 0) yield { time: moment(at - 20_000), user, event: 'login_failed' };
      yield { time: moment(at), user, event: 'login' };
    }
  }
}

/** One that is not shorter than the wait so far. */
function habit(waited: number, random: Random): number {
  const possible = HABITS.filter(([, gap]) => gap > waited);
  return possible.length === 0 ? waited : random.weighted(possible);
}

/** Writes a CSV with a heading, packed where the name ends in `.gz`. The path must be free. */
export async function writeSampleAccessLog(path: string, lines: Iterable<AccessLogLine>): Promise<void> {
  const file = createWriteStream(path, { flags: 'wx' });
  const text = Readable.from(chunks(lines));
  await (path.endsWith('.gz') ? pipeline(text, createGzip(), file) : pipeline(text, file));
}

function* chunks(lines: Iterable<AccessLogLine>): Generator<string> {
  yield 'time,user,event\n';
  let waiting: string[] = [];
  for (const { time, user, event } of lines) {
    waiting.push(`${time},"${user.replaceAll('"', '""')}",${event}\n`);
    if (waiting.length < LINES_PER_CHUNK) continue;
    yield waiting.join('');
    waiting = [];
  }
  yield waiting.join('');
}

function atUsualHour(at: number, random: Random): number {
  const hour = random.weighted(HOURS.map((weight, index) => [weight, index] as const));
  return Math.floor(at / DAY) * DAY + hour * HOUR + random.below(3_600) * 1000;
}

function moment(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
