import type { Database } from 'better-sqlite3';
import type { UserOutcome } from '#domain/migration/outcome.ts';
import { usesText } from '#domain/projections/script-uses.ts';
import type { Evidence } from '#engine/ports/replica-coverage.ts';
import type { Phase } from '#engine/ports/replica.ts';
import { phaseNumber } from './phases.ts';
import { openTraits, USES } from './traits.ts';

/** Positions of one stretch in `trait_blocks`, as a power of two. */
export const BLOCK_BITS = 9;

/** Counts the users of one batch by their traits; what it holds is gone with the batch. */
export interface CoverageWriter {
  /** Answers what stands in the outcome: the numbers of the user's traits, each between commas. */
  add(outcome: UserOutcome, evidence: Evidence): string;
  flush(): void;
  forget(): void;
}

/** ok, failed, skipped. */
type Sums = [number, number, number];

interface PhaseSums {
  /** Trait → uses → sums. */
  readonly sums: Map<number, Map<number, Sums>>;
  readonly blocks: Map<number, Set<number>>;
}

export function openCoverageWriter(db: Database): CoverageWriter {
  const traits = openTraits(db);
  const flushed = openSumWriter(db);
  const phases = new Map<Phase, PhaseSums>();

  const sumsOf = (phase: Phase): PhaseSums => {
    let of = phases.get(phase);
    if (of === undefined) phases.set(phase, (of = { sums: new Map(), blocks: new Map() }));
    return of;
  };
  return {
    add({ phase, position, status, state }, evidence) {
      const { sums, blocks } = sumsOf(phase);
      const block = position >> BLOCK_BITS;
      const column = status === 'ok' ? 0 : status === 'failed' ? 1 : 2;
      const uses = traits.idOf(USES, usesText(evidence.uses))!;
      let text = ',';
      const count = (trait: number | null): void => {
        if (trait === null) return;
        text += `${trait},`;
        at(at(sums, trait, newMap), uses, newSums)[column] += 1;
        at(blocks, trait, newSet).add(block);
      };
      count(uses);
      count(traits.idOf('state', state));
      for (const { attribute, value } of evidence.traits) count(traits.idOf(attribute, value));
      return text;
    },
    flush() {
      for (const [phase, { sums, blocks }] of phases) flushed(phaseNumber(phase), sums, blocks);
      phases.clear();
    },
    forget() {
      phases.clear();
      traits.forget();
    },
  };
}

function openSumWriter(db: Database) {
  const add = db.prepare<[number, number, number, number, number, number]>(
    `INSERT INTO coverage (phase, trait, runs, ok, failed, skipped) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (phase, trait, runs) DO UPDATE SET
       ok = ok + excluded.ok, failed = failed + excluded.failed, skipped = skipped + excluded.skipped`,
  );
  const mark = db.prepare<[number, number, number]>(
    'INSERT OR IGNORE INTO trait_blocks (phase, trait, block) VALUES (?, ?, ?)',
  );
  return (phase: number, sums: PhaseSums['sums'], blocks: PhaseSums['blocks']): void => {
    for (const [trait, byUses] of sums) {
      for (const [uses, [ok, failed, skipped]] of byUses) add.run(phase, trait, uses, ok, failed, skipped);
    }
    for (const [trait, numbers] of blocks) for (const block of numbers) mark.run(phase, trait, block);
  };
}

const newMap = (): Map<number, Sums> => new Map();
const newSums = (): Sums => [0, 0, 0];
const newSet = (): Set<number> => new Set();

function at<Value>(map: Map<number, Value>, key: number, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}
