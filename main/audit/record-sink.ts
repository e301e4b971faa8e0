import {
  APP_METADATA,
  AUDIT_ATTRIBUTES,
  type FileKnowledge,
  USER_METADATA,
} from '#domain/audit/audit-user.ts';
import { tenantUserOf } from '#domain/audit/tenant-record.ts';
import type { JsonObject } from '#domain/json.ts';
import type { BrokenLine, ExportFile, ExportRequest } from '#engine/ports/audit-work.ts';
import type { TenantSide } from '#audit/side-writer.ts';

/** Broken lines that are named; the others are counted. */
export const NAMED_BROKEN_LINES = 100;

/** Takes the records of one file, whatever its format. */
export interface RecordSink {
  record(record: JsonObject, line: number): void;
  broken(line: number, reason: string): void;
}

export interface FileTally {
  readonly sink: RecordSink;
  readonly counts: () => Pick<ExportFile, 'lines' | 'users' | 'otherConnections' | 'broken'>;
  /** Which attributes occurred in any record. */
  readonly seen: () => FileKnowledge;
}

/** Turns records into users of the tenant side, and counts what came. */
export function tallyFile(
  file: number,
  rules: ExportRequest['rules'],
  side: TenantSide,
  broken: BrokenLine[],
): FileTally {
  const counts = { users: 0, otherConnections: 0, broken: 0 };
  const attributes = AUDIT_ATTRIBUTES.map(() => false);
  let unseen: readonly number[] = AUDIT_ATTRIBUTES.map((_name, index) => index);
  let logins = false;

  function note(record: JsonObject): void {
    for (const index of unseen) {
      if (record[AUDIT_ATTRIBUTES[index]!] === undefined) continue;
      attributes[index] = true;
      unseen = unseen.filter((one) => one !== index);
    }
    logins ||= record['logins_count'] !== undefined || record['last_login'] !== undefined;
  }
  function refuse(line: number, reason: string): void {
    counts.broken += 1;
    if (broken.length < NAMED_BROKEN_LINES) broken.push({ file, line, reason });
  }
  return {
    sink: {
      record(record, line) {
        const read = tenantUserOf(record, rules, { file, line });
        if (read.kind === 'broken') return refuse(line, read.reason);
        note(record);
        if (read.kind === 'other-connection') counts.otherConnections += 1;
        else {
          counts.users += 1;
          side.add(read.user);
        }
      },
      broken: refuse,
    },
    counts: () => ({ ...counts, lines: counts.users + counts.otherConnections + counts.broken }),
    seen: () => ({ attributes, logins, leaves: null }),
  };
}

/** What the heading of a CSV promises, which holds also where no record has a value. */
export function knowledgeOfFields(fields: readonly string[]): FileKnowledge {
  const below = (root: string) =>
    fields.filter((field) => field.startsWith(`${root}.`)).map((field) => field.slice(root.length + 1));
  const leaves = { user: below('user_metadata'), app: below('app_metadata') };
  const attributes = AUDIT_ATTRIBUTES.map((name) => fields.includes(name));
  attributes[USER_METADATA] = leaves.user.length > 0;
  attributes[APP_METADATA] = leaves.app.length > 0;
  return { attributes, logins: fields.includes('logins_count') || fields.includes('last_login'), leaves };
}
