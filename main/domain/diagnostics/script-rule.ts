import type { DiagnosticCode } from '#domain/diagnostics/catalog.ts';

/** One rule that action scripts have to keep, and the codes under which breaking it is reported. */
export interface ScriptRule {
  /** Stable; the documentation numbers rules by it. */
  readonly number: number;
  /** What scripts have to do, as a sentence without a full stop. */
  readonly says: string;
  /** Seen in the text, by `userferry lint`. */
  readonly text: readonly DiagnosticCode[];
  /** Seen when a script runs: in `try`, trials and flows. */
  readonly run: readonly DiagnosticCode[];
  /** Seen in the settings of the project or the legacy data, before anything runs. */
  readonly project: readonly DiagnosticCode[];
  /** Why nobody checks it, or what the codes leave open. */
  readonly note?: string;
}

type Codes = { readonly [Where in 'text' | 'run' | 'project']?: readonly DiagnosticCode[] };

/** `both` are codes that the text and a run give alike. */
export function rule(
  number: number,
  says: string,
  { both = [], text = [], run = [], project = [] }: Codes & { readonly both?: readonly DiagnosticCode[] },
  note?: string,
): ScriptRule {
  return {
    number,
    says,
    text: [...both, ...text],
    run: [...both, ...run],
    project,
    ...(note === undefined ? {} : { note }),
  };
}
