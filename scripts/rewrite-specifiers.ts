import { parse } from 'acorn';
import { simple } from 'acorn-walk';

/**
 * Rewrites the module specifiers of JavaScript: first as `resolveName` says, then from `.ts` to `.js`. Relative
 * paths in other strings (`new URL('./worker/main.ts', import.meta.url)`) name modules too and follow suit.
 */
export function rewriteSpecifiers(code: string, resolveName: (specifier: string) => string): string {
  const edits: { readonly start: number; readonly end: number; readonly text: string }[] = [];
  const specifiers = new Set<number>();
  const edit = (node: unknown, resolveIt: boolean): void => {
    if (!isText(node)) return;
    const name = resolveIt ? resolveName(node.value) : node.value;
    const text = /^\.\.?\//.test(name) ? name.replace(/(?<!\.d)\.ts$/, '.js') : name;
    if (resolveIt) specifiers.add(node.start);
    if (text !== node.value) edits.push({ start: node.start, end: node.end, text: JSON.stringify(text) });
  };
  const tree = parse(code, { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true });
  simple(tree, {
    ImportDeclaration: (node) => edit(node.source, true),
    ExportNamedDeclaration: (node) => edit(node.source, true),
    ExportAllDeclaration: (node) => edit(node.source, true),
    ImportExpression: (node) => edit(node.source, true),
  });
  simple(tree, {
    Literal: (node) => {
      if (!specifiers.has(node.start)) edit(node, false);
    },
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
