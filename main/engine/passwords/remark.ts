import { catalogEntry } from '#domain/diagnostics/catalog.ts';
import type { Severity } from '#domain/diagnostics/diagnostic.ts';

export interface Remark {
  readonly code: string;
  readonly severity: Severity;
  readonly title: string;
}

/** A catalog code with what heads it. */
export function remarkOf(code: string): Remark {
  const entry = catalogEntry(code);
  return { code, severity: entry?.severity ?? 'warning', title: entry?.title ?? code };
}
