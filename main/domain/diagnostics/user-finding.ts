import type { DiagnosticCode } from '#domain/diagnostics/catalog.ts';

/** A finding about one user, by catalog code. `detail` names columns, lines and lengths, never values. */
export interface UserFinding {
  readonly code: string;
  readonly detail: string;
  readonly line?: number;
}

/** A finding whose code the compiler knows to be in the catalog. */
export function finding(code: DiagnosticCode, detail: string): UserFinding {
  return { code, detail };
}
