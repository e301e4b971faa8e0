import type { Assumptions } from '#domain/assumptions.ts';
import type { Account } from '#domain/migration/account.ts';
import type { AccountFacts } from '#domain/migration/account-facts.ts';
import type { ImportRefusal } from '#domain/migration/import-errors.ts';
import type { ImportRecord } from '#domain/migration/import-record.ts';

const EXISTS = 'The user already exists';

/** Why a record cannot become a new user: an account with its e-mail, username, id or phone number; or null. */
export function importCollision(
  record: ImportRecord,
  existing: AccountFacts,
  assumptions: Assumptions,
): ImportRefusal | null {
  if (existing.partial !== null) return duplicated('import.collides-with-partial', 'DUPLICATED_USER');
  const { byEmail, byUsername, byUserId, byPhone } = existing;
  const shadow =
    [byEmail, byUserId, byUsername, byPhone].find((account) => account?.state === 'shadow') ?? null;
  if (shadow !== null) return shadowCollision(record, shadow, existing, assumptions);
  if (byEmail !== null) return conflict('CONFLICT_EMAIL', assumptions);
  if (byUsername !== null) return conflict('CONFLICT_USERNAME', assumptions);
  return byUserId !== null || byPhone !== null ? conflict('CONFLICT', assumptions) : null;
}

/** A passwordless profile stands in the way of its own id; a record without id can slip past it. */
function shadowCollision(
  record: ImportRecord,
  shadow: Account,
  { byEmail, byUsername, byPhone }: AccountFacts,
  assumptions: Assumptions,
): ImportRefusal | null {
  const onlyEmail = byEmail === shadow && byUsername === null && byPhone === null;
  const slips =
    record.user_id === undefined && onlyEmail && assumptions['import-shadow-without-id'] === 'duplicated';
  if (slips) return null;
  const byUserId = assumptions['import-matches-on-user-id'] === 'yes';
  return duplicated('import.collides-with-shadow', byUserId ? 'CONFLICT_USERNAME' : 'DUPLICATED_USER');
}

function conflict(code: string, assumptions: Assumptions): ImportRefusal {
  return duplicated(
    'import.conflict',
    assumptions['import-conflict-code'] === 'conflict' ? code : 'DUPLICATED_USER',
  );
}

function duplicated(cause: ImportRefusal['cause'], code: string): ImportRefusal {
  return { cause, error: { code, message: EXISTS } };
}
