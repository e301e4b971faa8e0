import {
  AUDIT_ATTRIBUTES,
  EMAIL,
  FIRST_METADATA,
  type LegacyPerson,
  type TenantUser,
  USERNAME,
} from '#domain/audit/audit-user.ts';
import { connectionId, identifierKey } from '#domain/audit/identity.ts';
import type { LegacyKey } from '#domain/profile/legacy-user.ts';
import { type BlockTable, PartitionSpool } from '#audit/partition-spool.ts';
import { decodeFields, encodeFields, fieldsAfter, firstFields, headOf, idOf } from '#audit/record-codec.ts';
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
  return encodeFields([...values, String(position), keyText, id], connectionId(id), FIRST_METADATA);
}

export function decodeLegacy(line: string): LegacyPerson {
  const fields = decodeFields(line, LEGACY_FIELDS);
  return legacyOf(fields, fields, VALUES);
}

/** `rest`: fields of which those behind the values begin at `at`. */
function legacyOf(
  values: LegacyPerson['values'],
  rest: readonly (string | null)[],
  at: number,
): LegacyPerson {
  const key = rest[at + 1]!;
  return {
    position: Number(rest[at]),
    key: key.startsWith('[') ? (JSON.parse(key) as LegacyKey) : [Number(key)],
    id: rest[at + 2]!,
    values,
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
    FIRST_METADATA,
  );
}

export function decodeTenant(line: string): TenantUser {
  const fields = decodeFields(line, TENANT_FIELDS);
  return tenantOf(line, fields, fields, VALUES);
}

function tenantOf(
  line: string,
  values: TenantUser['values'],
  rest: readonly (string | null)[],
  from: number,
): TenantUser {
  const at = (index: number): string | null => rest[from + index] ?? null;
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
    values,
    createdAt: at(3),
    lastLogin: at(4),
    logins: logins === null ? null : Number(logins),
    marker: marker === null ? null : markerOf(marker),
    linked: at(1) !== null,
    account: account === null ? null : accountOf(account),
  };
}

export interface Pair {
  readonly legacy: LegacyPerson;
  readonly user: TenantUser;
  /** Everything before the metadata is the same: then only what people are found by is filled in of it. */
  readonly sameProfile: boolean;
}

const PROFILE_BITS = (1 << FIRST_METADATA) - 1;
/** E-mail address, username and phone number stand first. */
const FOUND_BY = 3;

/** Two users with the same id. The usual pair has the same profile, and is told so without taking it apart. */
export function decodePair(legacyLine: string, tenantLine: string): Pair {
  const left = headOf(legacyLine);
  const right = headOf(tenantLine);
  const same =
    left !== null &&
    right !== null &&
    left.end === right.end &&
    ((left.absent ^ right.absent) & PROFILE_BITS) === 0 &&
    legacyLine.slice(0, left.end) === tenantLine.slice(0, right.end);
  if (!same) {
    return { legacy: decodeLegacy(legacyLine), user: decodeTenant(tenantLine), sameProfile: false };
  }
  const foundBy = firstFields(legacyLine, left.absent, FOUND_BY);
  const rest = fieldsAfter(legacyLine, left, FIRST_METADATA);
  const tenantRest = fieldsAfter(tenantLine, right, FIRST_METADATA);
  const at = VALUES - FIRST_METADATA;
  return {
    legacy: legacyOf(valuesOf(foundBy, rest), rest, at),
    user: tenantOf(tenantLine, valuesOf(foundBy, tenantRest), tenantRest, at),
    sameProfile: true,
  };
}

function valuesOf(
  [email, username, phone]: readonly (string | null)[],
  rest: readonly (string | null)[],
): LegacyPerson['values'] {
  return [
    email!, username!, phone!, null, null, null, null, null, null, null, null, rest[0]!, rest[1]!,
  ]; // biome-ignore format: the order of the attributes
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
