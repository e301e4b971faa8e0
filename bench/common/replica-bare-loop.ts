import Database from 'better-sqlite3';
import type { Phase } from '#engine/ports/replica.ts';
import { replicaOpener } from '#replica/replica-opener.ts';
import { secondsOfSync } from './timing.ts';

/** The floor: rows that are there already, inserted again in one transaction per batch by plain statements. */
export function bareLoop(from: string, to: string, phase: Phase) {
  replicaOpener.open(to).close();
  const source = new Database(from, { readonly: true });
  const target = new Database(to);
  for (const pragma of [
    'journal_mode = WAL',
    'synchronous = NORMAL',
    'cache_size = -65536',
    'wal_autocheckpoint = 10000',
    'foreign_keys = OFF',
  ]) {
    target.pragma(pragma);
  }
  const phaseNo = phase === 'lazy' ? 0 : 1;
  const newest: Record<string, string> = {
    labels: 'id > (SELECT coalesce(max(id), 0) FROM bare.labels)',
    accounts: 'legacy_position >= ? AND id > (SELECT coalesce(max(id), 0) FROM bare.accounts)',
    credentials: 'account > (SELECT coalesce(max(account), 0) FROM bare.credentials)',
    tenant_log: 'id > (SELECT coalesce(max(id), 0) FROM bare.tenant_log)',
    outcomes: `phase = ${phaseNo} AND position >= ?`,
    finding_users: `phase = ${phaseNo} AND position >= ? AND code IN (SELECT id FROM labels WHERE text = 'profile.name-missing')`,
  };
  source.prepare('ATTACH ? AS bare').run(to);
  const tables = Object.entries(newest).map(([table, where]) => {
    const select = source.prepare<number[], unknown[]>(`SELECT * FROM main.${table} WHERE ${where}`).raw();
    const places = select
      .columns()
      .map(() => '?')
      .join(', ');
    return {
      select,
      places: where.split('?').length - 1,
      insert: target.prepare(`INSERT INTO ${table} VALUES (${places})`),
    };
  });
  return {
    copyFrom(position: number): number {
      const rows = tables.map(({ select, places, insert }) => ({
        insert,
        rows: select.all(...(places === 0 ? [] : [position])),
      }));
      const insertAll = target.transaction(() => {
        for (const table of rows) for (const row of table.rows) table.insert.run(...row);
      });
      return secondsOfSync(() => insertAll.immediate());
    },
    close(): number {
      source.close();
      return secondsOfSync(() => target.close());
    },
  };
}
