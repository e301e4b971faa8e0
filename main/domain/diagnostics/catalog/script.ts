import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

export const scriptCatalog = {} as const satisfies Record<`script.${string}`, CatalogEntry>;
