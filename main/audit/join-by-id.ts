import { closeSync, openSync } from 'node:fs';
import {
  type AuditGroup,
  EMAIL,
  type LegacyPerson,
  type TenantUser,
  USERNAME,
} from '#domain/audit/audit-user.ts';
import { identifierKey } from '#domain/audit/identity.ts';
import { linesOf } from '#audit/partition-spool.ts';
import { idOf } from '#audit/record-codec.ts';
import { SeenFilter } from '#audit/seen-filter.ts';
import type { SharedUsers } from '#audit/shared-users.ts';
import { decodeLegacy, decodePair, decodeTenant, type FinishedSide } from '#audit/sides.ts';

/** A legacy user of the partition at hand with the tenant users that have its id, as they were written. */
interface Slot {
  readonly legacy: string;
  tenants: readonly string[];
}

const NOBODY: readonly string[] = [];

/**
 * Brings users with the same id together, one partition after the other. Whoever could also be found by e-mail
 * address or username goes to `shared` instead, which looks at these few more closely.
 */
export class JoinById {
  readonly #legacy: FinishedSide;
  readonly #tenant: FinishedSide;
  readonly #seen: {
    readonly legacyEmails: SeenFilter;
    readonly legacyUsernames: SeenFilter;
    readonly tenantEmails: SeenFilter;
    readonly tenantUsernames: SeenFilter;
  };
  readonly #shared: SharedUsers;
  repeated = 0;

  constructor(legacy: FinishedSide, tenant: FinishedSide, shared: SharedUsers) {
    this.#legacy = legacy;
    this.#tenant = tenant;
    this.#shared = shared;
    this.#seen = {
      legacyEmails: new SeenFilter(legacy.emails),
      legacyUsernames: new SeenFilter(legacy.usernames),
      tenantEmails: new SeenFilter(tenant.emails),
      tenantUsernames: new SeenFilter(tenant.usernames),
    };
  }

  *groups(): IterableIterator<AuditGroup> {
    const legacy = openSync(this.#legacy.path, 'r');
    const tenant = openSync(this.#tenant.path, 'r');
    try {
      for (const [partition, blocks] of this.#legacy.blocks.entries()) {
        yield* this.#partition(linesOf(legacy, blocks), linesOf(tenant, this.#tenant.blocks[partition]!));
      }
    } finally {
      closeSync(legacy);
      closeSync(tenant);
    }
  }

  /** Lines are kept as they are until their turn comes: what lives on is small. */
  *#partition(legacyLines: Iterable<string>, tenantLines: Iterable<string>): IterableIterator<AuditGroup> {
    const slots = new Map<string, Slot>();
    for (const line of legacyLines) {
      const id = idOf(line);
      if (slots.has(id)) yield { legacy: decodeLegacy(line), tenants: [], idRepeated: true };
      else slots.set(id, { legacy: line, tenants: NOBODY });
    }
    const strangers = new Map<string, TenantUser>();
    for (const line of tenantLines) {
      const slot = slots.get(idOf(line));
      if (slot !== undefined) {
        slot.tenants = slot.tenants === NOBODY ? [line] : [...slot.tenants, line];
        continue;
      }
      const user = decodeTenant(line);
      if (strangers.has(user.userId)) this.repeated += 1;
      strangers.set(user.userId, user);
    }
    for (const slot of slots.values()) {
      const [only] = slot.tenants;
      const group =
        only !== undefined && slot.tenants.length === 1
          ? this.#settledPair(slot.legacy, only)
          : this.#settled(decodeLegacy(slot.legacy), this.#distinct(slot.tenants));
      if (group !== null) yield group;
    }
    for (const user of strangers.values()) {
      if (this.#isStranger(user)) yield { legacy: null, stranger: user, emailShared: false };
    }
  }

  /** The last record of each user id. */
  #distinct(lines: readonly string[]): readonly TenantUser[] {
    const users = lines.map((line) => decodeTenant(line));
    if (users.length < 2) return users;
    const byId = new Map(users.map((user) => [user.userId, user]));
    this.repeated += users.length - byId.size;
    return [...byId.values()];
  }

  /** The usual case of `#settled`. */
  #settledPair(legacyLine: string, tenantLine: string): AuditGroup | null {
    const { legacy, user, sameProfile } = decodePair(legacyLine, tenantLine);
    if (user.account?.state === 'deleted' || !this.#isAlone(legacy, user)) {
      return this.#settled(decodeLegacy(legacyLine), [decodeTenant(tenantLine)]);
    }
    return {
      legacy,
      tenants: [{ user, by: 'id', emailShared: false, sameProfile }],
      idRepeated: false,
    };
  }

  /** Null where somebody else could belong to this person too. */
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
    return (
      this.#seen.tenantEmails.once(identifierKey(values[EMAIL] ?? null)) ||
      this.#seen.tenantUsernames.once(identifierKey(values[USERNAME] ?? null))
    );
  }

  /** Whether no other tenant user can have what these two have. */
  #isAlone(legacy: LegacyPerson, user: TenantUser): boolean {
    const { tenantEmails, tenantUsernames } = this.#seen;
    const [email, other] = bothKeys(legacy, user, EMAIL);
    if (tenantEmails.twice(other) || (email !== other && tenantEmails.once(email))) return false;
    const [username, second] = bothKeys(legacy, user, USERNAME);
    return username === second ? !tenantUsernames.twice(username) : !tenantUsernames.once(username);
  }

  /** False also for whom the tenant deleted: nothing is left to be told about. */
  #isStranger(user: TenantUser): boolean {
    if (user.account?.state === 'deleted') return false;
    const email = identifierKey(user.values[EMAIL] ?? null);
    const known =
      this.#seen.legacyEmails.once(email) ||
      this.#seen.legacyUsernames.once(identifierKey(user.values[USERNAME] ?? null)) ||
      this.#seen.tenantEmails.twice(email);
    if (known) this.#shared.addStranger(user);
    return !known;
  }
}

function bothKeys(
  legacy: LegacyPerson,
  user: TenantUser,
  index: number,
): readonly [string | null, string | null] {
  const left = legacy.values[index] ?? null;
  const right = user.values[index] ?? null;
  const key = identifierKey(left);
  return [key, left === right ? key : identifierKey(right)];
}
