import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** Colours come from the page's variables, so that one theme serves both schemes. */
export const editorTheme = [
  EditorView.theme({
    '&': {
      height: '100%',
      fontSize: '12.5px',
      backgroundColor: 'var(--uf-surface)',
      color: 'var(--uf-text)',
    },
    '.cm-scroller': {
      fontFamily: 'var(--mantine-font-family-monospace)',
      lineHeight: '1.6',
      fontVariantLigatures: 'none',
    },
    '.cm-gutters': {
      backgroundColor: 'var(--uf-surface)',
      color: 'var(--mantine-color-dimmed)',
      borderRight: '1px solid var(--uf-line)',
    },
    '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--uf-accent) 6%, transparent)' },
    '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--uf-text)' },
    '&.cm-focused': { outline: 'none' },
    '.cm-cursor': { borderLeftColor: 'var(--uf-text)' },
    '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
      backgroundColor: 'color-mix(in srgb, var(--uf-accent) 26%, transparent)',
    },
    '.cm-selectionMatch': { backgroundColor: 'color-mix(in srgb, var(--uf-accent) 16%, transparent)' },
    '.cm-searchMatch': { backgroundColor: 'color-mix(in srgb, var(--uf-skipped-fill) 34%, transparent)' },
    '.cm-searchMatch-selected': {
      backgroundColor: 'color-mix(in srgb, var(--uf-skipped-fill) 70%, transparent)',
    },
    '&.cm-focused .cm-matchingBracket': {
      backgroundColor: 'color-mix(in srgb, var(--uf-accent) 22%, transparent)',
    },
    '.cm-foldPlaceholder': {
      backgroundColor: 'var(--uf-sunken)',
      borderColor: 'var(--uf-line-strong)',
      color: 'var(--mantine-color-dimmed)',
    },
    '.cm-foldGutter .cm-gutterElement': { cursor: 'pointer' },
    '.cm-tooltip': {
      backgroundColor: 'var(--uf-raised)',
      border: '1px solid var(--uf-line-strong)',
      borderRadius: '6px',
      color: 'var(--uf-text)',
      boxShadow: '0 6px 20px rgb(0 0 0 / 18%)',
    },
    '.cm-tooltip.cm-tooltip-autocomplete > ul': {
      fontFamily: 'var(--mantine-font-family-monospace)',
      fontSize: '12px',
      maxHeight: '260px',
      minWidth: '260px',
    },
    '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
      display: 'flex',
      gap: '16px',
      justifyContent: 'space-between',
      padding: '3px 10px',
    },
    '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
      backgroundColor: 'var(--uf-accent-soft)',
      color: 'var(--uf-text)',
    },
    '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700', color: 'var(--uf-accent)' },
    '.cm-completionDetail': {
      color: 'var(--mantine-color-dimmed)',
      fontStyle: 'normal',
      maxWidth: '300px',
      overflow: 'hidden',
      textOverflow: 'ellipsis',
    },
    '.cm-tooltip.cm-completionInfo, .cm-hoverBox': {
      maxWidth: '440px',
      padding: '7px 11px',
      fontFamily: 'var(--mantine-font-family)',
      fontSize: '12px',
      whiteSpace: 'pre-wrap',
    },
    '.cm-hoverBox code': { fontFamily: 'var(--mantine-font-family-monospace)' },
    '.cm-panels': { backgroundColor: 'var(--uf-sunken)', color: 'var(--uf-text)' },
    '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--uf-line)' },
    '.cm-panel.cm-search': { padding: '6px 32px 6px 10px', fontSize: '12px' },
    '.cm-panel.cm-search [name=close]': { top: '6px', right: '8px', fontSize: '18px', color: 'inherit' },
    '.cm-panel.cm-search label': { fontSize: '12px' },
    '.cm-textfield, .cm-panel.cm-search input.cm-textfield': {
      fontSize: '12px',
      padding: '3px 8px',
      border: '1px solid var(--uf-line-strong)',
      borderRadius: '4px',
      backgroundColor: 'var(--uf-surface)',
      color: 'var(--uf-text)',
    },
    '.cm-button, .cm-panel.cm-search button.cm-button': {
      fontSize: '12px',
      padding: '3px 10px',
      border: '1px solid var(--uf-line-strong)',
      borderRadius: '4px',
      backgroundImage: 'none',
      backgroundColor: 'var(--uf-surface)',
      color: 'var(--uf-text)',
    },
    '.cm-textfield:focus-visible, .cm-button:focus-visible': { outline: '2px solid var(--uf-accent)' },
    '.cm-changedLine': { backgroundColor: 'transparent' },
    '&.cm-merge-a .cm-changedLine': {
      backgroundColor: 'color-mix(in srgb, var(--uf-failed-fill) 9%, transparent)',
    },
    '&.cm-merge-b .cm-changedLine': {
      backgroundColor: 'color-mix(in srgb, var(--uf-ok-fill) 9%, transparent)',
    },
    '&.cm-merge-a .cm-changedLineGutter': { backgroundColor: 'var(--uf-failed-fill)' },
    '&.cm-merge-b .cm-changedLineGutter': { backgroundColor: 'var(--uf-ok-fill)' },
    '.cm-collapsedLines': {
      padding: '3px 8px',
      backgroundImage: 'none',
      backgroundColor: 'var(--uf-sunken)',
      color: 'var(--mantine-color-dimmed)',
    },
    '.cm-lintRange-error': { textDecoration: 'underline wavy var(--uf-failed)', backgroundImage: 'none' },
    '.cm-lintRange-warning': { textDecoration: 'underline wavy var(--uf-warning)', backgroundImage: 'none' },
    '.cm-lintRange-info': { textDecoration: 'underline dotted var(--uf-note)', backgroundImage: 'none' },
    '.cm-diagnostic': { borderLeftWidth: '3px', padding: '4px 10px' },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: 'var(--uf-code-keyword)' },
      { tag: [tags.string, tags.special(tags.string), tags.regexp], color: 'var(--uf-code-string)' },
      { tag: [tags.number, tags.bool, tags.null], color: 'var(--uf-code-number)' },
      { tag: [tags.comment], color: 'var(--uf-code-comment)', fontStyle: 'italic' },
      {
        tag: [tags.function(tags.variableName), tags.function(tags.propertyName)],
        color: 'var(--uf-code-function)',
      },
      { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--uf-code-property)' },
      { tag: tags.invalid, color: 'var(--uf-failed)' },
    ]),
  ),
];
