import { lintAnswerCatalog } from '#domain/diagnostics/catalog/lint-answers.ts';
import { lintCallbackCatalog } from '#domain/diagnostics/catalog/lint-callback.ts';
import { lintDriverCatalog } from '#domain/diagnostics/catalog/lint-drivers.ts';
import { lintModuleCatalog } from '#domain/diagnostics/catalog/lint-modules.ts';
import { lintProfileCatalog } from '#domain/diagnostics/catalog/lint-profile.ts';
import { lintResourceCatalog } from '#domain/diagnostics/catalog/lint-resources.ts';
import { lintSecurityCatalog } from '#domain/diagnostics/catalog/lint-security.ts';
import { lintShapeCatalog } from '#domain/diagnostics/catalog/lint-shape.ts';
import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

/** What can be seen in the text of a script without running it. */
export const lintCatalog = {
  ...lintShapeCatalog,
  ...lintCallbackCatalog,
  ...lintAnswerCatalog,
  ...lintModuleCatalog,
  ...lintDriverCatalog,
  ...lintResourceCatalog,
  ...lintSecurityCatalog,
  ...lintProfileCatalog,
} as const satisfies Record<`lint.${string}`, CatalogEntry>;
