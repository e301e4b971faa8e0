import type { Database } from 'better-sqlite3';
import type { MigrationEvent } from '#domain/migration/events.ts';

type Logged = Extract<MigrationEvent, { readonly type: 'logged' }>;

export interface TenantLogWriter {
  write(event: Logged, atMs: number, legacyPosition: number | null): void;
  /** Adds what was written since the last flush to the counts. */
  flush(): void;
  forget(): void;
}

export function openTenantLogWriter(db: Database): TenantLogWriter {
  const insert = db.prepare<[number, number | null, string, string, string]>(
    'INSERT INTO tenant_log (at_ms, legacy_position, log, user_id, description) VALUES (?, ?, ?, ?, ?)',
  );
  const add = db.prepare<[string, number]>(
    `INSERT INTO tenant_log_counts (log, count) VALUES (?, ?)
     ON CONFLICT (log) DO UPDATE SET count = count + excluded.count`,
  );
  const counts = new Map<string, number>();
  return {
    write(event, atMs, legacyPosition) {
      insert.run(atMs, legacyPosition, event.log, event.userId, event.description);
      counts.set(event.log, (counts.get(event.log) ?? 0) + 1);
    },
    flush() {
      for (const [log, count] of counts) add.run(log, count);
      counts.clear();
    },
    forget: () => counts.clear(),
  };
}

/** Biggest first. */
export function openTenantLogReader(db: Database): () => readonly { log: string; count: number }[] {
  const select = db.prepare<[], { log: string; count: number }>(
    'SELECT log, count FROM tenant_log_counts ORDER BY count DESC, log',
  );
  return () => select.all();
}
