import { create } from 'zustand';

/** What the input form of the Scripts screen holds. In memory only: passwords are among it. */
export interface TryInput {
  readonly identifier: string;
  readonly password: string;
  readonly newPassword: string;
  readonly newEmail: string;
  readonly pipeline: 'off' | 'actions' | 'actions+rules';
}

export const EMPTY_INPUT: TryInput = {
  identifier: '',
  password: '',
  newPassword: '',
  newEmail: '',
  pipeline: 'off',
};

interface TryInputs {
  readonly inputs: Readonly<Record<string, TryInput>>;
  readonly set: (folder: string, change: Partial<TryInput>) => void;
}

export const useTryInputs = create<TryInputs>()((set) => ({
  inputs: {},
  set: (folder, change) =>
    set((now) => ({
      inputs: { ...now.inputs, [folder]: { ...(now.inputs[folder] ?? EMPTY_INPUT), ...change } },
    })),
}));
