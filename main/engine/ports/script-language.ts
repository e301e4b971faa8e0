import type { Slot } from '#domain/migration/slots.ts';

/** A script as it stands in an editor, and what its connection gives it. Places are offsets in UTF-16 code units. */
export interface EditedScript {
  readonly slot: Slot;
  readonly text: string;
  /** `enable_script_context` of the connection. */
  readonly withContext: boolean;
  /** Names that `configuration` defines. */
  readonly configurationNames: readonly string[];
}

/** `typescript`: the type checker. `list`: a fixed list, where it cannot be started. */
export type AnsweredBy = 'typescript' | 'list';

export interface CompletionItem {
  readonly label: string;
  readonly kind: 'function' | 'property' | 'variable' | 'keyword' | 'module' | 'class' | 'type' | 'text';
  readonly detail?: string;
  readonly documentation?: string;
  /** What goes into the text, where it is not the label. */
  readonly insert?: string;
}

export interface CompletionReply {
  readonly by: AnsweredBy;
  /** Where the word begins that a completion replaces. */
  readonly from: number;
  readonly completions: readonly CompletionItem[];
  readonly more: boolean;
}

export interface HoverReply {
  readonly from: number;
  readonly to: number;
  readonly code: string;
  readonly documentation?: string;
}

export interface TypeMark {
  readonly from: number;
  readonly to: number;
  readonly severity: 'error' | 'warning' | 'note';
  readonly code: string;
  readonly message: string;
}

/**
 * Knows the language of scripts: what may stand at a place, what a name is, what does not fit together. Runs
 * nothing and reads no project. Rejects only with `cancelled`.
 */
export interface ScriptLanguage {
  complete(script: EditedScript, at: number, signal: AbortSignal): Promise<CompletionReply>;
  hover(script: EditedScript, at: number, signal: AbortSignal): Promise<HoverReply | null>;
  typecheck(
    script: EditedScript,
    signal: AbortSignal,
  ): Promise<{ readonly by: AnsweredBy; readonly marks: readonly TypeMark[] }>;
  close(): Promise<void>;
}
