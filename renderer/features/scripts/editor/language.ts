import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { hoverTooltip } from '@codemirror/view';
import type { Completion } from '#contract/editor.ts';

/** Questions that the engine answers about a text at an offset. */
export interface ScriptLanguage {
  readonly complete: (
    text: string,
    at: number,
    signal: AbortSignal,
  ) => Promise<{
    readonly from: number;
    readonly completions: readonly Completion[];
    readonly more: boolean;
  }>;
  readonly hover: (
    text: string,
    at: number,
  ) => Promise<{
    readonly from: number;
    readonly to: number;
    readonly code: string;
    readonly documentation?: string | undefined;
  } | null>;
}

interface LanguageSupport {
  readonly complete: (context: CompletionContext) => Promise<CompletionResult | null>;
  readonly hover: Extension;
}

/** Makes completion and hover of the editor out of the engine's answers. Silence where it does not answer. */
export function languageSupport(language: ScriptLanguage): LanguageSupport {
  return {
    complete: async (context) => {
      const typed = context.matchBefore(/[\w$'"./@-]+/);
      if (typed === null && !context.explicit) return null;
      const abort = new AbortController();
      context.addEventListener('abort', () => abort.abort());
      try {
        const answer = await language.complete(context.state.doc.toString(), context.pos, abort.signal);
        return {
          from: answer.from,
          options: answer.completions.map(optionOf),
          ...(answer.more ? {} : { validFor: /^[\w$]*$/ }),
        };
      } catch {
        return null;
      }
    },
    hover: hoverTooltip(async (view, at) => {
      const answer = await language.hover(view.state.doc.toString(), at).catch(() => null);
      if (answer === null) return null;
      return { pos: answer.from, end: answer.to, create: () => ({ dom: hoverBox(answer) }) };
    }),
  };
}

const TYPES: Readonly<Record<Completion['kind'], string>> = {
  function: 'function',
  property: 'property',
  variable: 'variable',
  keyword: 'keyword',
  module: 'namespace',
  class: 'class',
  type: 'type',
  text: 'text',
};

function optionOf(completion: Completion, index: number) {
  const { label, kind, detail, documentation, insert } = completion;
  return {
    label,
    type: TYPES[kind],
    // The engine gives the best first; the editor sorts by this.
    boost: -Math.min(index, 99),
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined ? {} : { info: documentation }),
    ...(insert === undefined ? {} : { apply: insert }),
  };
}

function hoverBox(answer: {
  readonly code: string;
  readonly documentation?: string | undefined;
}): HTMLElement {
  const box = document.createElement('div');
  box.className = 'cm-hoverBox';
  const code = document.createElement('code');
  code.textContent = answer.code;
  box.append(code);
  if (answer.documentation !== undefined) {
    const words = document.createElement('div');
    words.textContent = answer.documentation;
    box.append(words);
  }
  return box;
}
