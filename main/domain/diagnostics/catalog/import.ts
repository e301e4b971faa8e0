import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

export const importCatalog = {} as const satisfies Record<`import.${string}`, CatalogEntry>;
