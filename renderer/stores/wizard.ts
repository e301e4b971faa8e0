import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { type ConnectionDraft, emptyDraft } from '#renderer/setup/connection-draft.ts';

interface WizardState {
  /** Folder in which the project's folder is made; empty until somebody chose. */
  readonly parent: string;
  readonly name: string;
  readonly draft: ConnectionDraft;
  /** The project once it is made. */
  readonly project: string | null;
  readonly step: number;
  readonly set: (change: Partial<Omit<WizardState, 'set' | 'restart'>>) => void;
  readonly restart: () => void;
}

const start = () => ({ parent: '', name: '', draft: emptyDraft('postgresql'), project: null, step: 0 });

/** How far the wizard has come; kept over a reload. Passwords are not in it. */
export const useWizard = create<WizardState>()(
  persist(
    (set) => ({
      ...start(),
      set: (change) => set(change),
      restart: () => set(start()),
    }),
    { name: 'userferry.wizard', version: 1 },
  ),
);
