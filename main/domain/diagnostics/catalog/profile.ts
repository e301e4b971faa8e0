import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

export const profileCatalog = {} as const satisfies Record<`profile.${string}`, CatalogEntry>;
