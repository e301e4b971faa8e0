import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

export const legacyCatalog = {} as const satisfies Record<`legacy.${string}`, CatalogEntry>;
