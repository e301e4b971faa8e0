import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from '@codemirror/language';
import { lintGutter, lintKeymap } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { languageSupport, type ScriptLanguage } from '#renderer/features/scripts/editor/language.ts';
import { editorTheme } from '#renderer/features/scripts/editor/theme.ts';

interface EditorOptions {
  readonly label: string;
  readonly describedBy: string;
  readonly language: ScriptLanguage;
  readonly onChange: (text: string) => void;
}

/** Keys that belong to the commands of the screen, which a person may change; the editor lets them through. */
const SCREEN_KEYS: readonly string[] = ['Mod-Enter', 'Mod-s', 'Mod-k'];

export function editorExtensions({ label, describedBy, language, onChange }: EditorOptions): Extension {
  const { complete, hover } = languageSupport(language);
  return [
    lineNumbers(),
    foldGutter(),
    lintGutter(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    search({ top: true }),
    javascript(),
    autocompletion({ override: [complete], activateOnTyping: true, icons: false }),
    hover,
    EditorState.tabSize.of(2),
    EditorView.contentAttributes.of({
      'aria-label': label,
      'aria-describedby': describedBy,
      spellcheck: 'false',
      tabindex: '0',
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) onChange(update.state.doc.toString());
    }),
    keymap.of([
      ...closeBracketsKeymap,
      ...defaultKeymap.filter(({ key }) => key === undefined || !SCREEN_KEYS.includes(key)),
      ...searchKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...completionKeymap,
      ...lintKeymap,
      indentWithTab,
    ]),
    editorTheme,
  ];
}
