import type { AccessLogRequest } from '#engine/ports/access-log.ts';
import { Fault } from '#engine/fault.ts';

/** Names that logs give these columns, the clearest first; capitals, `_`, `-` and blanks aside. */
const USER = 'userid,user,username,email,login,identifier,account,accountid,uid,sub,principal,who';
const TIME =
  'timestamp,time,at,@timestamp,ts,date,datetime,loginat,loggedat,logintime,createdat,eventtime,when';
const NAMES = { user: USER.split(','), time: TIME.split(',') } as const;

export interface LogColumns {
  readonly user: string;
  readonly time: string;
  readonly only: readonly (readonly [column: string, value: string])[];
}

/**
 * Which columns to read. Fault `input-invalid` where a needed one is not there. `complete`: whether `present` is all
 * there is, as in the heading of a CSV; another line of NDJSON may have other keys than the first.
 */
export function columnsOf(
  request: AccessLogRequest,
  present: readonly string[],
  path: string,
  complete: boolean,
): LogColumns {
  const only = Object.entries(request.only);
  const asked: readonly (readonly [string | null, string])[] = [
    [request.user, '--log-user'],
    [request.time, '--log-time'],
    ...only.map(([column]) => [column, '--log-only'] as const),
  ];
  for (const [column, option] of asked) {
    if (complete && column !== null && !present.includes(column))
      throw missing(column, present, path, option);
  }
  return {
    user: chosen('user', request.user, present, path),
    time: chosen('time', request.time, present, path),
    only,
  };
}

function chosen(
  what: 'user' | 'time',
  asked: string | null,
  present: readonly string[],
  path: string,
): string {
  if (asked !== null) return asked;
  const plain = (name: string) => name.toLowerCase().replaceAll(/[_\-\s]/g, '');
  for (const name of NAMES[what]) {
    const found = present.find((column) => plain(column) === name);
    if (found !== undefined) return found;
  }
  throw new Fault('input-invalid', `no column of the access log looks like the ${what}`, {
    where: path,
    help: `Its columns are ${listed(present)}. Say which one it is: --log-${what} COLUMN.`,
  });
}

function missing(column: string, present: readonly string[], path: string, option: string): Fault {
  return new Fault('input-invalid', `the access log has no column "${column}"`, {
    where: path,
    help: `Its columns are ${listed(present)}. Check ${option}.`,
  });
}

function listed(present: readonly string[]): string {
  return present.length === 0 ? 'none' : present.slice(0, 20).join(', ');
}
