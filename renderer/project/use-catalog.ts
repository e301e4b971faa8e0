import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { catalogEntrySchema } from '#contract/diagnostic.ts';
import { useClient } from '#renderer/engine/engine-provider.tsx';

export type CatalogEntry = z.infer<typeof catalogEntrySchema>;

const NONE: ReadonlyMap<string, CatalogEntry> = new Map();

/** What every code means. Empty until it is read; it does not change while the app is open. */
export function useCatalog(): ReadonlyMap<string, CatalogEntry> {
  const client = useClient();
  const codes = useQuery({
    queryKey: ['catalog'],
    queryFn: async () => new Map((await client.reference.codes({})).map((one) => [one.code, one] as const)),
    staleTime: Infinity,
  });
  return codes.data ?? NONE;
}
