import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

export const stateCatalog = {} as const satisfies Record<`state.${string}`, CatalogEntry>;
