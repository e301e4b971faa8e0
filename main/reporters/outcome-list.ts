import type { UserOutcome } from '#domain/migration/outcome.ts';
import { csvCell } from '#reporters/escape.ts';

const COLUMNS = ['position', 'key', 'legacy id', 'phase', 'status', 'cause', 'state', 'findings'] as const;

/** An outcome as the domain or the contract has it. */
type Listed = Pick<UserOutcome, 'position' | 'key' | 'legacyId' | 'phase' | 'status' | 'cause'> & {
  readonly state: string;
  readonly findings: readonly { readonly code: string }[];
};

/** A sheet of users of a trial that is safe to open: no cell runs as a formula. Keys and ids only, no names. */
export const OUTCOMES_HEAD = row(COLUMNS);

export function outcomeRows(users: readonly Listed[]): string {
  return users
    .map(({ position, key, legacyId, phase, status, cause, state, findings }) =>
      row([
        position,
        key.join('/'),
        legacyId,
        phase,
        status,
        cause,
        state,
        findings.map(({ code }) => code).join(' '),
      ]),
    )
    .join('');
}

function row(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}
