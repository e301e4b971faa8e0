import { type Diagnostic as Mark, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import { editorExtensions } from '#renderer/features/scripts/editor/extensions.ts';
import type { ScriptLanguage } from '#renderer/features/scripts/editor/language.ts';

export interface EditorHandle {
  /** Puts the cursor on a place (line and column from 1) and shows it. */
  goTo(line: number, column?: number): void;
  focus(): void;
}

/** Marks with the text that they are about: offsets mean nothing in another one. */
export interface MarkedText {
  readonly text: string;
  readonly marks: readonly Mark[];
}

interface ScriptEditorProps {
  /** What is edited, for people who hear it: "Script login". */
  readonly label: string;
  /** Id of the element that says how to leave the editor with the keyboard. */
  readonly describedBy: string;
  /** Line ends are LF. */
  readonly text: string;
  readonly marked: MarkedText;
  readonly language: ScriptLanguage;
  readonly onChange: (text: string) => void;
  readonly ref: Ref<EditorHandle>;
}

/** The editor: one document of JavaScript with completion and marks that the engine gives. Made once, then kept. */
export function ScriptEditor(props: ScriptEditorProps) {
  const { text, marked, ref } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    if (host.current === null) return;
    const { label, describedBy } = latest.current;
    const extensions = editorExtensions({
      label,
      describedBy,
      language: {
        complete: (...asked) => latest.current.language.complete(...asked),
        hover: (...asked) => latest.current.language.hover(...asked),
      },
      onChange: (typed) => latest.current.onChange(typed),
    });
    const state = EditorState.create({ doc: latest.current.text, extensions });
    const made = new EditorView({ state, parent: host.current });
    view.current = made;
    return () => {
      made.destroy();
      view.current = null;
    };
  }, []);

  useEffect(() => {
    const now = view.current;
    if (now === null || now.state.doc.toString() === text) return;
    now.dispatch({ changes: { from: 0, to: now.state.doc.length, insert: text } });
  }, [text]);

  useEffect(() => {
    const now = view.current;
    // Marks of an older text stay where the editor moved them until those of the new text are there.
    if (now === null || now.state.doc.toString() !== marked.text) return;
    now.dispatch(setDiagnostics(now.state, marked.marks));
  }, [marked]);

  useImperativeHandle(ref, () => ({
    goTo: (line, column = 1) => {
      const now = view.current;
      if (now === null) return;
      const at = now.state.doc.line(Math.max(1, Math.min(line, now.state.doc.lines)));
      const anchor = Math.min(at.to, at.from + Math.max(0, column - 1));
      now.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
      now.focus();
    },
    focus: () => view.current?.focus(),
  }));

  return <div ref={host} style={{ flex: 1, minWidth: 0, minHeight: 0, overflow: 'hidden' }} />;
}
