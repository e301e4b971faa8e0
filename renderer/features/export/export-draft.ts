import type { ExportFormat } from '#contract/proof.ts';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';

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

const EMPTY_EXPORT: ExportDraft = {
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
  readonly drafts: Readonly<Record<string, Partial<ExportDraft>>>;
  readonly set: (folder: string, change: Partial<ExportDraft>) => void;
}

const useDrafts = create<ExportDrafts>()(
  persist(
    (set) => ({
      drafts: {},
      set: (folder, change) =>
        set((now) => ({ drafts: { ...now.drafts, [folder]: { ...now.drafts[folder], ...change } } })),
    }),
    { name: 'userferry.exports', version: 1 },
  ),
);

/** What was asked for in each project; kept over a reload. Of keys it holds the path, never the text. */
export function useExportDraft(
  folder: string,
): readonly [ExportDraft, (change: Partial<ExportDraft>) => void] {
  const draft = useDrafts((store) => store.drafts[folder]);
  const set = useDrafts((store) => store.set);
  return [{ ...EMPTY_EXPORT, ...draft }, (change) => set(folder, change)];
}
