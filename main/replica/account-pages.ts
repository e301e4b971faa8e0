import type { Database } from 'better-sqlite3';
import type { Replica, StoredAccount } from '#engine/ports/replica.ts';
import { type AccountRow, accountOf } from './account-rows.ts';

type PageRow = AccountRow & { readonly id: number; readonly created_ms: number };

/** All accounts in the order of their creation, without what they check passwords against. */
export function openAccountPages(db: Database): Replica['accounts'] {
  const page = db.prepare<[number, number], PageRow>(
    `SELECT id, created_ms, user_id, state, origin, email, email_verified, username, phone_number, phone_verified,
       name, nickname, given_name, family_name, picture, blocked, user_metadata, app_metadata, mfa_factors,
       'none' AS credential, NULL AS secret
     FROM accounts WHERE id > ? ORDER BY id LIMIT ?`,
  );
  return (after, limit) =>
    page.all(after, limit).map((row): StoredAccount => {
      const { credential: _none, ...account } = accountOf(row);
      return { number: row.id, createdMs: row.created_ms, account };
    });
}
