import type { AnyNode } from 'acorn';
import { fixedText, variableParts } from '#lint/ast.ts';
import type { ScriptModel } from '#lint/script-model.ts';

export interface SqlText {
  readonly node: AnyNode;
  /** Variable parts stand as `\ue000`. */
  readonly text: string;
  readonly parts: readonly AnyNode[];
}

const SQL =
  /^[\s(]*(select\b[\s\S]*\bfrom\b|insert\s+into\s|update\s+\S+[\s\S]*\bset\b|delete\s+from\s|with\s+\w+\s+as\s|merge\s+into\s)/i;

/** Every text in the script that is a statement of SQL. */
export function sqlTexts(script: ScriptModel): readonly SqlText[] {
  return script.nodes.flatMap((node) => {
    if (isInsideText(script, node)) return [];
    const text = fixedText(node);
    return text !== null && SQL.test(text) ? [{ node, text, parts: variableParts(node) }] : [];
  });
}

function isInsideText(script: ScriptModel, node: AnyNode): boolean {
  const up = script.parent(node);
  if (up?.type === 'TaggedTemplateExpression') return true;
  return up?.type === 'BinaryExpression' && up.operator === '+' && fixedText(up) !== null;
}

/** The statement that an argument stands for: a text, `{ sql }`, `{ text }`, or a variable that holds one. */
export function sqlOf(script: ScriptModel, given: AnyNode | undefined): string | null {
  if (given === undefined) return null;
  const node = script.value(given);
  if (node.type === 'ObjectExpression') {
    for (const one of node.properties) {
      if (one.type !== 'Property' || one.key.type !== 'Identifier') continue;
      if (one.key.name === 'sql' || one.key.name === 'text') return sqlOf(script, one.value);
    }
    return null;
  }
  const text = fixedText(node);
  return text !== null && SQL.test(text) ? text : null;
}
