import type { ScriptRun } from '#engine/ports/script-runner.ts';

/**
 * Codes by which drivers and servers say that a connection was refused, lost or ended by a shutdown, or a statement
 * ended because it waited for somebody else's lock or ran too long.
 */
const CODES =
  /^(E(CONN(REFUSED|RESET|ABORTED)|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|AI_AGAIN)|57P0[1-3]|08\d{3}|PROTOCOL_CONNECTION_LOST|ER_SERVER_SHUTDOWN|ESOCKET|ECONNCLOSED|55P03|57014|40P01|40001|ER_LOCK_(WAIT_TIMEOUT|DEADLOCK)|ER_(STATEMENT|QUERY)_(TIMEOUT|INTERRUPTED))$/;
const WORDS =
  /ECONNREFUSED|ECONNRESET|EPIPE|terminating connection|connection terminated|server closed the connection|connection lost|socket hang up|fetch failed|is (starting up|shutting down)|gone away|lock (wait )?timeout|lock request time out|statement timeout|deadlock/i;

/**
 * Whether a run may have failed because the legacy database went away, not because of the script. Only a reason
 * to ask the database and to run again, never an outcome by itself.
 */
export function looksLikeOutage(run: ScriptRun): boolean {
  if (run.ending === 'crashed') return true;
  if (run.lostConnection === true && run.ending !== 'called-back') return !isAnswer(run);
  if (run.error === null) return false;
  return CODES.test(run.error.code ?? '') || WORDS.test(run.error.message);
}

/** A refusal of the credentials is an answer: the database was there when it was made. */
function isAnswer({ error }: ScriptRun): boolean {
  return error?.name === 'WrongUsernameOrPasswordError' || error?.name === 'UnauthorizedError';
}

/** Whether a run may have failed for an outage that others of its batch met: anything but an answer. */
export function mayBeOutage(run: ScriptRun): boolean {
  return run.ending !== 'called-back' && !isAnswer(run);
}
