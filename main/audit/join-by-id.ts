import {
  type AuditGroup,
  EMAIL,
  FIRST_METADATA,
  type LegacyPerson,
  type TenantUser,
  USER_METADATA,
  APP_METADATA,
  USERNAME,
} from '#domain/audit/audit-user.ts';
import type { ExportFile, VisitGroup } from '#engine/ports/audit-work.ts';
import { readLegacy, readLegacyBehind } from '#audit/legacy-record.ts';
import { IdTable, NONE, recordsIn } from '#audit/id-table.ts';
import { PartitionReader, type Room } from '#audit/partition-spool.ts';
import { type Cut, recordFields, sameHead, sameMembers } from '#audit/record-codec.ts';
import { SeenFilter } from '#audit/seen-filter.ts';
import type { SharedUsers } from '#audit/shared-users.ts';
import { emailHashOf, type FinishedSide, nameHash, usernameHashOf } from '#audit/side-writer.ts';
import { readTenant, readTenantBehind } from '#audit/tenant-record.ts';

/** E-mail address, username and phone number stand first: people are found by them. */
const FOUND_BY = 3;
const START: Cut = { place: 'start', field: 0 };
const NAMES: Cut = { place: 'head', field: FOUND_BY };
const UNKNOWN = Array.from({ length: USER_METADATA + 2 - FOUND_BY }, () => null);

/**
 * Brings users with the same id together, one partition after the other. Whoever could also be found by e-mail
 * address or username goes to `shared` instead, which looks at these few more closely.
 */
export class JoinById {
  readonly #legacy: PartitionReader;
  readonly #tenant: PartitionReader;
  readonly #seen: {
    readonly legacyEmails: SeenFilter;
    readonly legacyUsernames: SeenFilter;
    readonly tenantEmails: SeenFilter;
    readonly tenantUsernames: SeenFilter;
  };
  readonly #shared: SharedUsers;
  readonly #leafFiles: readonly number[];
  readonly #ids = new IdTable();
  repeated = 0;

  /** `leafFiles`: numbers of the files that export leaves of metadata and no objects. */
  constructor(legacy: FinishedSide, tenant: FinishedSide, shared: SharedUsers, leafFiles: readonly number[]) {
    this.#leafFiles = leafFiles;
    this.#legacy = new PartitionReader(legacy.path, legacy.blocks);
    this.#tenant = new PartitionReader(tenant.path, tenant.blocks);
    this.#shared = shared;
    this.#seen = {
      legacyEmails: new SeenFilter(legacy.emails),
      legacyUsernames: new SeenFilter(legacy.usernames),
      tenantEmails: new SeenFilter(tenant.emails),
      tenantUsernames: new SeenFilter(tenant.usernames),
    };
  }

  close(): void {
    this.#legacy.close();
    this.#tenant.close();
  }

  partition(partition: number, visit: VisitGroup): void {
    this.#shared.startAt(partition);
    const legacy = this.#legacy.read(partition);
    const tenant = this.#tenant.read(partition);
    const people = recordsIn(legacy.room, legacy.end);
    const users = recordsIn(tenant.room, tenant.end);
    const ids = this.#ids;
    ids.clear(people.length, users.length);
    const repeated = new Set<number>();
    for (let index = 0; index < people.length; index++) {
      if (ids.add(legacy.room, people, index)) continue;
      repeated.add(index);
      visit({ legacy: readLegacy(legacy.room, people[index]!), tenants: [], idRepeated: true });
    }
    const strangers = this.#strangers(legacy.room, people, tenant.room, users);
    for (let index = 0; index < people.length; index++) {
      if (repeated.size > 0 && repeated.has(index)) continue;
      const group = this.#group(legacy.room, people[index]!, tenant.room, users, ids.first(index));
      if (group !== null) visit(group);
    }
    for (const user of strangers) {
      if (this.#isStranger(user)) visit({ legacy: null, stranger: user, emailShared: false });
    }
  }

  /** Gives tenant users to the legacy users that have their id. Answers those who are left. */
  #strangers(legacy: Room, people: Int32Array, tenant: Room, users: Int32Array): Iterable<TenantUser> {
    const strangers = new Map<string, TenantUser>();
    for (let index = 0; index < users.length; index++) {
      const at = users[index]!;
      if (this.#ids.link(legacy, people, tenant, at, index)) continue;
      const user = readTenant(tenant, at);
      if (strangers.has(user.userId)) this.repeated += 1;
      strangers.set(user.userId, user);
    }
    return strangers.values();
  }

  /** Null where somebody else could belong to this person too. `first`: of its tenant users. */
  #group(legacy: Room, at: number, tenant: Room, users: Int32Array, first: number): AuditGroup | null {
    if (first === NONE) return this.#unmatched(legacy, at);
    const second = this.#ids.next(first);
    if (second === NONE) {
      const pair = this.#samePair(legacy, at, tenant, users[first]!);
      if (pair !== null) return pair;
    }
    const found: TenantUser[] = [];
    for (let index = first; index !== NONE; index = this.#ids.next(index)) {
      found.push(readTenant(tenant, users[index]!));
    }
    return this.#settled(readLegacy(legacy, at), this.#distinct(found));
  }

  #unmatched(legacy: Room, at: number): AuditGroup | null {
    const { tenantEmails, tenantUsernames } = this.#seen;
    const maybe =
      tenantEmails.once(emailHashOf(legacy, at)) || tenantUsernames.once(usernameHashOf(legacy, at));
    const person = readLegacy(legacy, at);
    if (!maybe) return { legacy: person, tenants: [], idRepeated: false };
    this.#shared.addPair(person, []);
    return null;
  }

  /** The usual pair has the same profile, and is told so without taking it apart. Null for all others. */
  #samePair(legacy: Room, at: number, tenant: Room, other: number): AuditGroup | null {
    if (!sameHead(legacy, at, tenant, other, FIRST_METADATA)) return null;
    const { tenantEmails, tenantUsernames } = this.#seen;
    if (
      tenantEmails.twice(emailHashOf(tenant, other)) ||
      tenantUsernames.twice(usernameHashOf(tenant, other))
    )
      return null;
    const found = [...recordFields(legacy, at, START, NAMES), ...UNKNOWN];
    const user = readTenantBehind(tenant, other, found);
    if (user.account?.state === 'deleted') return null;
    const all =
      !this.#leafFiles.includes(user.file) &&
      sameMembers(legacy, at, tenant, other, FIRST_METADATA, USER_METADATA) &&
      sameMembers(legacy, at, tenant, other, FIRST_METADATA, APP_METADATA);
    const person = readLegacyBehind(legacy, at, found, all);
    const same = all ? 'everything' : 'profile';
    return { legacy: person, tenants: [{ user, by: 'id', emailShared: false, same }], idRepeated: false };
  }

  /** The last record of each user id. */
  #distinct(users: readonly TenantUser[]): readonly TenantUser[] {
    if (users.length < 2) return users;
    const byId = new Map(users.map((user) => [user.userId, user]));
    this.repeated += users.length - byId.size;
    return [...byId.values()];
  }

  #settled(legacy: LegacyPerson, tenants: readonly TenantUser[]): AuditGroup | null {
    const alive = tenants.filter((one) => one.account?.state !== 'deleted');
    const [user] = alive;
    const certain =
      user === undefined ? !this.#maybeInTenant(legacy) : alive.length === 1 && this.#isAlone(legacy, user);
    if (certain) {
      const matched = tenants.map((one) => ({ user: one, by: 'id', emailShared: false }) as const);
      return { legacy, tenants: matched, idRepeated: false };
    }
    this.#shared.addPair(legacy, tenants);
    return null;
  }

  /** Whether any tenant user may have the address or the username of this legacy user. */
  #maybeInTenant({ values }: LegacyPerson): boolean {
    const { tenantEmails, tenantUsernames } = this.#seen;
    return tenantEmails.once(nameHash(values[EMAIL])) || tenantUsernames.once(nameHash(values[USERNAME]));
  }

  /** Whether no other tenant user can have what these two have. */
  #isAlone({ values }: LegacyPerson, user: TenantUser): boolean {
    const { tenantEmails, tenantUsernames } = this.#seen;
    const [email, other] = [nameHash(values[EMAIL]), nameHash(user.values[EMAIL])];
    if (tenantEmails.twice(other) || (email !== other && tenantEmails.once(email))) return false;
    const [username, second] = [nameHash(values[USERNAME]), nameHash(user.values[USERNAME])];
    return username === second ? !tenantUsernames.twice(username) : !tenantUsernames.once(username);
  }

  /** False also for whom the tenant deleted: nothing is left to be told about. */
  #isStranger(user: TenantUser): boolean {
    if (user.account?.state === 'deleted') return false;
    const { legacyEmails, legacyUsernames, tenantEmails } = this.#seen;
    const email = nameHash(user.values[EMAIL]);
    const known =
      legacyEmails.once(email) ||
      legacyUsernames.once(nameHash(user.values[USERNAME])) ||
      tenantEmails.twice(email);
    if (known) this.#shared.addStranger(user);
    return !known;
  }
}

/** Numbers of the files that export leaves of metadata and no objects. */
export function leafFilesOf(files: readonly Pick<ExportFile, 'knowledge'>[]): readonly number[] {
  return files.flatMap(({ knowledge }, number) => (knowledge.leaves === null ? [] : [number]));
}
