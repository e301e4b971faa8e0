import type { Room } from '#audit/partition-spool.ts';
import { idHashOf, sameId, sizeOf } from '#audit/record-codec.ts';

export const NONE = -1;

/** Where the records of a partition begin. */
export function recordsIn(room: Room, end: number): Int32Array {
  let count = 0;
  for (let at = 0; at < end; at += sizeOf(room, at)) count += 1;
  const starts = new Int32Array(count);
  for (let at = 0, index = 0; at < end; at += sizeOf(room, at)) starts[index++] = at;
  return starts;
}

/** The legacy users of a partition by their ids, and the tenant users that have them, as numbers into both. */
export class IdTable {
  #slots = new Int32Array(0);
  #first = new Int32Array(0);
  #last = new Int32Array(0);
  #next = new Int32Array(0);
  #mask = 0;
  #shift = 0;

  /** Makes room for so many of both sides; what was there is forgotten. */
  clear(people: number, users: number): void {
    const bits = 32 - Math.clz32(2 * people + 1);
    const slots = 2 ** bits;
    if (slots > this.#slots.length) this.#slots = new Int32Array(slots);
    if (people > this.#first.length) {
      this.#first = new Int32Array(people);
      this.#last = new Int32Array(people);
    }
    if (users > this.#next.length) this.#next = new Int32Array(users);
    this.#mask = slots - 1;
    this.#shift = 32 - bits;
    this.#slots.fill(NONE, 0, slots);
    this.#first.fill(NONE, 0, people);
    this.#next.fill(NONE, 0, users);
  }

  /** False where an earlier one has the same id. */
  add(room: Room, people: Int32Array, index: number): boolean {
    const slot = this.#slotOf(room, people, room, people[index]!);
    if (this.#slots[slot] !== NONE) return false;
    this.#slots[slot] = index;
    return true;
  }

  /** Gives a tenant user to the legacy user with its id; false where there is none. */
  link(legacy: Room, people: Int32Array, tenant: Room, at: number, index: number): boolean {
    const person = this.#slots[this.#slotOf(legacy, people, tenant, at)]!;
    if (person === NONE) return false;
    if (this.#first[person] === NONE) this.#first[person] = index;
    else this.#next[this.#last[person]!] = index;
    this.#last[person] = index;
    return true;
  }

  /** The first tenant user of a legacy user, or NONE. */
  first(person: number): number {
    return this.#first[person]!;
  }

  /** The one behind a tenant user, or NONE. */
  next(user: number): number {
    return this.#next[user]!;
  }

  /** Where the id stands, or the free place where it belongs. */
  #slotOf(legacy: Room, people: Int32Array, room: Room, at: number): number {
    // Ids of one partition agree in what the partition was chosen by.
    let slot = Math.imul(idHashOf(room, at), 0x9e3779b1) >>> this.#shift;
    for (;;) {
      const person = this.#slots[slot]!;
      if (person === NONE || sameId(legacy, people[person]!, room, at)) return slot;
      slot = (slot + 1) & this.#mask;
    }
  }
}
