import {
  AUDIT_ATTRIBUTES,
  type FileKnowledge,
  type LegacyPerson,
  type TenantUser,
} from '#domain/audit/audit-user.ts';
import { connectionId } from '#domain/audit/identity.ts';
import { knownOfLegacy, legacyPerson } from '#domain/audit/legacy-person.ts';
import { markerIn, type MarkerPaths, withoutMarkers } from '#domain/audit/markers.ts';
import type { JsonObject } from '#domain/json.ts';
import type { FieldMapping, LegacyKey } from '#domain/profile/legacy-user.ts';
import { mapRow } from '#domain/profile/map-row.ts';
import { TURN_MS } from '#engine/audit/turns.ts';
import { Fault } from '#engine/fault.ts';
import type { AuditWork } from '#engine/ports/audit-work.ts';
import type { Clock } from '#engine/ports/clock.ts';
import type { LegacyPage, LegacyStore } from '#engine/ports/legacy-store.ts';
import type { Replica, StoredAccount } from '#engine/ports/replica.ts';

const PAGE = 1_000;

export interface LegacyCounts {
  rows: number;
  users: number;
  unreadable: number;
  withoutId: number;
}

/** All legacy users into the work, page after page. */
export async function fillLegacy(
  clock: Clock,
  store: LegacyStore,
  fields: FieldMapping,
  work: AuditWork,
  report: (done: number) => void,
  signal: AbortSignal,
): Promise<LegacyCounts> {
  const known = knownOfLegacy(fields);
  const counts: LegacyCounts = { rows: 0, users: 0, unreadable: 0, withoutId: 0 };
  let after: LegacyKey | null = null;
  let began = clock.ticks();
  do {
    const page = await store.page(after, PAGE, { signal });
    work.addLegacy(peopleOf(page, fields, known, counts));
    report(counts.rows);
    after = page.next;
    if (signal.aborted) throw new Fault('cancelled', 'the audit was cancelled');
    // A store in a file answers without a wait in between.
    if (clock.ticks() - began < TURN_MS) continue;
    await clock.sleep(0, signal);
    began = clock.ticks();
  } while (after !== null);
  return counts;
}

/** Made one by one as they are asked for: what lives no longer than a moment costs next to nothing. */
function* peopleOf(
  { records }: LegacyPage,
  fields: FieldMapping,
  known: readonly boolean[],
  counts: LegacyCounts,
): IterableIterator<LegacyPerson> {
  for (const record of records) {
    const position = counts.rows++;
    const user = record.kind === 'unreadable' ? null : mapRow(record.row, record.key, fields).user;
    if (user !== null) {
      counts.users += 1;
      yield legacyPerson(user, position, known);
    } else if (record.kind === 'unreadable') counts.unreadable += 1;
    else counts.withoutId += 1;
  }
}

/** A replica knows everything about its accounts. */
export const REPLICA_KNOWLEDGE: FileKnowledge = {
  attributes: AUDIT_ATTRIBUTES.map(() => true),
  logins: false,
  leaves: null,
};

export interface ReplicaCounts {
  readonly users: number;
  readonly deleted: number;
}

/** All accounts of a trial into the work. Lets others have a turn between pages. */
export async function fillFromReplica(
  replica: Replica,
  markers: readonly MarkerPaths[],
  work: AuditWork,
  breathe: () => Promise<void>,
  report: (done: number) => void,
  signal: AbortSignal,
): Promise<ReplicaCounts> {
  let [done, deleted, after] = [0, 0, 0];
  for (;;) {
    const page = replica.accounts(after, PAGE);
    const last = page.at(-1);
    if (last === undefined) return { users: done - deleted, deleted };
    work.addTenant(page.map((stored) => tenantUserOfAccount(stored, markers)));
    deleted += page.filter(({ account }) => account.state === 'deleted').length;
    done += page.length;
    after = last.number;
    report(done);
    await breathe();
    if (signal.aborted) throw new Fault('cancelled', 'the audit was cancelled');
  }
}

function tenantUserOfAccount(
  { number, createdMs, account }: StoredAccount,
  markers: readonly MarkerPaths[],
): TenantUser {
  const { appMetadata, userMetadata } = account;
  return {
    userId: account.userId,
    id: connectionId(account.userId),
    file: 0,
    line: number,
    values: [
      account.email,
      account.username,
      account.phoneNumber,
      account.name,
      account.nickname,
      account.givenName,
      account.familyName,
      account.picture,
      String(account.emailVerified),
      String(account.phoneVerified),
      String(account.blocked),
      json(userMetadata),
      appMetadata === null ? null : json(withoutMarkers(appMetadata, markers)),
    ],
    createdAt: new Date(createdMs).toISOString(),
    lastLogin: null,
    logins: null,
    marker: markerIn(appMetadata, markers),
    linked: false,
    account: { state: account.state, origin: account.origin },
  };
}

function json(metadata: JsonObject | null): string | null {
  return metadata === null ? null : JSON.stringify(metadata);
}
