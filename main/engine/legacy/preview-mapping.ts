import type { MappingPreview } from '#contract/legacy-users.ts';
import type { ProjectSettings } from '#contract/project-settings.ts';
import { resolveAssumptions } from '#domain/assumptions.ts';
import type { LegacyStore } from '#engine/ports/legacy-store.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';
import type { LegacyDesk } from '#engine/legacy/legacy-desk.ts';
import { cellText } from '#engine/legacy/cell-text.ts';
import { columnContents } from '#engine/legacy/column-contents.ts';
import { previewUser } from '#engine/legacy/preview-user.ts';

export interface PreviewRequest {
  readonly project: string;
  readonly draft: {
    readonly users?: ProjectSettings['users'] | undefined;
    readonly fields?: ProjectSettings['fields'] | undefined;
  };
  readonly limit: number;
  readonly personalData: boolean;
}

/** Rows that columns are judged by; more than are shown, so that one odd row says little. */
const JUDGED_ROWS = 100;

/** What some users would become under a mapping that nobody has saved. Changes nothing. */
export async function previewMapping(
  ports: Ports,
  desk: LegacyDesk,
  request: PreviewRequest,
  signal = new AbortController().signal,
): Promise<MappingPreview> {
  const { users } = request.draft;
  const saved = await ports.projects.open(request.project);
  if (users === undefined) {
    // The database may be open for a while already; what the connection asks of a user is read now.
    return desk.look(request.project, false, ({ access, columns }) =>
      previewOf(ports, saved, access.store, columns, request, signal),
    );
  }
  const project = { ...saved, settings: { ...saved.settings, users } };
  const access = await ports.openLegacy(project, { forScripts: false });
  try {
    const columns = await access.store.columns({ signal });
    return await previewOf(ports, project, access.store, columns, request, signal);
  } finally {
    await access.close();
  }
}

async function previewOf(
  ports: Ports,
  project: Project,
  store: LegacyStore,
  columns: readonly string[],
  { draft, limit, personalData }: PreviewRequest,
  signal: AbortSignal,
): Promise<MappingPreview> {
  const fields = draft.fields ?? project.settings.fields;
  const { records } = await store.page(null, Math.max(limit, JUDGED_ROWS), { signal });
  const rows = records.flatMap((record) => (record.kind === 'row' ? [record] : []));
  const rules = {
    connection: project.connection,
    assumptions: resolveAssumptions(project.settings.assumptions).assumptions,
    personalData,
  };
  const diagnostics = ports.workbench.checkFields(
    fields,
    columns,
    rows.map(({ row }) => row),
  );
  const contents = columnContents(
    columns,
    { fields, users: draft.users ?? project.settings.users },
    rows.map(({ row }) => row),
  );
  return {
    columns: [...columns],
    rows: rows.slice(0, limit).map(({ key, row }) => ({
      key: [...key],
      cells: contents.map((column) => cellText(row, column, personalData)),
    })),
    preview: rows
      .slice(0, limit)
      .map(({ key, row }) => ({ key: [...key], ...previewUser(row, fields, rules) })),
    diagnostics: diagnostics.map((one) => ({ ...one })),
  };
}
