export type MarkedText =
  | {
      readonly kind: 'changed';
      readonly text: string;
      /** Unified diff without file names. */
      readonly diff: string;
      /** Lines where a profile is handed over, from 1. */
      readonly places: readonly number[];
    }
  | { readonly kind: 'marked-already' }
  | { readonly kind: 'refused'; readonly reason: string; readonly line: number | null };

/** Puts the marker into the app_metadata of every profile that a script calls back. Refuses where it cannot be sure. */
export type MarkScript = (text: string, slot: 'login' | 'get_user') => MarkedText;
