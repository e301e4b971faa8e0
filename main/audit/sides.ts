import {
  AUDIT_ATTRIBUTES,
  EMAIL,
  type LegacyPerson,
  type TenantUser,
  USERNAME,
} from '#domain/audit/audit-user.ts';
import { connectionId, identifierKey } from '#domain/audit/identity.ts';
import type { LegacyKey } from '#domain/profile/legacy-user.ts';
import { type BlockTable, PartitionSpool } from '#audit/partition-spool.ts';
import { decodeFields, encodeFields, idOf } from '#audit/record-codec.ts';
import { emptyBits, hashOf, type SeenBits, SeenFilter } from '#audit/seen-filter.ts';

/** One side, complete and on disk. Plain data: it passes between threads. */
export interface FinishedSide {
  readonly path: string;
  readonly blocks: BlockTable;
  readonly emails: SeenBits;
  readonly usernames: SeenBits;
}

const VALUES = AUDIT_ATTRIBUTES.length;
const LEGACY_FIELDS = VALUES + 3;
const TENANT_FIELDS = VALUES + 8;

export interface SideShape {
  readonly path: string;
  readonly partitions: number;
  /** Users that are expected, about. */
  readonly users: number;
}

/** Takes the users of one side and keeps them on disk, those with the same id in the same partition. */
class SideWriter {
  readonly #path: string;
  readonly #partitions: number;
  readonly #spool: PartitionSpool;
  readonly #emails: SeenFilter;
  readonly #usernames: SeenFilter;

  constructor({ path, partitions, users }: SideShape) {
    this.#path = path;
    this.#partitions = partitions;
    this.#spool = new PartitionSpool(path, partitions);
    this.#emails = new SeenFilter(emptyBits(users));
    this.#usernames = new SeenFilter(emptyBits(users));
  }

  protected put(id: string, email: string | null, username: string | null, line: string): void {
    this.#emails.add(identifierKey(email));
    this.#usernames.add(identifierKey(username));
    this.#spool.add(hashOf(id) % this.#partitions, line);
  }

  close(): void {
    this.#spool.close();
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
  return encodeFields([...values, String(position), keyText, id], connectionId(id));
}

export function decodeLegacy(line: string): LegacyPerson {
  const fields = decodeFields(line, LEGACY_FIELDS);
  const key = fields[VALUES + 1]!;
  return {
    position: Number(fields[VALUES]),
    key: key.startsWith('[') ? (JSON.parse(key) as LegacyKey) : [Number(key)],
    id: fields[VALUES + 2]!,
    values: fields,
  };
}

export function encodeTenant(user: TenantUser): string {
  const { marker, account } = user;
  return encodeFields(
    [
      ...user.values,
      user.userId,
      user.linked ? '1' : null,
      `${user.file}:${user.line}`,
      user.createdAt,
      user.lastLogin,
      user.logins === null ? null : String(user.logins),
      marker === null ? null : `${marker.at ?? ''}:::${marker.by ?? ''}`,
      account === null ? null : `${account.state}:${account.origin}`,
    ],
    user.id,
  );
}

export function decodeTenant(line: string): TenantUser {
  const fields = decodeFields(line, TENANT_FIELDS);
  const at = (index: number): string | null => fields[VALUES + index] ?? null;
  const place = at(2)!;
  const logins = at(5);
  const marker = at(6);
  const account = at(7);
  const colon = place.indexOf(':');
  return {
    userId: at(0)!,
    id: idOf(line),
    file: Number(place.slice(0, colon)),
    line: Number(place.slice(colon + 1)),
    values: fields,
    createdAt: at(3),
    lastLogin: at(4),
    logins: logins === null ? null : Number(logins),
    marker: marker === null ? null : markerOf(marker),
    linked: at(1) !== null,
    account: account === null ? null : accountOf(account),
  };
}

function markerOf(text: string): NonNullable<TenantUser['marker']> {
  const end = text.indexOf(':::');
  const at = text.slice(0, end);
  const by = text.slice(end + 3);
  return { at: at === '' ? null : at, by: by === '' ? null : by };
}

function accountOf(text: string): NonNullable<TenantUser['account']> {
  const [state, origin] = text.split(':');
  return { state, origin } as NonNullable<TenantUser['account']>;
}
