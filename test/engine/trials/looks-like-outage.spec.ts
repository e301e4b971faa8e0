import { describe, expect, it } from 'vitest';
import type { ScriptEnding, ScriptRun } from '#engine/ports/script-runner.ts';
import { looksLikeOutage, mayBeOutage } from '#engine/trials/looks-like-outage.ts';

/** Only what is looked at. */
function run(ending: ScriptEnding, code: string | null, message = '', name = 'Error'): ScriptRun {
  const error = { name, message, ...(code === null ? {} : { code }) };
  return { ending, error: ending === 'called-back' ? null : error } as unknown as ScriptRun;
}

describe('a run looks like an outage', () => {
  it.each([
    ['a lost connection', 'ECONNRESET', ''],
    ['a shutdown', '57P01', ''],
    ['somebody’s lock in PostgreSQL', '55P03', 'canceling statement due to lock timeout'],
    ['the time limit of PostgreSQL', '57014', 'canceling statement due to statement timeout'],
    ['a lock in MySQL', 'ER_LOCK_WAIT_TIMEOUT', ''],
    ['the time limit of MySQL', 'ER_QUERY_TIMEOUT', ''],
    ['the time limit of MariaDB', 'ER_STATEMENT_TIMEOUT', ''],
    ['a lock in SQL Server, by its words', 'EREQUEST', 'Lock request time out period exceeded.'],
    ['a deadlock, by its words', null, 'Transaction was deadlocked: deadlock found when trying to get lock'],
  ])('for %s', (_what, code, message) => {
    expect(looksLikeOutage(run('called-back-error', code, message))).toBe(true);
  });

  it.each([
    ['a mistake in SQL', '42601', 'syntax error at or near "FORM"'],
    ['a refusal', null, 'wrong password'],
    ['a unique key', 'ER_DUP_ENTRY', ''],
  ])('not for %s', (_what, code, message) => {
    expect(looksLikeOutage(run('called-back-error', code, message))).toBe(false);
  });

  it('may do so in hiding where it got no answer, and a refusal of the password is one', () => {
    expect([
      mayBeOutage(run('called-back-error', null, 'The database cannot be reached.')),
      mayBeOutage(run('timed-out', null)),
      mayBeOutage(run('called-back', null)),
      mayBeOutage(run('called-back-error', null, '', 'WrongUsernameOrPasswordError')),
    ]).toEqual([true, true, false, false]);
  });
});
