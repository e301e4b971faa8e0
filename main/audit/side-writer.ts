import {
  EMAIL,
  FIRST_METADATA,
  type LegacyPerson,
  type TenantUser,
  USERNAME,
} from '#domain/audit/audit-user.ts';
import { identifierKey } from '#domain/audit/identity.ts';
import { textHash } from '#domain/text-hash.ts';
import { legacyRecord } from '#audit/legacy-record.ts';
import { type BlockTable, PartitionSpool, type Room } from '#audit/partition-spool.ts';
import { firstHashOf, flagsOf, mostBytes, putRecord, secondHashOf } from '#audit/record-codec.ts';
import { emptyBits, type SeenBits, SeenFilter } from '#audit/seen-filter.ts';
import type { SideRecord } from '#audit/side-record.ts';
import { tenantRecord } from '#audit/tenant-record.ts';

/** One side, complete and on disk. Plain data: it passes between threads. */
export interface FinishedSide {
  readonly path: string;
  readonly blocks: BlockTable;
  readonly emails: SeenBits;
  readonly usernames: SeenBits;
}

export interface SideShape {
  readonly path: string;
  readonly partitions: number;
  /** Users that are expected, about. */
  readonly users: number;
}

const HAS_EMAIL = 1;
const HAS_USERNAME = 2;

/** What the address of a user is looked up by; null where there is none. */
export function emailHashOf(room: Room, at: number): number | null {
  return (flagsOf(room, at) & HAS_EMAIL) === 0 ? null : firstHashOf(room, at);
}

export function usernameHashOf(room: Room, at: number): number | null {
  return (flagsOf(room, at) & HAS_USERNAME) === 0 ? null : secondHashOf(room, at);
}

export function nameHash(name: string | null | undefined): number | null {
  const key = identifierKey(name ?? null);
  return key === null ? null : textHash(key);
}

/** Takes the users of one side and keeps them on disk, those with the same id in the same partition. */
class SideWriter {
  readonly #shape: SideShape;
  readonly #spool: PartitionSpool;
  readonly #emails: SeenFilter;
  readonly #usernames: SeenFilter;

  constructor(shape: SideShape) {
    this.#shape = shape;
    this.#spool = new PartitionSpool(shape.path, shape.partitions);
    this.#emails = new SeenFilter(emptyBits(shape.users));
    this.#usernames = new SeenFilter(emptyBits(shape.users));
  }

  protected put({ id, values, named, flags, numbers, fields }: SideRecord): void {
    const email = named ? nameHash(values[EMAIL]) : null;
    const username = named ? nameHash(values[USERNAME]) : null;
    this.#emails.add(email);
    this.#usernames.add(username);
    const hash = textHash(id);
    const keys = {
      id: hash,
      first: email ?? 0,
      second: username ?? 0,
      flags: flags | (email === null ? 0 : HAS_EMAIL) | (username === null ? 0 : HAS_USERNAME),
      numbers,
    };
    this.#spool.add(partitionOf(hash, this.#shape.partitions), mostBytes(fields, id), (room, at) =>
      putRecord(room, at, keys, fields, FIRST_METADATA, id),
    );
  }

  close(): void {
    this.#spool.close();
  }

  finish(): FinishedSide {
    return {
      path: this.#shape.path,
      blocks: this.#spool.finish(),
      emails: this.#emails.bits,
      usernames: this.#usernames.bits,
    };
  }
}

export function partitionOf(hash: number, partitions: number): number {
  return (hash >>> 0) % partitions;
}

export class LegacySide extends SideWriter {
  add(person: LegacyPerson): void {
    this.put(legacyRecord(person));
  }
}

export class TenantSide extends SideWriter {
  add(user: TenantUser): void {
    this.put(tenantRecord(user));
  }
}
