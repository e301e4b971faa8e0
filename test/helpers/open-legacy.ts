import type { OpenLegacy } from '#engine/ports/legacy-access.ts';
import { openLegacyStore } from '#legacy/open-legacy-store.ts';
import { readSecrets, resolveReference } from '#project/secrets.ts';

/** The legacy database of a project as hosts open it, without a lookup service. */
export const openLegacy: OpenLegacy = async ({ folder, settings }) => {
  const secrets = await readSecrets(folder, {});
  const valueOf = (reference: string) => resolveReference(reference, secrets)?.reveal() ?? '';
  const store = await openLegacyStore(settings.legacy, settings.users, valueOf, folder);
  return { store, egress: [], configuration: {}, close: () => store.close() };
};
