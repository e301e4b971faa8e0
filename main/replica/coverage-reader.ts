import type { Database, Statement } from 'better-sqlite3';
import type { UserOutcome } from '#domain/migration/outcome.ts';
import { usesOfText, usesText } from '#domain/projections/script-uses.ts';
import type { CoverageReader, CoverageValue } from '#engine/ports/replica-coverage.ts';
import { BLOCK_BITS } from './coverage-writer.ts';
import type { Labels } from './labels.ts';
import { OUTCOME_COLUMNS, type OutcomeRow, outcomeOf } from './outcome-rows.ts';
import { phaseNumber, statusNumber } from './phases.ts';
import { USES } from './traits.ts';

interface SplitRow {
  readonly uses: string;
  readonly ok: number;
  readonly failed: number;
  readonly skipped: number;
}

export function openCoverageReader(db: Database, labels: Labels): CoverageReader {
  const attributes = db.prepare<[string], { name: string; values: number }>(
    `SELECT attribute AS name, count(*) AS "values" FROM traits WHERE attribute <> ?
     GROUP BY attribute ORDER BY min(id)`,
  );
  const whole = db.prepare<[number, string], SplitRow>(
    `SELECT r.value AS uses, sum(c.ok) AS ok, sum(c.failed) AS failed, sum(c.skipped) AS skipped
     FROM traits t JOIN coverage c ON c.trait = t.id JOIN traits r ON r.id = c.runs
     WHERE c.phase = ? AND t.attribute = ? GROUP BY c.runs ORDER BY c.runs`,
  );
  const biggest = db.prepare<[number, string, number], { id: number; value: string }>(
    `SELECT t.id, t.value FROM traits t CROSS JOIN coverage c ON c.trait = t.id
     WHERE c.phase = ? AND t.attribute = ?
     GROUP BY t.id ORDER BY sum(c.ok + c.failed + c.skipped) DESC, t.value LIMIT ?`,
  );
  const ofTrait = db.prepare<[number, number], SplitRow>(
    `SELECT r.value AS uses, c.ok, c.failed, c.skipped FROM coverage c JOIN traits r ON r.id = c.runs
     WHERE c.phase = ? AND c.trait = ? ORDER BY c.runs`,
  );
  const idOf = db
    .prepare<[string, string], number>('SELECT id FROM traits WHERE attribute = ? AND value = ?')
    .pluck();
  const evidence = db.prepare<[number, string], { traits: string | null; mark: number | null }>(
    'SELECT traits, row_mark AS mark FROM outcomes WHERE phase = ? AND legacy_key = ?',
  );
  const trait = db.prepare<[number], { attribute: string; value: string }>(
    'SELECT attribute, value FROM traits WHERE id = ?',
  );
  return {
    attributes: () => attributes.all(USES),
    usesSplit: (phase) => whole.all(phaseNumber(phase), USES).map(splitOf),
    coverageSum: (phase, attribute) => whole.all(phaseNumber(phase), attribute).map(splitOf),
    coverageOf: (phase, attribute, limit) =>
      biggest.all(phaseNumber(phase), attribute, limit).map(({ id, value }) => ({
        value,
        split: ofTrait.all(phaseNumber(phase), id).map(splitOf),
      })),
    coverageAt(phase, attribute, value) {
      const id = idOf.get(attribute, value);
      return id === undefined ? [] : ofTrait.all(phaseNumber(phase), id).map(splitOf);
    },
    outcomesWith: openFilteredOutcomes(db, labels),
    evidenceOf(phase, key) {
      const row = evidence.get(phaseNumber(phase), JSON.stringify(key));
      if (row?.traits == null) return null;
      const all = row.traits
        .split(',')
        .filter((id) => id !== '')
        .map((id) => trait.get(Number(id))!);
      const uses = all.find(({ attribute }) => attribute === USES);
      return {
        uses: uses === undefined ? [] : usesOfText(uses.value),
        traits: all.filter(({ attribute }) => attribute !== USES),
        mark: row.mark,
      };
    },
  };
}

function splitOf({ uses, ok, failed, skipped }: SplitRow): CoverageValue['split'][number] {
  return { uses: usesOfText(uses), ok, failed, skipped };
}

/**
 * Walks only the stretches of positions in which somebody has the trait and somebody went one of the ways: a rare
 * value is found without reading the rest, a frequent one fills the page at once. Within a stretch SQLite looks,
 * and hands over those who fit.
 */
function openFilteredOutcomes(db: Database, labels: Labels): CoverageReader['outcomesWith'] {
  const find = db
    .prepare<[string, string], number>('SELECT id FROM traits WHERE attribute = ? AND value = ?')
    .pluck();
  const blocksOf = db
    .prepare<[number, string, number], number>(
      `SELECT DISTINCT block FROM trait_blocks
       WHERE phase = ? AND trait IN (SELECT value FROM json_each(?)) AND block >= ? ORDER BY block`,
    )
    .pluck();
  const inBlock = openBlockFilter(db);
  return (phase, { trait, status, ways }, afterPosition, limit) => {
    const phaseNo = phaseNumber(phase);
    const traitIds = trait === null ? null : [find.get(trait.attribute, trait.value) ?? []].flat();
    const wayIds = ways?.flatMap((uses) => find.get(USES, usesText(uses)) ?? []) ?? null;
    const wanted = [traitIds, wayIds].filter((ids) => ids !== null);
    if (wanted.some((ids) => ids.length === 0)) return [];
    const from = (afterPosition + 1) >> BLOCK_BITS;
    const last = lastBlock(db, phaseNo);
    const blocks =
      wanted.length === 0
        ? Array.from({ length: Math.max(0, last + 1 - from) }, (_none, index) => from + index)
        : commonTo(wanted.map((ids) => blocksOf.all(phaseNo, JSON.stringify(ids), from)));
    const conditions = {
      status: status === null ? null : statusNumber(status),
      trait: traitIds === null ? null : `,${traitIds[0]},`,
      ways: wayIds === null ? null : JSON.stringify(wayIds),
    };
    const found: UserOutcome[] = [];
    for (const block of blocks) {
      const start = Math.max(afterPosition, (block << BLOCK_BITS) - 1);
      const range = { phase: phaseNo, start, end: (block + 1) << BLOCK_BITS, limit: limit - found.length };
      for (const row of inBlock({ ...range, ...conditions })) found.push(outcomeOf(row, labels));
      if (found.length === limit) break;
    }
    return found;
  };
}

function lastBlock(db: Database, phase: number): number {
  const last = db
    .prepare<[number], number | null>('SELECT max(position) FROM outcomes WHERE phase = ?')
    .pluck();
  return (last.get(phase) ?? -1) >> BLOCK_BITS;
}

interface BlockFilter {
  readonly phase: number;
  readonly start: number;
  readonly end: number;
  readonly limit: number;
  readonly status: number | null;
  readonly trait: string | null;
  readonly ways: string | null;
}

/** Outcomes between two positions. What a user went through stands first among the traits. */
function openBlockFilter(db: Database): (filter: BlockFilter) => readonly OutcomeRow[] {
  const conditions = {
    status: 'o.status = :status',
    trait: 'instr(o.traits, :trait) > 0',
    ways: 'CAST(substr(o.traits, 2) AS INTEGER) IN (SELECT value FROM json_each(:ways))',
  } as const;
  const statements = new Map<string, Statement<[BlockFilter], OutcomeRow>>();
  return (filter) => {
    const given = (['status', 'trait', 'ways'] as const).filter((name) => filter[name] !== null);
    const sql = `SELECT ${OUTCOME_COLUMNS} FROM outcomes o NOT INDEXED
      WHERE o.phase = :phase AND o.position > :start AND o.position < :end
      ${given.map((name) => `AND ${conditions[name]}`).join(' ')} ORDER BY o.position LIMIT :limit`;
    const statement = statements.get(sql) ?? db.prepare<[BlockFilter], OutcomeRow>(sql);
    statements.set(sql, statement);
    return statement.all(filter);
  };
}

/** Numbers that stand in every one of the ordered lists. */
function commonTo(lists: readonly (readonly number[])[]): readonly number[] {
  const [first = [], ...others] = [...lists].sort((a, b) => a.length - b.length);
  const sets = others.map((list) => new Set(list));
  return first.filter((number) => sets.every((set) => set.has(number)));
}
