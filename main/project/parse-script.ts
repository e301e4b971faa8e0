import { type Node, parse, parseExpressionAt } from 'acorn';
import { diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import type { Slot } from '#domain/migration/slots.ts';

export type Expression = Node;

export interface ParseError {
  readonly message: string;
  readonly line: number;
  /** 1-based. */
  readonly column: number;
}

const OPTIONS = { ecmaVersion: 'latest', sourceType: 'script', locations: true } as const;

/**
 * Parses a script as the tenant reads it: as one expression, so that an anonymous function is fine. A text that
 * is only a program (a semicolon at the end) is parsed too: whether that shape works is for the linter to say.
 */
export function parseScript(text: string): Expression | ParseError {
  const expression = attempt(() => {
    const parsed = parseExpressionAt(text, 0, OPTIONS);
    return isBlankFrom(text, parsed.end) ? parsed : parse(text, OPTIONS);
  });
  if (!isParseError(expression)) return expression;
  const program = attempt(() => parse(text, OPTIONS));
  if (!isParseError(program)) return program;
  // The reading that got further is the one that was meant.
  const further =
    program.line > expression.line ||
    (program.line === expression.line && program.column > expression.column);
  return further ? program : expression;
}

function attempt(work: () => Expression): Expression | ParseError {
  try {
    return work();
  } catch (error) {
    return parseError(error);
  }
}

export function isParseError(parsed: Expression | ParseError): parsed is ParseError {
  return 'message' in parsed;
}

export function syntaxDiagnostic(slot: Slot, { message, line, column }: ParseError): Diagnostic {
  const place = { kind: 'script', slot, line, column } as const;
  const text = `The script of "${slot}" cannot be parsed: ${message}.`;
  return diagnostic('project.script-syntax', text, { place });
}

/** Nothing but white space and comments up to the end. */
function isBlankFrom(text: string, from: number): boolean {
  return /^(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*$/.test(text.slice(from));
}

function parseError(error: unknown): ParseError {
  if (!(error instanceof SyntaxError) || !('loc' in error)) throw error;
  const { line, column } = error.loc as { line: number; column: number };
  const words = error.message.replace(/ \(\d+:\d+\)$/, '');
  return { message: `${words.charAt(0).toLowerCase()}${words.slice(1)}`, line, column: column + 1 };
}
