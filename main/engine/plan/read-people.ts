import type { Leftover, PlanEvent } from '#contract/plan.ts';
import { createImportBatcher, type ImportFile } from '#domain/migration/import-batcher.ts';
import { FateMatrix, type Need } from '#domain/plan/fates.ts';
import { createIdentifierTable, type IdentifierTable, isSampled } from '#domain/plan/identifier-table.ts';
import { ALL } from '#domain/plan/log-history.ts';
import { createLoginDates, type LoginDates } from '#domain/plan/login-dates.ts';
import { maskEmail } from '#domain/plan/mask-email.ts';
import type { LegacyUser } from '#domain/profile/legacy-user.ts';
import { Fault } from '#engine/fault.ts';
import { type Judge, type JudgedUser, judgeUser } from '#engine/plan/judge-user.ts';
import { dayOf } from '#engine/plan/plan-dates.ts';
import type { LegacyStore } from '#engine/ports/legacy-store.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';
import { prepareUser } from '#engine/trials/prepare-user.ts';
import type { UserSource } from '#engine/trials/user-source.ts';

const PAGE = 1_000;
const REPORT_EVERY_MS = 100;
/** Users whose logins are followed through a log; of larger stores every second, third, … user. */
const MOST_FOLLOWED = 500_000;

/** Groups that forecasts are made for: everybody, who keeps the password by a login, who moves only by a login. */
export const GROUPS = { all: ALL, saved: 2, moved: 4 } as const;

/** Users whose logins a log is searched for. */
export interface Followed {
  readonly sampleOf: number;
  readonly identifiers: IdentifierTable;
  readonly createdDay: Int32Array;
  readonly groups: Uint8Array;
  users: number;
}

export interface MeasuredFiles {
  /** Records of each file, in order. */
  readonly records: number[];
  bytes: number;
  largest: number;
}

export interface CauseCount {
  readonly need: Need;
  readonly code: string;
  /** Null where the hash is not what is in the way. */
  readonly hashFormat: string | null;
  users: number;
}

/** Everything that one pass over the legacy store tells. rows = users + unreadable + withoutId. */
export interface PeopleRead {
  rows: number;
  users: number;
  unreadable: number;
  withoutId: number;
  refused: number;
  withPassword: number;
  withoutPassword: number;
  listed: number;
  readonly matrix: FateMatrix;
  readonly causes: Map<string, CauseCount>;
  readonly files: MeasuredFiles;
  readonly dates: LoginDates;
  readonly followed: Followed | null;
}

export interface ReadingOptions {
  readonly judge: Judge;
  readonly follow: boolean;
  readonly list: boolean;
  readonly personalData: boolean;
}

/** Reads all users once, with progress and the people in need on the way. */
export async function* readPeople(
  ports: Ports,
  project: Project,
  store: LegacyStore,
  source: UserSource,
  options: ReadingOptions,
  signal: AbortSignal,
): AsyncGenerator<PlanEvent, PeopleRead, void> {
  const nowMs = ports.clock.now();
  const read = emptyRead(nowMs, options.follow ? source.expected : null);
  const batcher = createImportBatcher();
  const closed = (file: ImportFile | null): void => {
    if (file === null) return;
    read.files.records.push(file.records);
    read.files.bytes += file.bytes;
    read.files.largest = Math.max(read.files.largest, file.bytes);
  };
  let last = ports.clock.ticks();
  let after: Parameters<LegacyStore['page']>[0] = null;
  for (;;) {
    const page = await store.page(after, PAGE, { signal });
    const people: Leftover[] = [];
    for (const record of page.records) {
      const { user, recognised } = prepareUser(record, read.rows, project.settings.fields, nowMs);
      read.rows += 1;
      if (record.kind === 'unreadable') read.unreadable += 1;
      else if (user === null || recognised === null) read.withoutId += 1;
      else {
        const judged = judgeUser(user, recognised, options.judge);
        count(read, user, judged, recognised.format);
        const step = judged.json === null ? null : batcher.add(judged.json);
        if (step?.kind === 'added') closed(step.closed);
        if (options.list && judged.need !== 'nothing') {
          people.push(leftover(user, judged, recognised.format, options.personalData));
        }
      }
    }
    read.listed += people.length;
    if (people.length > 0) yield { type: 'people', people };
    after = page.next;
    if (after === null) break;
    if (ports.clock.ticks() - last > REPORT_EVERY_MS) {
      last = ports.clock.ticks();
      yield reading(read.rows, source.expected);
    }
    await ports.clock.sleep(0, signal);
    if (signal.aborted) throw new Fault('cancelled', 'the plan was cancelled');
  }
  closed(batcher.finish());
  yield reading(read.rows, source.expected);
  return read;
}

function reading(done: number, expected: number): PlanEvent {
  return { type: 'reading', what: 'legacy', done, expected: Math.max(done, expected) };
}

function emptyRead(nowMs: number, followed: number | null): PeopleRead {
  return {
    rows: 0,
    users: 0,
    unreadable: 0,
    withoutId: 0,
    refused: 0,
    withPassword: 0,
    withoutPassword: 0,
    listed: 0,
    matrix: new FateMatrix(),
    causes: new Map(),
    files: { records: [], bytes: 0, largest: 0 },
    dates: createLoginDates(nowMs, Object.values(GROUPS)),
    followed: followed === null ? null : emptyFollowed(followed),
  };
}

function emptyFollowed(rows: number): Followed {
  const sampleOf = Math.max(1, Math.ceil(rows / MOST_FOLLOWED));
  // Rows may come while they are counted.
  const room = Math.ceil((rows / sampleOf) * 1.1) + 1_000;
  return {
    sampleOf,
    identifiers: createIdentifierTable(room * 2),
    createdDay: new Int32Array(room),
    groups: new Uint8Array(room),
    users: 0,
  };
}

function count(read: PeopleRead, user: LegacyUser, judged: JudgedUser, hashFormat: string): void {
  const { need, code, keptOut, refused, hasPassword } = judged;
  const position = read.users;
  read.users += 1;
  read.refused += refused ? 1 : 0;
  if (keptOut === null) read[hasPassword ? 'withPassword' : 'withoutPassword'] += 1;
  read.matrix.add(judged.bulk, judged.lazy);
  if (need !== 'nothing') {
    const format = judged.bulk === 'refused' ? null : hashFormat;
    const name = `${need} ${code} ${format}`;
    const cause = read.causes.get(name) ?? { need, code, hashFormat: format, users: 0 };
    cause.users += 1;
    read.causes.set(name, cause);
  }
  const groups =
    GROUPS.all |
    (need === 'reset-unless-login' ? GROUPS.saved : 0) |
    (need === 'left-unless-login' ? GROUPS.moved : 0);
  const created = msOf(user.createdAt);
  read.dates.add(msOf(user.lastLogin), created, groups);
  if (read.followed !== null) follow(read.followed, position, user, created, groups);
}

function follow(
  followed: Followed,
  position: number,
  user: LegacyUser,
  created: number | null,
  groups: number,
): void {
  if (!isSampled(position, followed.sampleOf) || followed.users >= followed.groups.length) return;
  const number = followed.users;
  followed.users += 1;
  followed.createdDay[number] = created === null ? 0 : dayOf(created);
  followed.groups[number] = groups;
  for (const name of [user.id, user.email, user.username]) {
    if (name !== null) followed.identifiers.add(name, number);
  }
}

function msOf(iso: string | null): number | null {
  const ms = iso === null ? Number.NaN : Date.parse(iso);
  return Number.isNaN(ms) ? null : ms;
}

function leftover(user: LegacyUser, judged: JudgedUser, hashFormat: string, personalData: boolean): Leftover {
  return {
    need: judged.need,
    code: judged.code,
    key: user.key,
    legacyId: user.id,
    email: personalData ? user.email : maskEmail(user.email),
    hashFormat,
    lastLogin: user.lastLogin,
  };
}
