import type { DiagnosticCode } from '#domain/diagnostics/catalog.ts';
import { MONTH } from '#domain/plan/log-history.ts';

/** Why data cannot carry a forecast. The message says with which figures. */
export interface Refusal {
  readonly code: DiagnosticCode;
  readonly message: string;
}

/** Fewer users with a login than this, and an interval says nothing. */
const LEAST_USERS = 100;
const MOST_FUTURE = 0.01;
const MOST_SAME_DAY = 0.5;
const MOST_SAME_LATEST_DAY = 0.98;
/** Users that never logged in are only told from a young column where there are some. */
const FEW_UNSEEN = 0.01;
const LEAST_OURS = 0.2;
const MOST_EMPTY_DAYS = 0.2;

export interface LastLoginFacts {
  /** Whether a column is mapped. */
  readonly mapped: boolean;
  readonly users: number;
  readonly seen: number;
  readonly future: number;
  /** The date that most users have, how many they are, and whether it is one of the last two of the data. */
  readonly commonDay: { readonly date: string; readonly users: number; readonly latest: boolean };
  /** Age of the oldest login that the column tells reliably, days. */
  readonly reach: number;
  readonly days: number;
}

export function lastLoginRefusals(facts: LastLoginFacts): readonly Refusal[] {
  const { mapped, users, seen, future, commonDay, reach, days } = facts;
  if (!mapped) return [{ code: 'plan.no-last-login', message: '"fields.lastLogin" names no column.' }];
  const found: Refusal[] = [];
  if (future > MOST_FUTURE * (seen + future)) {
    found.push({
      code: 'plan.last-logins-in-future',
      message: `${future} of ${seen + future} last logins lie in the future.`,
    });
  }
  if (seen < LEAST_USERS) {
    const message = `${seen} of ${users} users have a last login; ${LEAST_USERS} are needed.`;
    return [...found, { code: 'plan.too-few-logins', message }];
  }
  if (commonDay.users > (commonDay.latest ? MOST_SAME_LATEST_DAY : MOST_SAME_DAY) * seen) {
    const message = `${commonDay.users} of ${seen} users were last seen on ${commonDay.date}.`;
    return [...found, { code: 'plan.last-logins-same-day', message }];
  }
  if (reach < days && users - seen > FEW_UNSEEN * users) {
    const message = `The last logins go back ${reach} days; the forecast is for ${days}.`;
    found.push({ code: 'plan.last-logins-too-short', message });
  }
  return found;
}

export interface LogFacts {
  readonly lines: number;
  readonly used: number;
  readonly elsewhere: number;
  readonly future: number;
  /** Users of the legacy store with a login in the whole days of the log. */
  readonly seen: number;
  /** Whole days that the log covers, and how many of them have no login at all. */
  readonly reach: number;
  readonly emptyDays: number;
  readonly sampleOf: number;
  readonly days: number;
}

export function logRefusals(facts: LogFacts): readonly Refusal[] {
  const { used, elsewhere, future, seen, reach, emptyDays, sampleOf, days } = facts;
  const found: Refusal[] = [];
  const about = used + elsewhere;
  if (future > MOST_FUTURE * (about + future)) {
    const message = `${future} of ${about + future} lines of the log lie in the future.`;
    found.push({ code: 'plan.log-in-future', message });
  }
  if (used * sampleOf < LEAST_OURS * about) {
    const message = `${used * sampleOf} of ${about} lines of the log are about users of the legacy store.`;
    return [...found, { code: 'plan.log-of-others', message }];
  }
  if (seen * sampleOf < LEAST_USERS) {
    const message = `${seen * sampleOf} users have a login in the log; ${LEAST_USERS} are needed.`;
    return [...found, { code: 'plan.log-too-few-users', message }];
  }
  if (reach < days) {
    const message = `The log covers ${reach} whole ${reach === 1 ? 'day' : 'days'}; the forecast is for ${days}.`;
    return [...found, { code: 'plan.log-too-short', message }];
  }
  if (emptyDays > MOST_EMPTY_DAYS * reach) {
    const message = `${emptyDays} of ${reach} days of the log have no login.`;
    found.push({ code: 'plan.log-with-gaps', message });
  }
  return found;
}

export interface LogWarningFacts extends LogFacts {
  readonly tests: number;
  readonly inside: number;
}

/** What does not keep a forecast from being made, and must be known to whoever reads it. */
export function logWarnings(facts: LogWarningFacts): readonly Refusal[] {
  const { used, elsewhere, reach, emptyDays, sampleOf, tests, inside } = facts;
  const found: Refusal[] = [];
  const about = used + elsewhere;
  const strangers = 1 - (used * sampleOf) / about;
  if (sampleOf === 1 && strangers > 0.1) {
    const message = `${elsewhere} of ${about} lines of the log are about nobody in the legacy store.`;
    found.push({ code: 'plan.log-with-strangers', message });
  }
  if (emptyDays > 0) {
    const message = `${emptyDays} of ${reach} days of the log have no login.`;
    found.push({ code: 'plan.log-with-empty-days', message });
  }
  if (tests === 0) {
    const message = `The log covers ${reach} whole days; a back-test needs ${3 * MONTH}.`;
    found.push({ code: 'plan.no-back-test', message });
  } else if (inside < tests / 2) {
    const message = `${inside} of ${tests} forecasts of the past held.`;
    found.push({ code: 'plan.back-test-missed', message });
  }
  return found;
}
