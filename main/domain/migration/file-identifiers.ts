import type { ImportRefusal } from '#domain/migration/import-errors.ts';
import type { ImportRecord } from '#domain/migration/import-record.ts';

/** Identifiers seen in one import file. A second record with one of them fails; it is never an update. */
export interface FileIdentifiers {
  /** Takes the record's identifiers, or says which of them an earlier record has taken. */
  claim(record: ImportRecord): ImportRefusal | null;
}

export function createFileIdentifiers(): FileIdentifiers {
  const seen = { email: new Set<string>(), username: new Set<string>(), user_id: new Set<string>() };
  return {
    claim(record) {
      const values = {
        email: record.email?.toLowerCase(),
        username: record.username?.toLowerCase(),
        user_id: record.user_id,
      };
      for (const name of ['email', 'username', 'user_id'] as const) {
        const value = values[name];
        if (value !== undefined && seen[name].has(value)) return duplicate(name);
      }
      for (const name of ['email', 'username', 'user_id'] as const) {
        const value = values[name];
        if (value !== undefined) seen[name].add(value);
      }
      return null;
    },
  };
}

function duplicate(name: string): ImportRefusal {
  const message = `A user with this ${name} was already provided.`;
  return { cause: 'import.duplicate-in-file', error: { code: 'DUPLICATED_USER', message } };
}
