import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { catalogEntrySchema } from '#contract/diagnostic.ts';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { inApp } from '#renderer/words/in-app.ts';

export type CatalogEntry = z.infer<typeof catalogEntrySchema>;

const NONE: ReadonlyMap<string, CatalogEntry> = new Map();

/** What every code means. Empty until it is read; it does not change while the app is open. */
export function useCatalog(): ReadonlyMap<string, CatalogEntry> {
  const client = useClient();
  const codes = useQuery({
    queryKey: ['catalog'],
    queryFn: async () => {
      const entries = await client.reference.codes({});
      return new Map(entries.map((one) => [one.code, said(one)] as const));
    },
    staleTime: Infinity,
  });
  return codes.data ?? NONE;
}

function said(entry: CatalogEntry): CatalogEntry {
  return { ...entry, meaning: inApp(entry.meaning), fix: inApp(entry.fix) };
}
