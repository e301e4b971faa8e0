import { AUDIT_ATTRIBUTES, FIRST_METADATA, type TenantUser } from '#domain/audit/audit-user.ts';
import type { Room } from '#audit/partition-spool.ts';
import {
  type Cut,
  type Fields,
  firstNumberOf,
  flagsOf,
  recordFields,
  recordId,
  secondNumberOf,
} from '#audit/record-codec.ts';
import type { SideRecord } from '#audit/side-record.ts';

const VALUES = AUDIT_ATTRIBUTES.length;
/** Behind the values: user id, created, last login, logins, time and source of the marker, account. */
const MORE = 7;
const START: Cut = { place: 'start', field: 0 };
const BEHIND_HEAD: Cut = { place: 'head', field: FIRST_METADATA };
const END: Cut = { place: 'end', field: VALUES + MORE };

const LINKED = 4;
const MARKED = 8;
/** The user id is the id with the usual prefix, or the id itself. */
const PREFIXED = 16;
const PREFIX = 'auth0|';

export function tenantRecord(user: TenantUser): SideRecord {
  const { id, userId, marker, account, values } = user;
  const prefixed = userId.length === id.length + PREFIX.length && userId === PREFIX + id;
  return {
    id,
    values,
    // Whom the tenant deleted is found by the id only.
    named: account?.state !== 'deleted',
    flags: (user.linked ? LINKED : 0) | (marker === null ? 0 : MARKED) | (prefixed ? PREFIXED : 0),
    numbers: [user.line, user.file],
    fields: [
      ...values,
      prefixed || userId === id ? null : userId,
      user.createdAt,
      user.lastLogin,
      user.logins === null ? null : String(user.logins),
      marker === null ? null : marker.at,
      marker === null ? null : marker.by,
      account === null ? null : `${account.state}:${account.origin}`,
    ],
  };
}

export function readTenant(room: Room, at: number): TenantUser {
  const fields = recordFields(room, at, START, END);
  return userOf(room, at, fields.slice(0, VALUES), fields, VALUES);
}

/** A user whose values before the metadata are `found` already. */
export function readTenantBehind(room: Room, at: number, found: Fields): TenantUser {
  const rest = recordFields(room, at, BEHIND_HEAD, END);
  const values = [...found.slice(0, FIRST_METADATA), rest[0]!, rest[1]!];
  return userOf(room, at, values, rest, VALUES - FIRST_METADATA);
}

/** `rest`: fields of which those behind the values begin at `from`. */
function userOf(room: Room, at: number, values: Fields, rest: Fields, from: number): TenantUser {
  const flags = flagsOf(room, at);
  const id = recordId(room, at);
  const logins = rest[from + 3]!;
  const account = rest[from + 6]!;
  return {
    userId: rest[from] ?? ((flags & PREFIXED) === 0 ? id : PREFIX + id),
    id,
    file: secondNumberOf(room, at),
    line: firstNumberOf(room, at),
    values,
    createdAt: rest[from + 1]!,
    lastLogin: rest[from + 2]!,
    logins: logins === null ? null : Number(logins),
    marker: (flags & MARKED) === 0 ? null : { at: rest[from + 4]!, by: rest[from + 5]! },
    linked: (flags & LINKED) !== 0,
    account: account === null ? null : accountOf(account),
  };
}

function accountOf(text: string): NonNullable<TenantUser['account']> {
  const [state, origin] = text.split(':');
  return { state, origin } as NonNullable<TenantUser['account']>;
}
