import Database from 'better-sqlite3';
import {
  type AuditGroup,
  EMAIL,
  type LegacyPerson,
  type MatchedBy,
  type MatchedUser,
  type TenantUser,
  USERNAME,
} from '#domain/audit/audit-user.ts';
import { identifierKey } from '#domain/audit/identity.ts';
import { decodeLegacy, decodeTenant, encodeLegacy, encodeTenant } from '#audit/sides.ts';

const SCHEMA = `
  CREATE TABLE legacy (n INTEGER PRIMARY KEY, email TEXT, username TEXT, taken INTEGER NOT NULL, line TEXT NOT NULL);
  CREATE TABLE tenant (n INTEGER PRIMARY KEY, email TEXT, username TEXT, owner INTEGER, by TEXT, line TEXT NOT NULL);
`;
/** Built once everything is there: much cheaper than keeping them up to date. */
const INDEXES = `
  CREATE INDEX legacy_email ON legacy (email) WHERE email IS NOT NULL;
  CREATE INDEX legacy_username ON legacy (username) WHERE username IS NOT NULL;
  CREATE INDEX tenant_email ON tenant (email) WHERE email IS NOT NULL;
`;
// Of several legacy users with one address, one that nobody has by id comes first.
const ownBy = (name: 'email' | 'username') => `
  UPDATE tenant SET by = '${name}', owner =
    (SELECT l.n FROM legacy l WHERE l.${name} = tenant.${name} ORDER BY l.taken, l.n LIMIT 1)
  WHERE owner IS NULL AND ${name} IS NOT NULL
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

/** The users whose matches the id alone does not settle, in a work database. */
export class SharedUsers {
  readonly #db: Database.Database;
  readonly #addLegacy: Database.Statement<[number, string | null, string | null, number, string]>;
  readonly #addTenant: Database.Statement<
    [string | null, string | null, number | null, string | null, string]
  >;

  constructor(path: string) {
    this.#db = new Database(path);
    this.#db.pragma('journal_mode = OFF');
    this.#db.pragma('synchronous = OFF');
    this.#db.pragma('cache_size = -32000');
    this.#db.exec(SCHEMA);
    this.#addLegacy = this.#db.prepare('INSERT INTO legacy VALUES (?, ?, ?, ?, ?)');
    this.#addTenant = this.#db.prepare(
      'INSERT INTO tenant (email, username, owner, by, line) VALUES (?, ?, ?, ?, ?)',
    );
    this.#db.exec('BEGIN');
  }

  addPair(legacy: LegacyPerson, tenants: readonly TenantUser[]): void {
    const alive = tenants.some((one) => one.account?.state !== 'deleted');
    const keys = keysOf(legacy.values);
    this.#addLegacy.run(legacy.position, ...keys, alive ? 1 : 0, encodeLegacy(legacy));
    for (const user of tenants) this.#add(user, legacy.position);
  }

  addStranger(user: TenantUser): void {
    this.#add(user, null);
  }

  #add(user: TenantUser, owner: number | null): void {
    const keys = user.account?.state === 'deleted' ? ([null, null] as const) : keysOf(user.values);
    this.#addTenant.run(...keys, owner, owner === null ? null : 'id', encodeTenant(user));
  }

  *groups(): IterableIterator<AuditGroup> {
    this.#db.exec('COMMIT');
    this.#db.exec(INDEXES);
    this.#db.exec(ownBy('email'));
    this.#db.exec(ownBy('username'));
    this.#db.exec('CREATE INDEX tenant_owner ON tenant (owner)');
    yield* this.#owned();
    yield* this.#strangers();
  }

  *#owned(): IterableIterator<AuditGroup> {
    const rows = this.#db.prepare<[], Joined>(`
      SELECT l.n, l.line AS legacy, t.line AS tenant, t.by, ${SHARED} AS shared
      FROM legacy l LEFT JOIN tenant t ON t.owner = l.n
      ORDER BY l.n, CASE t.by WHEN 'id' THEN 0 WHEN 'email' THEN 1 ELSE 2 END, t.n`);
    let open = null as OpenGroup | null;
    for (const row of rows.iterate()) {
      if (open?.n !== row.n) {
        if (open !== null) yield groupOf(open);
        open = { n: row.n, legacy: decodeLegacy(row.legacy), tenants: [] };
      }
      if (row.tenant !== null) {
        open.tenants.push({ user: decodeTenant(row.tenant), by: row.by!, emailShared: row.shared === 1 });
      }
    }
    if (open !== null) yield groupOf(open);
  }

  *#strangers(): IterableIterator<AuditGroup> {
    const rows = this.#db.prepare<[], { readonly line: string; readonly shared: number }>(
      `SELECT t.line, ${SHARED} AS shared FROM tenant t WHERE t.owner IS NULL ORDER BY t.n`,
    );
    for (const { line, shared } of rows.iterate()) {
      yield { legacy: null, stranger: decodeTenant(line), emailShared: shared === 1 };
    }
  }

  close(): void {
    this.#db.close();
  }
}

function keysOf(values: LegacyPerson['values']): readonly [string | null, string | null] {
  return [identifierKey(values[EMAIL] ?? null), identifierKey(values[USERNAME] ?? null)];
}

function groupOf({ legacy, tenants }: OpenGroup): AuditGroup {
  return { legacy, tenants, idRepeated: false };
}
