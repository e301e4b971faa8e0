import { type AnyNode, parse } from 'acorn';
import { diagnostic } from '#domain/diagnostics/catalog.ts';
import { childrenOf, isFunction, propertyName } from '#lint/ast.ts';
import type { LintFinding, OldCode } from '#engine/ports/script-linter.ts';
import { HOOK_REPLACEMENTS, type Replacement, RULE_REPLACEMENTS } from '#lint/pipeline/replacements.ts';
import { isParseError, parseScript } from '#project/parse-script.ts';

const RULE_PARAMETERS = ['user', 'context', 'callback'];
const OPTIONS = { ecmaVersion: 'latest', sourceType: 'commonjs', locations: true } as const;

/** Names what replaces each construct of a Rule or Hook in an Action. Nothing for a text that cannot be parsed. */
export function lintOldCode({ kind, path, text }: OldCode): readonly LintFinding[] {
  const root = rootOf(kind, text);
  if (root === null) return [];
  const spec =
    kind === 'rule'
      ? { parameters: RULE_PARAMETERS, list: RULE_REPLACEMENTS }
      : (HOOK_REPLACEMENTS[kind] ?? { parameters: [], list: [] });
  const names = parametersOf(root, spec.parameters);
  const lines = text.split(/\r?\n/);
  const found = new Map<string, LintFinding>();
  walk(root, null, (node, parent) => {
    const use = useOf(node, parent, names);
    if (use === null) return;
    const message = messageOf(use, spec.list) ?? moduleMessage(use);
    const line = node.loc!.start.line;
    if (message === null || found.has(`${line} ${message.text}`)) return;
    const place = { kind: 'file', path, line, column: node.loc!.start.column + 1 } as const;
    found.set(`${line} ${message.text}`, {
      diagnostic: diagnostic(message.code, message.text, { place }),
      source: withoutTexts(lines[line - 1]),
    });
  });
  return [...found.values()].toSorted((one, other) => lineOf(one) - lineOf(other));
}

/** A long text may be a secret, and is no help in finding the line. */
function withoutTexts(line: string | undefined): string | null {
  return line === undefined || /(['"`])(?:(?!\1).){12,}/.test(line) ? null : line;
}

function lineOf({ diagnostic: { place } }: LintFinding): number {
  return place?.kind === 'file' ? (place.line ?? 0) : 0;
}

function rootOf(kind: OldCode['kind'], text: string): AnyNode | null {
  if (kind === 'rule') {
    const parsed = parseScript(text);
    return isParseError(parsed) ? null : (parsed as AnyNode);
  }
  try {
    return parse(text, OPTIONS);
  } catch {
    return null;
  }
}

/** How the code calls its parameters, by the names of the documentation. */
function parametersOf(root: AnyNode, documented: readonly string[]): ReadonlyMap<string, string> {
  let fn: AnyNode | null = null;
  walk(root, null, (node) => {
    fn ??= isFunction(node) && node.params.length >= 2 ? node : null;
  });
  const own = fn as unknown as { readonly params: readonly AnyNode[] } | null;
  const names = new Map<string, string>();
  for (const [index, name] of documented.entries()) {
    const given = own?.params[index];
    names.set(given?.type === 'Identifier' ? given.name : name, name);
  }
  return names;
}

interface Use {
  /** `context.idToken.*` as the documentation names its parts; `*` for what is computed. */
  readonly path: readonly string[];
  readonly where: 'set' | 'called' | 'made' | 'read';
  readonly request: string | null;
}

/** The longest path of members that begins at a parameter, a global or a class; null for parts of longer ones. */
function useOf(node: AnyNode, parent: AnyNode | null, names: ReadonlyMap<string, string>): Use | null {
  if (parent?.type === 'MemberExpression' && parent.object === node) return null;
  if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'require') {
    const [first] = node.arguments;
    return first?.type === 'Literal' && typeof first.value === 'string'
      ? { path: ['require'], where: 'called', request: first.value }
      : null;
  }
  const path = pathOf(node, names);
  if (path === null || (parent !== null && isDeclared(node, parent))) return null;
  return { path, where: whereOf(node, parent), request: null };
}

function pathOf(node: AnyNode, names: ReadonlyMap<string, string>): readonly string[] | null {
  if (node.type === 'Identifier') return [names.get(node.name) ?? node.name];
  if (node.type !== 'MemberExpression') return null;
  const before = pathOf(node.object, names);
  return before === null ? null : [...before, propertyName(node) ?? '*'];
}

/** A name that is made here, or that only names a property. */
function isDeclared(node: AnyNode, parent: AnyNode): boolean {
  if (isFunction(parent)) return true;
  if (parent.type === 'Property' && parent.key === node && !parent.computed) return true;
  if (parent.type === 'MemberExpression' && parent.property === node && !parent.computed) return true;
  return parent.type === 'VariableDeclarator' && parent.id === node;
}

function whereOf(node: AnyNode, parent: AnyNode | null): Use['where'] {
  if (parent?.type === 'AssignmentExpression' && parent.left === node) return 'set';
  if (parent?.type === 'NewExpression' && parent.callee === node) return 'made';
  return parent?.type === 'CallExpression' && parent.callee === node ? 'called' : 'read';
}

interface Message {
  readonly code: 'pipeline.construct-replaced' | 'pipeline.construct-gone';
  readonly text: string;
}

function messageOf({ path, where }: Use, list: readonly Replacement[]): Message | null {
  const found = list.find(
    (one) => fits(path, one.path.split('.')) && (one.where === undefined || one.where === where),
  );
  if (found === undefined) return null;
  const named = found.path.endsWith('.*') ? written(path.slice(0, found.path.split('.').length)) : found.path;
  const subject =
    found.where === 'set' ? `Setting ${named}` : found.where === 'made' ? `new ${named}` : named;
  return found.action === null
    ? { code: 'pipeline.construct-gone', text: `${subject} has no successor. ${found.hint ?? ''}`.trim() }
    : { code: 'pipeline.construct-replaced', text: `${subject} becomes ${found.action}.` };
}

/** Members as code writes them. */
function written([first, ...rest]: readonly string[]): string {
  return `${first!}${rest.map((name) => (/^[\w$]+$/.test(name) ? `.${name}` : `['${name}']`)).join('')}`;
}

/** The path begins with the pattern; a pattern ending in `*` wants at least one name more. */
function fits(path: readonly string[], pattern: readonly string[]): boolean {
  return (
    path.length >= pattern.length && pattern.every((part, index) => part === '*' || part === path[index])
  );
}

function moduleMessage({ request }: Use): Message | null {
  const version = request === null ? null : /^((?:@[^/]+\/)?[^/@]+)@(.+)$/.exec(request);
  if (version === null) return null;
  return {
    code: 'pipeline.construct-replaced',
    text: `require('${request!}') becomes require('${version[1]!}') and a dependency of the Action at ${version[2]!}.`,
  };
}

function walk(
  node: AnyNode,
  parent: AnyNode | null,
  visit: (node: AnyNode, parent: AnyNode | null) => void,
): void {
  visit(node, parent);
  for (const child of childrenOf(node)) walk(child, node, visit);
}
