import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

export const egressCatalog = {} as const satisfies Record<`egress.${string}`, CatalogEntry>;
