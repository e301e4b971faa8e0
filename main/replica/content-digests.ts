import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';

/**
 * What of each table belongs to the rehearsal's content, in an order that does not depend on when rows were
 * written. Left out: row numbers, dates, durations, ids that name the run (jobs), and the tenant's own bcrypt,
 * whose salt is new every time. `labels` and `meta` hold no content of their own.
 */
const CONTENT: Readonly<Record<string, string>> = {
  accounts: `SELECT user_id, state, origin, email, email_verified, username, phone_number, phone_verified, name, nickname,
      given_name, family_name, picture, blocked, user_metadata, app_metadata, mfa_factors, credential, legacy_position
    FROM accounts ORDER BY user_id`,
  credentials: `SELECT a.user_id, c.value FROM accounts a JOIN credentials c ON c.account = a.id
    WHERE a.credential <> 'tenant-bcrypt' ORDER BY a.user_id`,
  jobs: `SELECT file, status, connection, upsert, bytes, total, inserted, updated, failed, status_details
    FROM jobs ORDER BY file, number`,
  job_errors: `SELECT j.file, e.item, e.position, e.record, e.errors
    FROM jobs j JOIN job_errors e ON e.job = j.number ORDER BY j.file, j.number, e.item`,
  tenant_log: `SELECT legacy_position, log, user_id, description FROM tenant_log ORDER BY legacy_position, id`,
  outcomes: `SELECT o.phase, o.position, o.legacy_key, o.legacy_id, o.status,
      (SELECT text FROM labels WHERE id = o.cause), (SELECT text FROM labels WHERE id = o.state),
      (SELECT text FROM labels WHERE id = o.hash_format), (SELECT text FROM labels WHERE id = o.last_login),
      (SELECT text FROM labels WHERE id = o.email_domain), o.findings, o.row_mark
    FROM outcomes o ORDER BY o.phase, o.position`,
  finding_users: `SELECT f.phase, l.text, f.position FROM finding_users f CROSS JOIN labels l ON l.id = f.code
    ORDER BY f.phase, f.position, l.text`,
  tallies: `SELECT t.phase, t.dimension, l.text, t.ok, t.failed, t.skipped
    FROM tallies t JOIN labels l ON l.id = t.value ORDER BY t.phase, t.dimension, l.text`,
  coverage: `SELECT c.phase, t.attribute, t.value, r.value, c.ok, c.failed, c.skipped
    FROM coverage c JOIN traits t ON t.id = c.trait JOIN traits r ON r.id = c.runs
    ORDER BY c.phase, t.attribute, t.value, r.value`,
  checkpoints: 'SELECT phase, after, done, finished, ok, failed, skipped FROM checkpoints ORDER BY phase',
};

/** Rows hashed in one go; more only costs memory. */
const ROWS_PER_UPDATE = 500;
const UPDATES_PER_STEP = 10;

/** SHA-256 per table, hex, read row by row in one consistent view of the file; yields now and then. */
export function* contentDigestSteps(db: Database): Generator<undefined, Readonly<Record<string, string>>> {
  const digests: Record<string, string> = {};
  db.exec('BEGIN DEFERRED');
  try {
    for (const [table, sql] of Object.entries(CONTENT)) digests[table] = yield* digestSteps(db, sql);
    return digests;
  } finally {
    db.exec('COMMIT');
  }
}

function* digestSteps(db: Database, sql: string): Generator<undefined, string> {
  const hash = createHash('sha256');
  let lines: string[] = [];
  let updates = 0;
  for (const row of db.prepare<[], unknown[]>(sql).raw().iterate()) {
    lines.push(`${JSON.stringify(row)}\n`);
    if (lines.length < ROWS_PER_UPDATE) continue;
    hash.update(lines.join(''));
    lines = [];
    if (++updates % UPDATES_PER_STEP === 0) yield;
  }
  return hash.update(lines.join('')).digest('hex');
}
