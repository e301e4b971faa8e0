import type { Inspection, InspectSource } from '#contract/legacy.ts';
import { fieldMappingSchema, type ProjectSettings } from '#contract/project-settings.ts';
import { resolveAssumptions } from '#domain/assumptions.ts';
import type { FieldMapping } from '#domain/profile/legacy-user.ts';
import type { LegacyAccess } from '#engine/ports/legacy-access.ts';
import type { InspectionSubject, LegacyInspection } from '#engine/ports/legacy-inspection.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';
import { openSource } from '#engine/legacy/open-source.ts';
import { type PreviewRules, previewUser } from '#engine/legacy/preview-user.ts';
import { columnsOf, settingsChanges } from '#engine/legacy/settings-changes.ts';
import { Fault } from '#engine/fault.ts';

/** In the order in which a project names them. */
const ATTRIBUTES = Object.keys(fieldMappingSchema.shape) as readonly (keyof FieldMapping)[];

export interface InspectRequest {
  readonly source: InspectSource;
  readonly table?: string | undefined;
  readonly force: boolean;
}

/** Looks into the legacy database and proposes how its users map. */
export async function inspectLegacy(
  ports: Ports,
  request: InspectRequest,
  signal: AbortSignal | undefined,
): Promise<Inspection> {
  const { source } = request;
  const { project, access } = await openSource(ports, source);
  try {
    const starter = ports.starterSettings(project);
    const subject = subjectOf(request, project, starter);
    const options = signal === undefined ? {} : { signal };
    const inspection = await ports.inspectLegacy(access.store, subject, options);
    if (subject.kind === 'table' && inspection.proposal.table === null)
      throw noSuchTable(subject, inspection);
    return {
      ...(await inspectionOf(access, inspection, rulesOf(project))),
      settings:
        source.kind === 'project'
          ? settingsChanges(project.settings, starter, inspection, request.force)
          : null,
    };
  } finally {
    await access.close();
  }
}

/** The table that was asked for, or that somebody has chosen before; otherwise whatever looks like users. */
function subjectOf(
  { source, table, force }: InspectRequest,
  { settings }: Project,
  starter: Pick<ProjectSettings, 'users'>,
): InspectionSubject {
  if (table !== undefined) return { kind: 'table', table };
  if (source.kind === 'connection' || force) return { kind: 'any' };
  if (settings.users.query !== undefined) return { kind: 'query' };
  const chosen = settings.users.table;
  return chosen === undefined || chosen === starter.users.table
    ? { kind: 'any' }
    : { kind: 'table', table: chosen };
}

function noSuchTable({ table }: { readonly table: string }, { tables }: LegacyInspection): Fault {
  return new Fault('input-invalid', `there is no table "${table}"`, {
    doing: 'looking for the users table',
    help: `There are: ${tables
      .slice(0, 20)
      .map((one) => one.name)
      .join(', ')}${tables.length > 20 ? ', …' : ''}.`,
  });
}

function rulesOf({ connection, settings }: Project): PreviewRules {
  return { connection, assumptions: resolveAssumptions(settings.assumptions).assumptions };
}

async function inspectionOf(
  { store }: LegacyAccess,
  inspection: LegacyInspection,
  rules: PreviewRules,
): Promise<Omit<Inspection, 'settings'>> {
  const { tables, proposal, rows } = inspection;
  const mapping = Object.fromEntries(
    ATTRIBUTES.map((attribute) => [attribute, proposal.fields[attribute]?.column]),
  );
  const taken = new Set(Object.values(mapping));
  return {
    version: await store.version(),
    readOnly: { ...store.readOnly },
    tables: tables.map(({ name, kind, columns, estimatedRows }) => ({
      name,
      kind,
      columns: columns.length,
      estimatedRows,
    })),
    proposal: {
      table: proposal.table === null ? null : named(proposal.table),
      alternatives: proposal.alternatives.map((one) => named(one)),
      key: proposal.key === null ? null : { ...proposal.key, columns: [...proposal.key.columns] },
      fields: ATTRIBUTES.flatMap((attribute) => {
        const one = proposal.fields[attribute];
        return one === undefined ? [] : [{ attribute, ...one }];
      }),
      unused: [...columnsOf(inspection)].filter((column) => !taken.has(column)),
    },
    preview:
      mapping['id'] === undefined
        ? []
        : rows.map((row) => previewUser(row, mapping as unknown as FieldMapping, rules)),
    findings: [...(store.findings ?? []), ...proposal.findings].map(({ notes, ...one }) => ({
      ...one,
      ...(notes === undefined ? {} : { notes: [...notes] }),
    })),
  };
}

function named({ table, confidence, reason }: { table: string; confidence: number; reason: string }) {
  return { name: table, confidence, reason };
}
