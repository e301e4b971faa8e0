import { recogniseHash } from '#domain/password/recognise-hash.ts';
import type { LegacyUser } from '#domain/profile/legacy-user.ts';
import { mapRow } from '#domain/profile/map-row.ts';
import type { Slot } from '#domain/migration/slots.ts';
import { Fault } from '#engine/fault.ts';
import type { LegacyDesk } from '#engine/legacy/legacy-desk.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';
import type { StarterScript, StoredFormat } from '#engine/ports/workbench.ts';

const LOOKED_AT = 200;

/** The text that fits the project's database, its table and how passwords are stored there. Writes nothing. */
export async function starterOf(
  ports: Ports,
  desk: LegacyDesk,
  folder: string,
  slot: Slot,
  signal = new AbortController().signal,
): Promise<StarterScript> {
  const project = await ports.projects.open(folder);
  const formats = await storedFormats(desk, project, signal);
  return ports.workbench.templates.starter(slot, project.settings, formats);
}

/** Commonest first. A database that cannot be asked now says nothing: the script is wanted all the same. */
async function storedFormats(
  desk: LegacyDesk,
  { folder, settings: { fields } }: Project,
  signal: AbortSignal,
): Promise<readonly StoredFormat[]> {
  if (fields.passwordHash === undefined) return [];
  try {
    const users = await desk.look(folder, false, async ({ access }) => {
      const { records } = await access.store.page(null, LOOKED_AT, { signal });
      return records.flatMap((record) =>
        record.kind === 'row' ? (mapRow(record.row, record.key, fields).user ?? []) : [],
      );
    });
    return [...Map.groupBy(users, formatOf)]
      .map(([format, of]) => ({ format, users: of.length }))
      .toSorted((one, other) => other.users - one.users);
  } catch (trouble) {
    if (trouble instanceof Fault) return [];
    throw trouble;
  }
}

function formatOf({ passwordHash, passwordSalt, passwordScheme }: LegacyUser): string {
  return recogniseHash(passwordHash, passwordSalt, passwordScheme).format;
}
