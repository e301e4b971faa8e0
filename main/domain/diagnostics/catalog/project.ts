import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

export const projectCatalog = {} as const satisfies Record<`project.${string}`, CatalogEntry>;
