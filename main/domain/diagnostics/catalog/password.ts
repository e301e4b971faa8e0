import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

export const passwordCatalog = {} as const satisfies Record<`password.${string}`, CatalogEntry>;
