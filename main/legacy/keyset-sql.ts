import type { LegacyKey } from '#domain/profile/legacy-user.ts';
import type { Bind, Dialect, KeyKind } from '#legacy/dialect.ts';

/** A key column as the statements need it. */
export interface KeyColumn {
  /** As it is named in rows. */
  readonly name: string;
  readonly quoted: string;
  readonly kind: KeyKind;
  /** Name of the extra column that holds the exact value, where the row's own is not exact. */
  readonly alias: string | null;
}

export interface Source {
  /** What stands after FROM. */
  readonly from: string;
  readonly where: string | null;
  readonly key: readonly KeyColumn[];
}

export interface Statement {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** `SELECT … FROM … WHERE` over the users, in the dialect's own words. Pure text: tested without a server. */
export function keysetSql(dialect: Dialect, source: Source) {
  const compared = source.key.map(({ quoted, kind }) => kind.compare?.(quoted) ?? quoted);
  const order = compared.map((column) => `${column} ASC`).join(', ');
  const keySelect = source.key
    .filter(({ alias }) => alias !== null)
    .map(({ kind, quoted, alias }) => `${exact(kind, quoted)} AS ${dialect.quote(alias ?? '')}`);
  const all = ['uf_users.*', ...keySelect].join(', ');
  const keysOnly = source.key
    .map(({ kind, quoted, alias, name }) =>
      alias === null
        ? `${quoted} AS ${dialect.quote(name)}`
        : `${exact(kind, quoted)} AS ${dialect.quote(alias)}`,
    )
    .join(', ');

  function statement(build: (bind: Bind) => string): Statement {
    const values: unknown[] = [];
    const sql = build((value) => {
      const given = dialect.placeholder(values.length, value);
      if (given.literal !== true) values.push(value);
      return given.sql;
    });
    return { sql, values };
  }
  const part = (key: LegacyKey, index: number, bind: Bind): string =>
    source.key[index]!.kind.bind(key[index]!, bind);

  /** Keys beyond (`>`), or up to and with (`<=`), the given one. */
  function beside(operator: '>' | '<=', key: LegacyKey, bind: Bind): string {
    if (compared.length === 1) return `${compared[0]} ${operator} ${part(key, 0, bind)}`;
    if (dialect.rowComparison) {
      const right = compared.map((_, index) => part(key, index, bind));
      return `(${compared.join(', ')}) ${operator} (${right.join(', ')})`;
    }
    const strict = operator === '>' ? '>' : '<';
    const cases = compared.map((column, last) => {
      const same = compared.slice(0, last).map((before, index) => `${before} = ${part(key, index, bind)}`);
      const sign = last === compared.length - 1 ? operator : strict;
      return `(${[...same, `${column} ${sign} ${part(key, last, bind)}`].join(' AND ')})`;
    });
    // Implied by the cases, but only so does every optimiser see the range on the first column.
    const range = `${compared[0]} ${strict}= ${part(key, 0, bind)}`;
    return `(${cases.join(' OR ')}) AND ${range}`;
  }
  function filtered(select: string, conditions: readonly (string | null)[]): string {
    const given = [source.where === null ? null : `(${source.where})`, ...conditions].filter(
      (c) => c !== null,
    );
    return `SELECT ${select} FROM ${source.from}${given.length === 0 ? '' : ` WHERE ${given.join(' AND ')}`}`;
  }
  const page = (select: string, after: LegacyKey | null, limit: number, skip = 0) =>
    statement((bind) => {
      const condition = after === null ? null : beside('>', after, bind);
      return dialect.limited(`${filtered(select, [condition])} ORDER BY ${order}`, limit, skip);
    });

  return {
    page: (after: LegacyKey | null, limit: number) => page(all, after, limit),
    keys: (after: LegacyKey | null, limit: number, skip = 0) => page(keysOnly, after, limit, skip),
    /** Rows after one key and up to another, both found by `keys`. */
    between: (after: LegacyKey | null, upTo: LegacyKey) =>
      statement((bind) => {
        const conditions = [after === null ? null : beside('>', after, bind), beside('<=', upTo, bind)];
        return `${filtered(all, conditions)} ORDER BY ${order}`;
      }),
    one: (key: LegacyKey, columns: readonly string[] | null) =>
      statement((bind) => {
        const same = compared.map((column, index) => `${column} = ${part(key, index, bind)}`);
        const select = columns === null ? all : columns.map((column) => dialect.quote(column)).join(', ');
        return dialect.limited(`${filtered(select, same)} ORDER BY ${order}`, 2);
      }),
    withText: (columns: readonly string[], text: string, limit: number) =>
      statement((bind) => {
        const given = columns.map(
          (column) => `LOWER(${dialect.quote(column)}) = ${bind(text.toLowerCase())}`,
        );
        return dialect.limited(`${filtered(all, [`(${given.join(' OR ')})`])} ORDER BY ${order}`, limit);
      }),
    count: (): Statement => ({ sql: filtered('count(*) AS uf_count', []), values: [] }),
    keyless: (): Statement => ({
      sql: filtered('count(*) AS uf_count', [
        `(${source.key.map((k) => `${k.quoted} IS NULL`).join(' OR ')})`,
      ]),
      values: [],
    }),
    repeated: (): Statement => {
      const grouped = `${filtered('1 AS uf_one', [])} GROUP BY ${compared.join(', ')} HAVING count(*) > 1`;
      return { sql: dialect.limited(`${grouped} ORDER BY ${compared[0]}`, 1), values: [] };
    },
  };
}

function exact(kind: KeyKind, quoted: string): string {
  return kind.select?.(quoted) ?? kind.compare?.(quoted) ?? quoted;
}

export type KeysetSql = ReturnType<typeof keysetSql>;
