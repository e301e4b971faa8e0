import { AUDIT_ATTRIBUTES, FIRST_METADATA, type LegacyPerson } from '#domain/audit/audit-user.ts';
import { connectionId } from '#domain/audit/identity.ts';
import type { LegacyKey } from '#domain/profile/legacy-user.ts';
import type { Room } from '#audit/partition-spool.ts';
import {
  type Cut,
  type Fields,
  firstNumberOf,
  isAbsent,
  recordFields,
  recordId,
  secondNumberOf,
} from '#audit/record-codec.ts';
import type { SideRecord } from '#audit/side-record.ts';

const VALUES = AUDIT_ATTRIBUTES.length;
/** Behind the values: the key where it is not one number, and the id where it is not that within the connection. */
const KEY = VALUES;
const ID = VALUES + 1;
const START: Cut = { place: 'start', field: 0 };
const BEHIND_HEAD: Cut = { place: 'head', field: FIRST_METADATA };
const END: Cut = { place: 'end', field: VALUES + 2 };

/** Whatever fits into 32 bits. */
const MOST_NUMBER = 2 ** 32;

export function legacyRecord({ position, key, id, values }: LegacyPerson): SideRecord {
  const ownId = connectionId(id);
  const number = plainNumber(key);
  return {
    id: ownId,
    values,
    named: true,
    flags: 0,
    numbers: [position, number ?? 0],
    fields: [...values, number === null ? JSON.stringify(key) : null, ownId === id ? null : id],
  };
}

/** The usual key is one number. */
function plainNumber([number, ...more]: LegacyKey): number | null {
  if (more.length > 0 || typeof number !== 'number' || !Number.isInteger(number)) return null;
  return number >= 0 && number < MOST_NUMBER && !Object.is(number, -0) ? number : null;
}

export function readLegacy(room: Room, at: number): LegacyPerson {
  const fields = recordFields(room, at, START, END);
  return personOf(room, at, fields.slice(0, VALUES), fields[KEY]!, fields[ID]!);
}

/** A person whose values before the metadata, or all of them, are `found` already. */
export function readLegacyBehind(room: Room, at: number, found: Fields, all: boolean): LegacyPerson {
  if (all && isAbsent(room, at, KEY) && isAbsent(room, at, ID)) return personOf(room, at, found, null, null);
  const [user, app, key, id] = recordFields(room, at, BEHIND_HEAD, END);
  return personOf(room, at, [...found.slice(0, FIRST_METADATA), user!, app!], key!, id!);
}

function personOf(
  room: Room,
  at: number,
  values: Fields,
  key: string | null,
  id: string | null,
): LegacyPerson {
  return {
    position: firstNumberOf(room, at),
    key: key === null ? [secondNumberOf(room, at)] : (JSON.parse(key) as LegacyKey),
    id: id ?? recordId(room, at),
    values,
  };
}
