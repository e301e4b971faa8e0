import type { PlanEvent, PlanRequest, PlanResult } from '#contract/plan.ts';
import { createActivity } from '#domain/plan/activity.ts';
import { createLogDays } from '#domain/plan/log-days.ts';
import type { LogHistory } from '#domain/plan/log-history.ts';
import { createLoginMinutes, type Peak } from '#domain/plan/peak.ts';
import { dayOf } from '#engine/plan/plan-dates.ts';
import type { Followed } from '#engine/plan/read-people.ts';
import type { Ports } from '#engine/ports/ports.ts';

const REPORT_EVERY_MS = 100;
const TOLERANCE_MS = 86_400_000;

export interface LogRead {
  readonly counts: NonNullable<PlanResult['accessLog']>;
  /** Null where the log has not a single whole day. */
  readonly history: LogHistory | null;
  readonly emptyDays: number;
  readonly seen: number;
  readonly peak: Peak | null;
  readonly sampleOf: number;
  /** Logins older than what is kept. */
  readonly cut: boolean;
}

/** Streams the log through the users that are followed, with progress on the way. */
export async function* readLog(
  ports: Ports,
  asked: NonNullable<PlanRequest['accessLog']>,
  followed: Followed,
  users: number,
  outer: AbortSignal,
): AsyncGenerator<PlanEvent, LogRead, void> {
  const own = new AbortController();
  const signal = AbortSignal.any([outer, own.signal]);
  const taker = loginTaker(ports.clock.now(), followed, users);
  let done = { done: 0, expected: 0 };
  const request = {
    files: asked.files,
    format: asked.format ?? null,
    user: asked.user ?? null,
    time: asked.time ?? null,
    only: asked.only,
  };
  let ended = false;
  const reading = ports
    .readAccessLog(request, taker.take, (read, expected) => (done = { done: read, expected }), signal)
    .finally(() => (ended = true));
  // Failing before anybody waits for it is no accident: it is waited for below.
  reading.catch(() => undefined);
  try {
    // A sleep that is cancelled is none: without this the loop would leave nobody else a turn.
    while (!ended && !signal.aborted) {
      yield { type: 'reading', what: 'access-log', ...done };
      await Promise.race([reading, ports.clock.sleep(REPORT_EVERY_MS, signal)]);
    }
    const summary = await reading;
    yield { type: 'reading', what: 'access-log', ...done };
    return taker.result({
      lines: summary.lines,
      filtered: summary.filtered,
      broken: summary.broken,
      brokenLines: summary.brokenLines.map((one) => ({ ...one })),
    });
  } finally {
    own.abort();
    await reading.catch(() => undefined);
  }
}

type Counted = Pick<LogRead['counts'], 'lines' | 'filtered' | 'broken' | 'brokenLines'>;

interface LoginTaker {
  readonly take: (user: string, atMs: number) => void;
  result(counted: Counted): LogRead;
}

function loginTaker(nowMs: number, followed: Followed, users: number): LoginTaker {
  const activity = createActivity(followed.users);
  const minutes = createLoginMinutes();
  const days = createLogDays();
  let [used, elsewhere, future] = [0, 0, 0];
  let [firstMs, lastMs] = [Infinity, -Infinity];
  return {
    take(user, atMs) {
      if (atMs > nowMs + TOLERANCE_MS) {
        future += 1;
        return;
      }
      minutes.add(atMs);
      firstMs = Math.min(firstMs, atMs);
      lastMs = Math.max(lastMs, atMs);
      const number = followed.identifiers.find(user);
      const day = dayOf(atMs);
      if (number === null) {
        elsewhere += 1;
        return;
      }
      used += 1;
      days.add(day);
      activity.mark(number, day);
      if (day < followed.createdDay[number]!) followed.createdDay[number] = day;
    },
    result(counted) {
      const covered = days.covered();
      const history =
        covered === null
          ? null
          : {
              activity,
              createdDay: followed.createdDay,
              groups: followed.groups,
              users: followed.users,
              firstDay: covered.firstDay,
              lastDay: covered.lastDay,
              // Not the one in so many that was asked for, but what came of it.
              sampleOf: followed.users === 0 ? 1 : users / followed.users,
            };
      return {
        counts: { ...counted, used, elsewhere, future, firstAt: iso(firstMs), lastAt: iso(lastMs) },
        history,
        emptyDays: covered?.empty ?? 0,
        seen: history === null ? 0 : usersSeen(history),
        peak: minutes.peak(),
        sampleOf: followed.sampleOf,
        cut: activity.dropped(),
      };
    },
  };
}

function usersSeen({ activity, users, firstDay, lastDay }: LogHistory): number {
  let seen = 0;
  for (let user = 0; user < users; user++) {
    const last = activity.lastDay(user, lastDay);
    if (last !== null && last >= firstDay) seen += 1;
  }
  return seen;
}

function iso(ms: number): string | null {
  return Number.isFinite(ms) ? new Date(ms).toISOString() : null;
}
