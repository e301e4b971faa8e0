import { create } from 'zustand';
import { persist } from 'zustand/middleware';

interface Drafts {
  readonly texts: Readonly<Record<string, string>>;
  readonly keep: (key: string, text: string) => void;
  readonly drop: (key: string) => void;
}

/** Key of the draft of a script; its line ends are LF. */
export function scriptDraftKey(folder: string, slot: string): string {
  return `script:${folder}:${slot}`;
}

/**
 * Text that was typed and not saved, by a key such as `script:<folder>:login`. Kept over reloads, crashes of the
 * engine and restarts; dropped when it is saved. Never for passwords.
 */
export const useDrafts = create<Drafts>()(
  persist(
    (set) => ({
      texts: {},
      keep: (key, text) => set((now) => ({ texts: { ...now.texts, [key]: text } })),
      drop: (key) =>
        set((now) => {
          const { [key]: _dropped, ...texts } = now.texts;
          return { texts };
        }),
    }),
    { name: 'userferry.drafts', version: 1 },
  ),
);
