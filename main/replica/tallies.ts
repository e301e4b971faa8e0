import type { Database } from 'better-sqlite3';
import type { OutcomeStatus } from '#domain/migration/outcome.ts';
import type { CountRow, OutcomeFilter, Phase } from '#engine/ports/replica.ts';
import { PHASES, phaseNumber } from './phases.ts';

export type Dimension = 'hash_format' | 'last_login' | 'email_domain' | 'state' | 'cause' | 'finding';
export type Counts = { ok: number; failed: number; skipped: number };
type Cohort = NonNullable<OutcomeFilter['cohort']>['by'] | 'state';

export const DIMENSION_OF = {
  hashFormat: 'hash_format',
  lastLogin: 'last_login',
  emailDomain: 'email_domain',
  state: 'state',
} as const satisfies Record<Cohort, Dimension>;

/** Sums of one batch, in memory until it commits. */
export interface Tally {
  outcome(phase: Phase, status: OutcomeStatus): void;
  add(phase: Phase, dimension: Dimension, label: number, status: OutcomeStatus): void;
  /** Outcomes added per phase; null where the batch wrote none. */
  added(phase: Phase): Counts | null;
  entries(): Iterable<{ phase: Phase; dimension: Dimension; label: number; counts: Counts }>;
}

export function emptyTally(): Tally {
  const phases = new Map<Phase, Counts>();
  const sums = new Map<string, Map<number, Counts>>();
  return {
    outcome: (phase, status) => void countsAt(phases, phase)[status]++,
    add(phase, dimension, label, status) {
      const group = `${phase} ${dimension}`;
      let byLabel = sums.get(group);
      if (byLabel === undefined) sums.set(group, (byLabel = new Map()));
      countsAt(byLabel, label)[status]++;
    },
    added: (phase) => phases.get(phase) ?? null,
    *entries() {
      for (const [group, byLabel] of sums) {
        const [phase, dimension] = group.split(' ') as [Phase, Dimension];
        for (const [label, counts] of byLabel) yield { phase, dimension, label, counts };
      }
    },
  };
}

function countsAt<Key>(map: Map<Key, Counts>, key: Key): Counts {
  const known = map.get(key);
  if (known !== undefined) return known;
  const fresh: Counts = { ok: 0, failed: 0, skipped: 0 };
  map.set(key, fresh);
  return fresh;
}

export function openTallyWriter(db: Database): (tally: Tally) => void {
  const add = db.prepare<[number, string, number, number, number, number]>(
    `INSERT INTO tallies (phase, dimension, value, ok, failed, skipped) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (phase, dimension, value) DO UPDATE SET
       ok = ok + excluded.ok, failed = failed + excluded.failed, skipped = skipped + excluded.skipped`,
  );
  return (tally) => {
    for (const { phase, dimension, label, counts } of tally.entries()) {
      add.run(phaseNumber(phase), dimension, label, counts.ok, counts.failed, counts.skipped);
    }
  };
}

export interface TallyReader {
  readonly coverageBy: (phase: Phase, by: Cohort, limit: number) => readonly CountRow[];
  readonly causes: (phase: Phase) => readonly { cause: string; status: OutcomeStatus; users: number }[];
  readonly findingCodes: (phase: Phase) => readonly { code: string; users: number }[];
  /** Users that have a value, for choosing the narrowest index. */
  readonly total: (phase: Phase, dimension: Dimension, label: number) => number;
}

export function openTallyReader(db: Database): TallyReader {
  const biggest = db.prepare<[number, string, number], CountRow>(
    `SELECT l.text AS value, t.ok + t.failed + t.skipped AS total, t.ok, t.failed, t.skipped
     FROM tallies t JOIN labels l ON l.id = t.value WHERE t.phase = ? AND t.dimension = ?
     ORDER BY total DESC, l.text LIMIT ?`,
  );
  const all = db.prepare<[number, string], Omit<CountRow, 'value'>>(
    `SELECT coalesce(sum(ok + failed + skipped), 0) AS total, coalesce(sum(ok), 0) AS ok,
       coalesce(sum(failed), 0) AS failed, coalesce(sum(skipped), 0) AS skipped
     FROM tallies WHERE phase = ? AND dimension = ?`,
  );
  const causes = db.prepare<[number, number], { cause: string; status: OutcomeStatus; users: number }>(
    `SELECT * FROM (
       SELECT l.text AS cause, 'failed' AS status, t.failed AS users
       FROM tallies t JOIN labels l ON l.id = t.value WHERE t.phase = ? AND t.dimension = 'cause'
       UNION ALL
       SELECT l.text, 'skipped', t.skipped
       FROM tallies t JOIN labels l ON l.id = t.value WHERE t.phase = ? AND t.dimension = 'cause')
     WHERE users > 0 ORDER BY users DESC, cause, status`,
  );
  const findings = db.prepare<[number], { code: string; users: number }>(
    `SELECT l.text AS code, t.ok + t.failed + t.skipped AS users
     FROM tallies t JOIN labels l ON l.id = t.value WHERE t.phase = ? AND t.dimension = 'finding'
     ORDER BY users DESC, code`,
  );
  const total = db
    .prepare<[number, string, number], number>(
      'SELECT ok + failed + skipped FROM tallies WHERE phase = ? AND dimension = ? AND value = ?',
    )
    .pluck();
  return {
    coverageBy(phase, by, limit) {
      const rows = biggest.all(phaseNumber(phase), DIMENSION_OF[by], limit);
      const rest = less(all.get(phaseNumber(phase), DIMENSION_OF[by])!, rows);
      return rest.total === 0 ? rows : [...rows, { value: '(other)', ...rest }];
    },
    causes: (phase) => causes.all(phaseNumber(phase), phaseNumber(phase)),
    findingCodes: (phase) => findings.all(phaseNumber(phase)),
    total: (phase, dimension, label) => total.get(PHASES.indexOf(phase), dimension, label) ?? 0,
  };
}

function less(sum: Omit<CountRow, 'value'>, rows: readonly CountRow[]): Omit<CountRow, 'value'> {
  return rows.reduce(
    (rest, row) => ({
      total: rest.total - row.total,
      ok: rest.ok - row.ok,
      failed: rest.failed - row.failed,
      skipped: rest.skipped - row.skipped,
    }),
    sum,
  );
}
