import assert from 'node:assert/strict';
import type { Database } from 'better-sqlite3';

/** Texts that repeat (causes, states, domains) and the small numbers that stand for them in big tables. */
export interface Labels {
  /** The number of a text, given out on first use. Only inside a transaction. */
  idOf(text: string): number;
  /** The number of a text, or null if no row uses it. */
  find(text: string): number | null;
  textOf(id: number): string;
  /** Numbers given out by a rolled back transaction are void. */
  forget(): void;
}

/** E-mail domains have no upper bound, so the memory for them gets one. */
const REMEMBERED = 20_000;

export function openLabels(db: Database): Labels {
  const select = db.prepare<[string], number>('SELECT id FROM labels WHERE text = ?').pluck();
  const insert = db.prepare<[string]>('INSERT INTO labels (text) VALUES (?)');
  const text = db.prepare<[number], string>('SELECT text FROM labels WHERE id = ?').pluck();
  const ids = new Map<string, number>();
  const texts = new Map<number, string>();

  const remember = (value: string, id: number): void => {
    if (ids.size >= REMEMBERED) ids.clear();
    ids.set(value, id);
  };
  const find = (value: string): number | null => {
    const known = ids.get(value) ?? select.get(value);
    if (known === undefined) return null;
    remember(value, known);
    return known;
  };
  return {
    find,
    idOf(value) {
      const known = ids.get(value) ?? find(value);
      if (known !== null) return known;
      const id = Number(insert.run(value).lastInsertRowid);
      remember(value, id);
      return id;
    },
    textOf(id) {
      const known = texts.get(id);
      if (known !== undefined) return known;
      const value = text.get(id);
      assert(value !== undefined, `our bug: label ${id} is used but was never stored`);
      if (texts.size >= REMEMBERED) texts.clear();
      texts.set(id, value);
      return value;
    },
    forget() {
      ids.clear();
      texts.clear();
    },
  };
}
