import type { InspectSource } from '#contract/legacy.ts';
import type { LegacySchema } from '#contract/legacy-users.ts';
import type { Ports } from '#engine/ports/ports.ts';
import { openSource } from '#engine/legacy/open-source.ts';

export interface LegacyTest {
  version: string;
  readOnly: { enforced: boolean; how: string };
  ms: number;
}

/** Connects once and says what it met. */
export async function testLegacy(ports: Ports, source: InspectSource): Promise<LegacyTest> {
  const startedAt = ports.clock.ticks();
  const { access } = await openSource(ports, source);
  try {
    const version = await access.store.version();
    return { version, readOnly: { ...access.store.readOnly }, ms: ports.clock.ticks() - startedAt };
  } finally {
    await access.close();
  }
}

/** Tables and views with their columns. */
export async function legacySchema(
  ports: Ports,
  source: InspectSource,
  signal: AbortSignal | undefined,
): Promise<LegacySchema> {
  const { access } = await openSource(ports, source);
  try {
    const tables = await access.store.tables(signal === undefined ? {} : { signal });
    return {
      version: await access.store.version(),
      readOnly: { ...access.store.readOnly },
      tables: tables.map(({ name, kind, estimatedRows, columns }) => ({
        name,
        kind,
        estimatedRows,
        columns: columns.map((column) => ({ ...column })),
      })),
    };
  } finally {
    await access.close();
  }
}
