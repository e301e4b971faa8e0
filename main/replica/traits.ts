import type { Database } from 'better-sqlite3';
import { OPEN_ATTRIBUTES, OTHER_VALUES } from '#domain/projections/traits.ts';

/** Values of one open attribute that are told apart; the ones that come later are counted together. */
export const MOST_VALUES = 100;
/** Open attributes of one trial; metadata whose members are named after people could have any number. */
const MOST_OPEN_ATTRIBUTES = 50;
/** E-mail domains have no upper bound, so the memory for them gets one. */
const REMEMBERED = 20_000;

/** The attribute under which everything the scripts or the import did for a user stands. */
export const USES = 'runs';

/** The small numbers that stand for attributes with their values. */
export interface Traits {
  /** The number of a trait, given out on first use; null where it is not recorded. Only inside a transaction. */
  idOf(attribute: string, value: string): number | null;
  /** Numbers given out by a rolled back transaction are void. */
  forget(): void;
}

interface Known {
  readonly ids: Map<string, number>;
  /** Values there are; null for attributes whose values have no limit. */
  count: number | null;
}

export function openTraits(db: Database): Traits {
  const select = db
    .prepare<[string, string], number>('SELECT id FROM traits WHERE attribute = ? AND value = ?')
    .pluck();
  const values = db
    .prepare<[string], readonly [value: string, id: number]>(
      'SELECT value, id FROM traits WHERE attribute = ?',
    )
    .raw();
  const names = db.prepare<[], string>('SELECT DISTINCT attribute FROM traits').pluck();
  const insert = db.prepare<[string, string]>('INSERT INTO traits (attribute, value) VALUES (?, ?)');
  const attributes = new Map<string, Known | null>();
  let open: Set<string> | null = null;

  const admitted = (attribute: string): boolean => {
    open ??= new Set(names.all().filter((name) => OPEN_ATTRIBUTES.test(name)));
    if (open.size >= MOST_OPEN_ATTRIBUTES && !open.has(attribute)) return false;
    open.add(attribute);
    return true;
  };
  /** Few by their limit, so that all of them are at hand: what is not among them is not stored. */
  const openOnes = (attribute: string): Known | null => {
    if (!admitted(attribute)) return null;
    const ids = new Map(values.all(attribute));
    return { ids, count: ids.size };
  };
  const known = (attribute: string): Known | null => {
    const fresh = OPEN_ATTRIBUTES.test(attribute) ? openOnes(attribute) : { ids: new Map(), count: null };
    attributes.set(attribute, fresh);
    return fresh;
  };
  const find = (of: Known, attribute: string, value: string): number => {
    const full = of.count !== null && of.count >= MOST_VALUES;
    if (full && value !== OTHER_VALUES) return of.ids.get(OTHER_VALUES) ?? find(of, attribute, OTHER_VALUES);
    let id = of.count === null ? select.get(attribute, value) : undefined;
    if (id === undefined) {
      id = Number(insert.run(attribute, value).lastInsertRowid);
      if (of.count !== null) of.count += 1;
    }
    if (of.ids.size >= REMEMBERED) of.ids.clear();
    of.ids.set(value, id);
    return id;
  };
  return {
    idOf(attribute, value) {
      let of = attributes.get(attribute);
      if (of === undefined) of = known(attribute);
      if (of === null) return null;
      return of.ids.get(value) ?? find(of, attribute, value);
    },
    forget() {
      attributes.clear();
      open = null;
    },
  };
}
