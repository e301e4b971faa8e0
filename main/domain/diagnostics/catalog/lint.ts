import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

export const lintCatalog = {} as const satisfies Record<`lint.${string}`, CatalogEntry>;
