import type { LegacyKey } from '#domain/profile/legacy-user.ts';
import type { LegacyRecord } from '#engine/ports/legacy-store.ts';
import type { Row } from '#legacy/dialect.ts';
import type { KeysetSql, Statement } from '#legacy/keyset-sql.ts';
import { RowTrouble } from '#legacy/knex-session.ts';

interface Reading {
  readonly sql: KeysetSql;
  /** All columns but the key's. */
  readonly columns: readonly string[];
  readonly rows: (statement: Statement) => Promise<Row[]>;
  readonly toRecord: (row: Row) => LegacyRecord;
  readonly toKey: (row: Row) => LegacyKey;
}

/**
 * Reads a page in which some row cannot be read: the keys first, then ranges of them, halved wherever one
 * fails, until each bad row stands alone. Good rows go on; each bad one becomes a record with its reason.
 */
export class UnreadableRows {
  readonly #reading: Reading;
  /** Columns to ask first: bad rows of one page mostly fail for one column. */
  #suspects: string[];

  constructor(reading: Reading) {
    this.#reading = reading;
    this.#suspects = [...reading.columns];
  }

  async records(after: LegacyKey | null, limit: number): Promise<LegacyRecord[]> {
    const { sql, rows, toKey } = this.#reading;
    const keys = (await rows(sql.keys(after, limit))).map(toKey);
    return keys.length === 0 ? [] : this.#range(after, keys);
  }

  async #range(after: LegacyKey | null, keys: readonly LegacyKey[]): Promise<LegacyRecord[]> {
    const { sql, rows, toRecord } = this.#reading;
    const last = keys.at(-1)!;
    try {
      return (await rows(sql.between(after, last))).map(toRecord);
    } catch (error) {
      if (!(error instanceof RowTrouble)) throw error;
      if (keys.length === 1)
        return [{ kind: 'unreadable', key: last, reason: await this.#reason(last, error) }];
    }
    const middle = keys.length >> 1;
    const first = await this.#range(after, keys.slice(0, middle));
    return [...first, ...(await this.#range(keys[middle - 1]!, keys.slice(middle)))];
  }

  async #reason(key: LegacyKey, whole: RowTrouble): Promise<string> {
    const { sql, rows } = this.#reading;
    for (const column of this.#suspects) {
      try {
        await rows(sql.one(key, [column]));
      } catch (error) {
        if (!(error instanceof RowTrouble)) throw error;
        this.#suspects = [column, ...this.#suspects.filter((other) => other !== column)];
        return `column "${column}" cannot be read: ${error.reason}`;
      }
    }
    return `the row cannot be read: ${whole.reason}`;
  }
}
