import type { AuditRequest } from '#contract/audit.ts';
import { pairsOf, pathsOf } from '#renderer/files/typed-lists.ts';
import { createFormDrafts } from '#renderer/stores/form-drafts.ts';

/** The audit's form as it is typed. */
export interface AuditDraft {
  readonly against: 'export' | 'trial';
  readonly files: string;
  readonly trial: string | null;
  /** Name of the connection in the tenant, where it is not the project's. */
  readonly connection: string;
  /** Renamed columns of the export, as `Id=user_id, Mail=email`. */
  readonly columns: string;
  readonly importOn: 'project' | 'always' | 'never' | 'date';
  readonly importSince: string;
  readonly cutover: string;
  readonly sinceKind: 'date' | 'audit';
  readonly since: string;
  readonly sinceFile: string;
}

export const EMPTY_AUDIT: AuditDraft = {
  against: 'export',
  files: '',
  trial: null,
  connection: '',
  columns: '',
  importOn: 'project',
  importSince: '',
  cutover: '',
  sinceKind: 'date',
  since: '',
  sinceFile: '',
};

/** Who is listed: a state, a mail domain, or everybody. */
export interface AuditFilter {
  readonly states: readonly string[];
  readonly domain: string;
}

/** What was asked for in each project. */
export const useAuditDraft = createFormDrafts<AuditDraft>('userferry.audits', EMPTY_AUDIT);

/** The request that the form means; null while it does not say against what. */
export function auditRequest(
  project: string,
  draft: AuditDraft,
  filter: AuditFilter,
  personalData: boolean,
): AuditRequest | null {
  const against = againstOf(draft);
  if (against === null) return null;
  return {
    project,
    against,
    filter: filterOf(filter),
    list: true,
    personalData,
    values: false,
    sides: 'keep',
    allow: 0,
    ...importSinceOf(draft),
    ...(draft.cutover === '' ? {} : { cutover: draft.cutover }),
    ...sinceOf(draft),
  };
}

export function filterOf({ states, domain }: AuditFilter): AuditRequest['filter'] {
  return {
    ...(states.length === 0 ? {} : { states: states as NonNullable<AuditRequest['filter']['states']> }),
    ...(domain === '' ? {} : { domain }),
  };
}

function againstOf({
  against,
  files,
  trial,
  connection,
  columns,
}: AuditDraft): AuditRequest['against'] | null {
  if (against === 'trial') return trial === null ? null : { kind: 'trial', trial };
  const paths = pathsOf(files);
  if (paths.length === 0) return null;
  const named = connection.trim() === '' ? {} : { connection: connection.trim() };
  return { kind: 'export', files: paths, columns: pairsOf(columns), ...named };
}

function importSinceOf({ importOn, importSince }: AuditDraft): Pick<AuditRequest, 'importSince'> {
  if (importOn === 'always' || importOn === 'never') return { importSince: importOn };
  return importOn === 'date' && importSince !== '' ? { importSince } : {};
}

function sinceOf({ sinceKind, since, sinceFile }: AuditDraft): Pick<AuditRequest, 'since'> {
  const file = sinceFile.trim();
  if (sinceKind === 'audit') return file === '' ? {} : { since: { kind: 'audit', file } };
  return since === '' ? {} : { since: { kind: 'date', date: since } };
}
