import type { OpenLegacy } from '#engine/ports/legacy-access.ts';
import { openLegacyStore } from '#legacy/open-legacy-store.ts';
import { referenceReader } from '#project/reference-reader.ts';

/** The legacy database of a project as hosts open it, without a lookup service. */
export const openLegacy: OpenLegacy = async ({ folder, settings }) => {
  const store = await openLegacyStore(
    settings.legacy,
    settings.users,
    await referenceReader(folder, {}),
    folder,
  );
  return { store, egress: [], configuration: {}, close: () => store.close() };
};
