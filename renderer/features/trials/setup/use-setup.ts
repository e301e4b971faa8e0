import { useProject } from '#renderer/project/project-context.tsx';
import { FIRST_SETUP, type TrialSetup, useTrialSetups } from '#renderer/stores/trial-setup.ts';

export interface SetupState {
  readonly setup: TrialSetup;
  readonly change: (change: Partial<TrialSetup>) => void;
}

/** The set-up of the next trial of this project. */
export function useSetup(): SetupState {
  const { folder } = useProject();
  const setup = useTrialSetups((store) => store.setups[folder]) ?? FIRST_SETUP;
  const change = useTrialSetups((store) => store.change);
  return { setup, change: (what) => change(folder, what) };
}
