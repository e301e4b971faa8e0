import { parse, type Node } from 'acorn';
import { simple } from 'acorn-walk';
import { type DiagnosticCode, diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Place } from '#domain/diagnostics/diagnostic.ts';
import type { PipelineReading, ReadCode } from '#project/pipeline-files.ts';
import { isParseError, parseScript } from '#project/parse-script.ts';

/** Packages that need native parts, which no Action may have. */
const NATIVE: ReadonlySet<string> = new Set([
  'bcrypt',
  'argon2',
  'sqlite3',
  'better-sqlite3',
  'oracledb',
  'canvas',
  'sharp',
  '@node-rs/bcrypt',
  '@node-rs/argon2',
]);
const OPTIONS = { ecmaVersion: 'latest', sourceType: 'commonjs', locations: true } as const;

interface Located extends Node {
  readonly loc: NonNullable<Node['loc']>;
}

/** A module of CommonJS: the names it requires and what it exports, as far as the text shows it. */
export interface ModuleFacts {
  readonly requires: readonly { readonly name: string; readonly line: number }[];
  /** Null where exports are made in a way that the text does not show. */
  readonly exported: ReadonlySet<string> | null;
}

/** Null with a finding where the text is no module. */
export function moduleFacts(reading: PipelineReading, { path, text }: ReadCode): ModuleFacts | null {
  try {
    const program = parse(text, OPTIONS);
    const requires: { name: string; line: number }[] = [];
    const exported = new Set<string>();
    let shown = true;
    simple(program, {
      CallExpression(node) {
        const [first] = node.arguments;
        if (node.callee.type !== 'Identifier' || node.callee.name !== 'require') return;
        if (first?.type === 'Literal' && typeof first.value === 'string')
          requires.push({ name: first.value, line: (node as Located).loc.start.line });
      },
      AssignmentExpression(node) {
        const { left, right } = node;
        if (left.type !== 'MemberExpression') return;
        const target = text.slice(left.start, left.end);
        const named = /^(?:module\.)?exports\.(\w+)$/.exec(target);
        if (named !== null) exported.add(named[1]!);
        else if (target === 'module.exports' && right.type === 'ObjectExpression') {
          for (const property of right.properties) {
            if (property.type === 'Property' && property.key.type === 'Identifier' && !property.computed)
              exported.add(property.key.name);
            else shown = false;
          }
        } else if (/\bexports\b/.test(target)) shown = false;
      },
    });
    // Exports handed to somebody else, or defined property by property.
    if (/Object\.(?:assign|defineProperty|defineProperties)\(\s*(?:module\.)?exports/.test(text))
      shown = false;
    return { requires, exported: shown ? exported : null };
  } catch (error) {
    report(
      reading,
      'pipeline.code-syntax',
      `${path} cannot be parsed: ${words(error)}.`,
      placeOf(path, error),
    );
    return null;
  }
}

/** The findings about what an Action requires, against what it declares. */
export function checkRequires(
  reading: PipelineReading,
  { path }: ReadCode,
  facts: ModuleFacts,
  dependencies: readonly { readonly name: string }[],
): void {
  const declared = new Set(dependencies.map(({ name }) => name));
  for (const { name: request, line } of facts.requires) {
    if (/^[./]/.test(request) || isBuiltinName(request)) continue;
    const name = /^(?:@[^/]+\/)?[^/@]+/.exec(request)?.[0] ?? request;
    const place = { kind: 'file', path, line } as const;
    if (NATIVE.has(name))
      report(reading, 'pipeline.native-module', `${path} requires ${name}, which has native parts.`, place);
    else if (!declared.has(name))
      report(
        reading,
        'pipeline.dependency-not-declared',
        `${path} requires ${name}, which is not among its dependencies.`,
        place,
      );
  }
}

/** A Rule is read as one expression between others. */
export function checkRule(reading: PipelineReading, { path, text }: ReadCode): void {
  const parsed = parseScript(text);
  if (!isParseError(parsed) && isFunction(parsed)) return;
  const stripped = text.replace(/;\s*$/, '');
  const without = stripped === text ? null : parseScript(stripped);
  if (without !== null && !isParseError(without) && isFunction(without)) {
    const place = { kind: 'file', path, line: stripped.split('\n').length } as const;
    report(reading, 'pipeline.rule-semicolon', `${path} ends in a semicolon.`, place);
  } else if (isParseError(parsed)) {
    const place = { kind: 'file', path, line: parsed.line, column: parsed.column } as const;
    report(reading, 'pipeline.code-syntax', `${path} cannot be parsed: ${parsed.message}.`, place);
  } else
    report(reading, 'pipeline.rule-not-a-function', `${path} is not one function.`, {
      kind: 'file',
      path,
      line: 1,
    });
}

function isFunction({ type }: Node): boolean {
  return type === 'FunctionExpression' || type === 'ArrowFunctionExpression';
}

function isBuiltinName(request: string): boolean {
  return request.startsWith('node:') || BUILTINS.has(request.split('/')[0]!);
}

const BUILTINS: ReadonlySet<string> = new Set(
  `
    assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain
    events fs http http2 https inspector module net os path perf_hooks process punycode querystring readline repl
    stream string_decoder timers tls trace_events tty url util v8 vm wasi worker_threads zlib
  `
    .trim()
    .split(/\s+/),
);

function report(reading: PipelineReading, code: DiagnosticCode, message: string, place: Place): void {
  reading.problems.push(diagnostic(code, message, { place }));
}

function words(error: unknown): string {
  const text = error instanceof Error ? error.message.replace(/ \(\d+:\d+\)$/, '') : String(error);
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

function placeOf(path: string, error: unknown): Place {
  const at =
    error instanceof SyntaxError && 'loc' in error ? (error.loc as { line: number; column: number }) : null;
  return at === null ? { kind: 'file', path } : { kind: 'file', path, line: at.line, column: at.column + 1 };
}
