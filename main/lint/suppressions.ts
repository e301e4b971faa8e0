import { type Comment, parse, parseExpressionAt } from 'acorn';
import { catalogEntry } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import type { Report } from '#lint/rule.ts';

interface Suppression {
  readonly codes: readonly string[];
  readonly hasReason: boolean;
  /** Null for the whole file. */
  readonly lines: readonly number[] | null;
  readonly at: { readonly line: number; readonly column: number };
}

const COMMENT = /^\s*userferry-ignore(-file)?\s+([\w.-]+(?:\s*,\s*[\w.-]+)*)\s*(?::\s*(.*\S)\s*)?$/s;

/** Leaves out what a comment silences, and reports comments that silence nothing. */
export function applySuppressions(text: string, found: readonly Diagnostic[], report: Report): Diagnostic[] {
  const suppressions = suppressionsOf(text);
  const used = new Set<string>();
  const kept = found.filter((one) => {
    const by = suppressions.findIndex((suppression) => silences(suppression, one));
    if (by >= 0) used.add(`${by} ${one.code}`);
    return by < 0;
  });
  suppressions.forEach((suppression, index) => {
    for (const code of suppression.codes) {
      if (catalogEntry(code) === null) {
        report('lint.unknown-suppression', suppression.at, `There is no finding with the code "${code}".`);
      } else if (!used.has(`${index} ${code}`)) {
        report('lint.unused-suppression', suppression.at, `"${code}" does not occur here.`);
      }
    }
    if (!suppression.hasReason) {
      report('lint.suppression-without-reason', suppression.at, 'The comment does not say why.');
    }
  });
  return kept;
}

function silences({ codes, lines }: Suppression, { code, place }: Diagnostic): boolean {
  if (!codes.includes(code)) return false;
  if (lines === null) return true;
  return place?.kind === 'script' && place.line !== undefined && lines.includes(place.line);
}

function suppressionsOf(text: string): readonly Suppression[] {
  const comments = commentsOf(text);
  const lines = text.split('\n');
  return comments.flatMap((comment) => {
    const parts = COMMENT.exec(comment.value.replace(/\*+$/, ''));
    if (parts === null) return [];
    const { start, end } = comment.loc!;
    return [
      {
        codes: parts[2]!.split(',').map((one) => one.trim()),
        hasReason: parts[3] !== undefined,
        lines: parts[1] === undefined ? [start.line, nextCode(lines, end.line)] : null,
        at: { line: start.line, column: start.column },
      },
    ];
  });
}

/** The first line after `line` that is not a comment of its own; several may stand above one line. */
function nextCode(lines: readonly string[], line: number): number {
  let next = line;
  while (next < lines.length && /^\s*(\/\/|\/\*.*\*\/\s*$)/.test(lines[next]!)) next++;
  return next + 1;
}

function commentsOf(text: string): readonly Comment[] {
  for (const read of [
    parse,
    (given: string, options: Parameters<typeof parse>[1]) => parseExpressionAt(given, 0, options),
  ]) {
    const comments: Comment[] = [];
    try {
      read(text, { ecmaVersion: 'latest', sourceType: 'script', locations: true, onComment: comments });
      return comments;
    } catch {
      // The other way of reading it may fit.
    }
  }
  return [];
}
