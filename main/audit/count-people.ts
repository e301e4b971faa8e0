import { type AuditRules, classify } from '#domain/audit/classify.ts';
import { countPerson, emptyTally, type PeopleTally, startPart } from '#domain/audit/people-tally.ts';
import { isSelected, type Selection } from '#domain/audit/selection.ts';
import type { VisitGroup } from '#engine/ports/audit-work.ts';
import type { JoinById } from '#audit/join-by-id.ts';

/** What people are counted by. Plain data: it passes between threads. */
export interface CountRules {
  readonly rules: AuditRules;
  readonly selection: Selection;
}

/** Shared by all threads that count: the next partition nobody has taken, and the people counted. */
const NEXT = 0;
const DONE = 1;

export type Progress = Int32Array<SharedArrayBuffer>;

export function newProgress(): Progress {
  return new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
}

export function countedSoFar(progress: Progress): number {
  return Atomics.load(progress, DONE);
}

export interface Counter {
  readonly tally: PeopleTally;
  readonly visit: VisitGroup;
  /** Whoever comes next belongs to this part; tells how many came in the last one. */
  part(number: number): void;
}

export function peopleCounter({ rules, selection }: CountRules, progress: Progress): Counter {
  const tally = emptyTally();
  let came = 0;
  return {
    tally,
    visit(group) {
      came += 1;
      const person = classify(group, rules);
      countPerson(tally, person, isSelected(person, selection));
    },
    part(number) {
      Atomics.add(progress, DONE, came);
      came = 0;
      startPart(tally, number);
    },
  };
}

/** Counts partition after partition that nobody else has taken, in steps: callers may take breaks. */
export function* countPartitions(
  join: JoinById,
  partitions: number,
  counter: Counter,
  progress: Progress,
): IterableIterator<void> {
  for (let partition; (partition = Atomics.add(progress, NEXT, 1)) < partitions; ) {
    counter.part(partition);
    join.partition(partition, counter.visit);
    yield;
  }
}
