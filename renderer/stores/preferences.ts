import { create } from 'zustand';
import { persist } from 'zustand/middleware';

interface Preferences {
  /** Times in the engineer's own zone, or in UTC as logs have them. */
  readonly timeZone: 'utc' | 'local';
  /** Names and addresses of people on screens and in exports; masked unless asked for. */
  readonly personalData: boolean;
  readonly sidebarCollapsed: boolean;
  /** Shortcuts that the engineer changed, by command id. Null: taken away. */
  readonly shortcuts: Readonly<Record<string, string | null>>;
  readonly set: (change: Partial<Omit<Preferences, 'set'>>) => void;
}

/** Choices that hold for every project on this machine. */
export const usePreferences = create<Preferences>()(
  persist(
    (set) => ({
      timeZone: 'utc',
      personalData: false,
      sidebarCollapsed: false,
      shortcuts: {},
      set: (change) => set(change),
    }),
    { name: 'userferry.preferences', version: 1 },
  ),
);
