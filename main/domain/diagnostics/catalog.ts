import { auditCatalog } from '#domain/diagnostics/catalog/audit.ts';
import { egressCatalog } from '#domain/diagnostics/catalog/egress.ts';
import { exportCatalog } from '#domain/diagnostics/catalog/export.ts';
import { importCatalog } from '#domain/diagnostics/catalog/import.ts';
import { importJobCatalog } from '#domain/diagnostics/catalog/import-job.ts';
import { legacyCatalog } from '#domain/diagnostics/catalog/legacy.ts';
import { lintCatalog } from '#domain/diagnostics/catalog/lint.ts';
import { passwordCatalog } from '#domain/diagnostics/catalog/password.ts';
import { planCatalog } from '#domain/diagnostics/catalog/plan.ts';
import { pipelineCatalog } from '#domain/diagnostics/catalog/pipeline.ts';
import { profileCatalog } from '#domain/diagnostics/catalog/profile.ts';
import { projectCatalog } from '#domain/diagnostics/catalog/project.ts';
import { scriptCatalog } from '#domain/diagnostics/catalog/script.ts';
import { stateCatalog } from '#domain/diagnostics/catalog/state.ts';
import { traceCatalog } from '#domain/diagnostics/catalog/trace.ts';
import { trialCatalog } from '#domain/diagnostics/catalog/trial.ts';
import type { CatalogEntry, Diagnostic, Place } from '#domain/diagnostics/diagnostic.ts';

/** Every finding the product can make. Codes are `<area>.<kebab-words>` and never change their meaning. */
export const CATALOG = {
  ...legacyCatalog,
  ...profileCatalog,
  ...passwordCatalog,
  ...importCatalog,
  ...importJobCatalog,
  ...stateCatalog,
  ...scriptCatalog,
  ...egressCatalog,
  ...lintCatalog,
  ...projectCatalog,
  ...trialCatalog,
  ...traceCatalog,
  ...auditCatalog,
  ...exportCatalog,
  ...pipelineCatalog,
  ...planCatalog,
} as const;

export type DiagnosticCode = keyof typeof CATALOG;

export function catalogEntry(code: string): CatalogEntry | null {
  return Object.hasOwn(CATALOG, code) ? (CATALOG as Record<string, CatalogEntry>)[code]! : null;
}

/** A diagnostic with the severity and the fix of its catalog entry. */
export function diagnostic(
  code: DiagnosticCode,
  message: string,
  at: { readonly place?: Place; readonly notes?: readonly string[]; readonly help?: string } = {},
): Diagnostic {
  const entry: CatalogEntry = CATALOG[code];
  return { severity: entry.severity, code, message, help: entry.fix, ...at };
}
