import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

export const trialCatalog = {} as const satisfies Record<`trial.${string}`, CatalogEntry>;
