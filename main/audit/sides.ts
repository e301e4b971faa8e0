import { AUDIT_ATTRIBUTES, EMAIL, type LegacyPerson, type TenantUser, USERNAME } from '#domain/audit/audit-user.ts';
import { connectionId, identifierKey } from '#domain/audit/identity.ts';
import type { LegacyKey } from '#domain/profile/legacy-user.ts';
import { type BlockTable, PartitionSpool } from '#audit/partition-spool.ts';
import { decodeFields, encodeFields } from '#audit/record-codec.ts';
import { hashOf, type SeenBits, SeenFilter } from '#audit/seen-filter.ts';

/** One side, complete and on disk. Plain data: it passes between threads. */
export interface FinishedSide {
  readonly path: string;
  readonly blocks: BlockTable;
  readonly emails: SeenBits;
  readonly usernames: SeenBits;
}

const VALUES = AUDIT_ATTRIBUTES.length;
const LEGACY_FIELDS = 3 + VALUES;
const TENANT_FIELDS = 8 + VALUES;

/** Takes the users of one side and keeps them on disk, those with the same id in the same partition. */
class SideWriter {
  readonly #path: string;
  readonly #partitions: number;
  readonly #spool: PartitionSpool;
  readonly #emails = new SeenFilter();
  readonly #usernames = new SeenFilter();

  constructor(path: string, partitions: number) {
    this.#path = path;
    this.#partitions = partitions;
    this.#spool = new PartitionSpool(path, partitions);
  }

  protected put(id: string, email: string | null, username: string | null, line: string): void {
    this.#emails.add(identifierKey(email));
    this.#usernames.add(identifierKey(username));
    this.#spool.add(hashOf(id) % this.#partitions, line);
  }

  finish(): FinishedSide {
    return {
      path: this.#path,
      blocks: this.#spool.finish(),
      emails: this.#emails.bits,
      usernames: this.#usernames.bits,
    };
  }
}

export class LegacySide extends SideWriter {
  add(person: LegacyPerson): void {
    const { values } = person;
    this.put(connectionId(person.id), values[EMAIL] ?? null, values[USERNAME] ?? null, encodeLegacy(person));
  }
}

export class TenantSide extends SideWriter {
  add(user: TenantUser): void {
    const { values } = user;
    // Whom the tenant deleted is found by the id only.
    const gone = user.account?.state === 'deleted';
    const named = (index: number) => (gone ? null : (values[index] ?? null));
    this.put(user.id, named(EMAIL), named(USERNAME), encodeTenant(user));
  }
}

export function encodeLegacy({ position, key, id, values }: LegacyPerson): string {
  const [part] = key;
  // The usual key is one number: its digits do.
  const keyText = key.length === 1 && typeof part === 'number' ? String(part) : JSON.stringify(key);
  return encodeFields([String(position), keyText, id, ...values]);
}

export function decodeLegacy(line: string): LegacyPerson {
  const fields = decodeFields(line, LEGACY_FIELDS);
  const key = fields[1]!;
  return {
    position: Number(fields[0]),
    key: key.startsWith('[') ? (JSON.parse(key) as LegacyKey) : [Number(key)],
    id: fields[2]!,
    values: fields.slice(3),
  };
}

export function encodeTenant(user: TenantUser): string {
  return encodeFields([
    user.userId,
    // The rest of what is not an attribute, where it says more than the ordinary.
    user.linked ? user.id : null,
    `${user.file}:${user.line}`,
    user.createdAt,
    user.lastLogin,
    user.logins === null ? null : String(user.logins),
    user.marker === null ? null : JSON.stringify([user.marker.by, user.marker.at]),
    user.account === null ? null : `${user.account.state}:${user.account.origin}`,
    ...user.values,
  ]);
}

export function decodeTenant(line: string): TenantUser {
  const fields = decodeFields(line, TENANT_FIELDS);
  const userId = fields[0]!;
  const place = fields[2]!;
  const colon = place.indexOf(':');
  const marker = fields[6] ?? null;
  const account = fields[7] ?? null;
  return {
    userId,
    id: fields[1] ?? connectionId(userId),
    file: Number(place.slice(0, colon)),
    line: Number(place.slice(colon + 1)),
    createdAt: fields[3] ?? null,
    lastLogin: fields[4] ?? null,
    logins: fields[5] === null || fields[5] === undefined ? null : Number(fields[5]),
    marker: marker === null ? null : markerOf(marker),
    linked: fields[1] !== null,
    account: account === null ? null : accountOf(account),
    values: fields.slice(8),
  };
}

function markerOf(text: string): NonNullable<TenantUser['marker']> {
  const [by, at] = JSON.parse(text) as [string | null, string | null];
  return { by, at };
}

function accountOf(text: string): NonNullable<TenantUser['account']> {
  const [state, origin] = text.split(':');
  return { state, origin } as NonNullable<TenantUser['account']>;
}
