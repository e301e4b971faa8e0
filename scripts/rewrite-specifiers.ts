import { parse } from 'acorn';
import { simple } from 'acorn-walk';

/**
 * Rewrites the module specifiers of JavaScript: first as `resolveName` says, then from `.ts` to `.js`. Paths that
 * are made from the place of the file (`new URL('./main.ts', import.meta.url)`) name modules too and follow suit.
 */
export function rewriteSpecifiers(code: string, resolveName: (specifier: string) => string): string {
  const edits: { readonly start: number; readonly end: number; readonly text: string }[] = [];
  const seen = new Set<number>();
  const edit = (node: unknown, change: (name: string) => string): void => {
    if (!isText(node) || seen.has(node.start)) return;
    const text = change(node.value);
    seen.add(node.start);
    if (text !== node.value) edits.push({ start: node.start, end: node.end, text: JSON.stringify(text) });
  };
  const module = (node: unknown): void => edit(node, (name) => toJavaScript(resolveName(name), true));
  const place = (call: { readonly arguments: readonly unknown[] }): void => {
    if (!call.arguments.some((one) => isMeta(one))) return;
    for (const argument of call.arguments) edit(argument, (name) => toJavaScript(name, false));
  };
  const tree = parse(code, { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true });
  simple(tree, {
    ImportDeclaration: (node) => module(node.source),
    ExportNamedDeclaration: (node) => module(node.source),
    ExportAllDeclaration: (node) => module(node.source),
    ImportExpression: (node) => module(node.source),
    CallExpression: place,
    NewExpression: place,
  });
  return edits
    .sort((a, b) => b.start - a.start)
    .reduce((text, { start, end, text: insert }) => text.slice(0, start) + insert + text.slice(end), code);
}

function isText(
  node: unknown,
): node is { readonly start: number; readonly end: number; readonly value: string } {
  return (
    typeof node === 'object' &&
    node !== null &&
    'type' in node &&
    node.type === 'Literal' &&
    'value' in node &&
    typeof node.value === 'string'
  );
}

function toJavaScript(name: string, onlyRelative: boolean): string {
  return onlyRelative && !/^\.\.?\//.test(name) ? name : name.replace(/(?<!\.d)\.ts$/, '.js');
}

/** `import.meta.url` and its like. */
function isMeta(node: unknown): boolean {
  if (typeof node !== 'object' || node === null || !('type' in node)) return false;
  return (
    node.type === 'MemberExpression' &&
    'object' in node &&
    (node.object as { readonly type?: string }).type === 'MetaProperty'
  );
}
