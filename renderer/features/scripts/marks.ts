import type { Diagnostic as Mark } from '@codemirror/lint';
import type { TypeMark } from '#contract/editor.ts';
import type { Diagnostic } from '#renderer/components/diagnostic-list.tsx';
import type { Slot } from '#renderer/stores/tries.ts';

const SEVERITIES = { error: 'error', warning: 'warning', note: 'info' } as const;

/** A mark of the type checker in the editor. */
export function asMark({ from, to, severity, code, message }: TypeMark): Mark {
  return { from, to: Math.max(to, from), severity: SEVERITIES[severity], message: `${message} (${code})` };
}

/** A mark of the type checker in the list of problems. */
export function diagnosticOf(
  { from, severity, code, message }: TypeMark,
  slot: Slot,
  text: string,
): Diagnostic {
  const before = text.slice(0, from);
  const line = before.split('\n').length;
  const column = from - before.lastIndexOf('\n');
  return { severity, code, message, place: { kind: 'script', slot, line, column } };
}

/** The line of a finding, from its column to its end; nothing for findings about no line. */
export function markOf({ place, severity, code, message }: Diagnostic, text: string): readonly Mark[] {
  if (place?.kind !== 'script' || place.line === undefined) return [];
  const lines = text.split('\n');
  const line = lines[place.line - 1];
  if (line === undefined) return [];
  const start = lines.slice(0, place.line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const from = start + Math.min(line.length, Math.max(0, (place.column ?? 1) - 1));
  const to = Math.max(from, start + line.trimEnd().length);
  return [{ from, to, severity: SEVERITIES[severity], message: `${message} (${code})` }];
}
