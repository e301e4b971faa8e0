import Database from 'better-sqlite3';
import {
  EMAIL,
  type LegacyPerson,
  type MatchedBy,
  type MatchedUser,
  type TenantUser,
  USERNAME,
} from '#domain/audit/audit-user.ts';
import { identifierKey } from '#domain/audit/identity.ts';
import type { VisitGroup } from '#engine/ports/audit-work.ts';

const SCHEMA = `
  CREATE TABLE legacy (n INTEGER PRIMARY KEY, email TEXT, username TEXT, taken INTEGER NOT NULL, line TEXT NOT NULL);
  CREATE TABLE tenant (n INTEGER PRIMARY KEY, email TEXT, username TEXT, owner INTEGER, by TEXT, line TEXT NOT NULL);
`;
/** Built once everything is there: much cheaper than keeping them up to date. */
const INDEXES = [
  'CREATE INDEX legacy_email ON legacy (email) WHERE email IS NOT NULL',
  'CREATE INDEX legacy_username ON legacy (username) WHERE username IS NOT NULL',
  'CREATE INDEX tenant_email ON tenant (email) WHERE email IS NOT NULL',
];
// Of several legacy users with one address, one that nobody has by id comes first.
const ownBy = (name: 'email' | 'username') => `
  UPDATE tenant SET by = '${name}', owner =
    (SELECT l.n FROM legacy l WHERE l.${name} = tenant.${name} ORDER BY l.taken, l.n LIMIT 1)
  WHERE n > ? AND n <= ? AND owner IS NULL AND ${name} IS NOT NULL
    AND EXISTS (SELECT 1 FROM legacy l WHERE l.${name} = tenant.${name})`;
const SHARED = `t.email IS NOT NULL AND EXISTS (SELECT 1 FROM tenant o WHERE o.email = t.email AND o.n <> t.n)`;

interface Joined {
  readonly n: number;
  readonly legacy: string;
  readonly tenant: string | null;
  readonly by: MatchedBy | null;
  readonly shared: number;
}

interface OpenGroup {
  readonly n: number;
  readonly legacy: LegacyPerson;
  readonly tenants: MatchedUser[];
}

/** Numbers of tenant users of one partition stay below this. */
const PER_PARTITION = 2 ** 32;
/** Users that one statement brings together, and groups that are told, between two turns of everybody else. */
const AT_ONCE = 2_000;

/**
 * The users whose matches the id alone does not settle, in a work database. Tenant users are numbered by partition,
 * so that the answer does not depend on who filled it.
 */
export class SharedUsers {
  readonly #path: string;
  readonly #db: Database.Database;
  readonly #addLegacy: Database.Statement<[number, string | null, string | null, number, string]>;
  readonly #addTenant: Database.Statement<
    [number, string | null, string | null, number | null, string | null, string]
  >;
  #number = 0;

  constructor(path: string) {
    this.#path = path;
    this.#db = new Database(path);
    this.#db.pragma('journal_mode = OFF');
    this.#db.pragma('synchronous = OFF');
    this.#db.pragma('cache_size = -16000');
    this.#db.exec(SCHEMA);
    this.#addLegacy = this.#db.prepare('INSERT INTO legacy VALUES (?, ?, ?, ?, ?)');
    this.#addTenant = this.#db.prepare('INSERT INTO tenant VALUES (?, ?, ?, ?, ?, ?)');
    this.#db.exec('BEGIN');
  }

  /** What is added from here on comes from this partition. */
  startAt(partition: number): void {
    this.#number = partition * PER_PARTITION;
  }

  addPair(legacy: LegacyPerson, tenants: readonly TenantUser[]): void {
    const alive = tenants.some((one) => one.account?.state !== 'deleted');
    const keys = keysOf(legacy.values);
    this.#addLegacy.run(legacy.position, ...keys, alive ? 1 : 0, JSON.stringify(legacy));
    for (const user of tenants) this.#add(user, legacy.position);
  }

  addStranger(user: TenantUser): void {
    this.#add(user, null);
  }

  #add(user: TenantUser, owner: number | null): void {
    const keys = user.account?.state === 'deleted' ? ([null, null] as const) : keysOf(user.values);
    const by = owner === null ? null : 'id';
    this.#addTenant.run(++this.#number, ...keys, owner, by, JSON.stringify(user));
  }

  /** For somebody else who will `take` what was added here. */
  finish(): string {
    this.#db.exec('COMMIT');
    this.#db.close();
    return this.#path;
  }

  /** Adds the users of another one that is finished, in steps. */
  *take(path: string): IterableIterator<void> {
    this.#db.exec('COMMIT');
    this.#db.prepare('ATTACH ? AS other').run(path);
    this.#db.exec('BEGIN');
    for (const table of ['legacy', 'tenant']) {
      const copy = this.#db.prepare<[number, number]>(
        `INSERT INTO ${table} SELECT * FROM other.${table} WHERE n > ? ORDER BY n LIMIT ?`,
      );
      for (let last = -1; ; yield) {
        const { changes, lastInsertRowid } = copy.run(last, AT_ONCE);
        if (changes === 0) break;
        last = Number(lastInsertRowid);
      }
    }
    this.#db.exec('COMMIT');
    this.#db.exec('DETACH other; BEGIN');
  }

  /** Every person once, in steps: callers take breaks. */
  *groups(visit: VisitGroup): IterableIterator<void> {
    this.#db.exec('COMMIT');
    for (const index of INDEXES) {
      this.#db.exec(index);
      yield;
    }
    yield* this.#own('email');
    yield* this.#own('username');
    this.#db.exec('CREATE INDEX tenant_owner ON tenant (owner)');
    yield;
    yield* this.#owned(visit);
    yield* this.#strangers(visit);
  }

  /** Gives those without an owner to the legacy user with their address, or username. */
  *#own(name: 'email' | 'username'): IterableIterator<void> {
    const after = this.#db.prepare<[number, number], { readonly last: number | null }>(
      'SELECT max(n) AS last FROM (SELECT n FROM tenant WHERE n > ? ORDER BY n LIMIT ?)',
    );
    const own = this.#db.prepare<[number, number]>(ownBy(name));
    for (let from = -1; ; ) {
      const last = after.get(from, AT_ONCE)?.last ?? null;
      if (last === null) return;
      own.run(from, last);
      from = last;
      yield;
    }
  }

  *#owned(visit: VisitGroup): IterableIterator<void> {
    const rows = this.#db.prepare<[], Joined>(`
      SELECT l.n, l.line AS legacy, t.line AS tenant, t.by, ${SHARED} AS shared
      FROM legacy l LEFT JOIN tenant t ON t.owner = l.n
      ORDER BY l.n, CASE t.by WHEN 'id' THEN 0 WHEN 'email' THEN 1 ELSE 2 END, t.n`);
    let open = null as OpenGroup | null;
    let told = 0;
    for (const row of rows.iterate()) {
      if (open?.n !== row.n) {
        if (open !== null) visit(groupOf(open));
        if (++told % AT_ONCE === 0) yield;
        open = { n: row.n, legacy: JSON.parse(row.legacy) as LegacyPerson, tenants: [] };
      }
      if (row.tenant !== null) {
        const user = JSON.parse(row.tenant) as TenantUser;
        open.tenants.push({ user, by: row.by!, emailShared: row.shared === 1 });
      }
    }
    if (open !== null) visit(groupOf(open));
  }

  *#strangers(visit: VisitGroup): IterableIterator<void> {
    const rows = this.#db.prepare<[], { readonly line: string; readonly shared: number }>(
      `SELECT t.line, ${SHARED} AS shared FROM tenant t WHERE t.owner IS NULL ORDER BY t.n`,
    );
    let told = 0;
    for (const { line, shared } of rows.iterate()) {
      const stranger = JSON.parse(line) as TenantUser;
      visit({ legacy: null, stranger, emailShared: shared === 1 });
      if (++told % AT_ONCE === 0) yield;
    }
  }

  close(): void {
    this.#db.close();
  }
}

function keysOf(values: LegacyPerson['values']): readonly [string | null, string | null] {
  return [identifierKey(values[EMAIL] ?? null), identifierKey(values[USERNAME] ?? null)];
}

function groupOf({ legacy, tenants }: OpenGroup) {
  return { legacy, tenants, idRepeated: false };
}
