import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { AuditRequest } from '#contract/audit.ts';

/** The audit's form as it is typed. */
export interface AuditDraft {
  readonly against: 'export' | 'trial';
  readonly files: string;
  readonly trial: string | null;
  readonly importSince: string;
  readonly cutover: string;
  readonly since: string;
}

export const EMPTY_AUDIT: AuditDraft = {
  against: 'export',
  files: '',
  trial: null,
  importSince: '',
  cutover: '',
  since: '',
};

/** Who is listed: a state, a mail domain, or everybody. */
export interface AuditFilter {
  readonly states: readonly string[];
  readonly domain: string;
}

interface AuditDrafts {
  readonly drafts: Readonly<Record<string, AuditDraft>>;
  readonly set: (folder: string, change: Partial<AuditDraft>) => void;
}

export const useAuditDraft = create<AuditDrafts>()(
  persist(
    (set) => ({
      drafts: {},
      set: (folder, change) =>
        set((now) => ({
          drafts: { ...now.drafts, [folder]: { ...(now.drafts[folder] ?? EMPTY_AUDIT), ...change } },
        })),
    }),
    { name: 'userferry.audits', version: 1 },
  ),
);

/** The request that the form means; null while it does not say against what. */
export function auditRequest(
  project: string,
  draft: AuditDraft,
  filter: AuditFilter,
  personalData: boolean,
): AuditRequest | null {
  const against = againstOf(draft);
  if (against === null) return null;
  const { importSince, cutover, since } = draft;
  const states = filter.states as NonNullable<AuditRequest['filter']['states']>;
  return {
    project,
    against,
    filter: {
      ...(states.length === 0 ? {} : { states }),
      ...(filter.domain === '' ? {} : { domain: filter.domain }),
    },
    list: true,
    personalData,
    values: false,
    allow: 0,
    ...(importSince === '' ? {} : { importSince }),
    ...(cutover === '' ? {} : { cutover }),
    ...(since === '' ? {} : { since: { kind: 'date', date: since } }),
  };
}

function againstOf({ against, files, trial }: AuditDraft): AuditRequest['against'] | null {
  if (against === 'trial') return trial === null ? null : { kind: 'trial', trial };
  const paths = files
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return paths.length === 0 ? null : { kind: 'export', files: paths, columns: {} };
}
