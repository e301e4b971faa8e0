import { recogniseHash } from '#domain/password/recognise-hash.ts';
import type { LegacyRow } from '#domain/profile/legacy-user.ts';
import { Secret } from '#domain/secret.ts';
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
  const { passwordHash, passwordSalt, passwordScheme } = fields;
  if (passwordHash === undefined) return [];
  const formatOf = (row: LegacyRow): string => {
    const salt = textOf(row, passwordSalt);
    return recogniseHash(secretOf(textOf(row, passwordHash)), secretOf(salt), textOf(row, passwordScheme))
      .format;
  };
  try {
    const rows = await desk.look(folder, false, async ({ access }) => {
      const { records } = await access.store.page(null, LOOKED_AT, { signal });
      return records.flatMap((record) => (record.kind === 'row' ? [record.row] : []));
    });
    return [...Map.groupBy(rows, formatOf)]
      .map(([format, of]) => ({ format, users: of.length }))
      .toSorted((a, b) => b.users - a.users);
  } catch (trouble) {
    if (trouble instanceof Fault) return [];
    throw trouble;
  }
}

function textOf(row: LegacyRow, column: string | undefined): string | null {
  const value = column === undefined ? null : row[column];
  return typeof value === 'string' ? value : null;
}

function secretOf(text: string | null): Secret | null {
  return text === null ? null : new Secret(text);
}
