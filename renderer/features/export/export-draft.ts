import type { ExportFormat } from '#contract/proof.ts';
import { create } from 'zustand';

export interface ExportDraft {
  readonly format: ExportFormat;
  readonly trials: readonly string[];
  readonly out: string;
  readonly allow: number;
  readonly allowUnvalidated: boolean;
  readonly acceptRandomPasswords: boolean;
  readonly force: boolean;
  readonly current: string;
  readonly sign: string;
}

export const EMPTY_EXPORT: ExportDraft = {
  format: 'deploy-directory',
  trials: [],
  out: '',
  allow: 0,
  allowUnvalidated: false,
  acceptRandomPasswords: false,
  force: false,
  current: '',
  sign: '',
};

interface ExportDrafts {
  /** By project folder; kept while the window is open, so that a look at a report loses nothing. */
  readonly drafts: Readonly<Record<string, ExportDraft>>;
  readonly set: (folder: string, change: Partial<ExportDraft>) => void;
}

export const useExportDrafts = create<ExportDrafts>()((set) => ({
  drafts: {},
  set: (folder, change) =>
    set((now) => ({
      drafts: { ...now.drafts, [folder]: { ...(now.drafts[folder] ?? EMPTY_EXPORT), ...change } },
    })),
}));
