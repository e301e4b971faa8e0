import type { AnyNode } from 'acorn';
import { bare, calledName, isAnyCall, isFunction, receiver } from '#lint/ast.ts';
import type { ScriptModel, Variable } from '#lint/script-model.ts';

/** Calls whose result is harmless text, whatever goes in. */
const CLEANING =
  /^(Number|parseInt|parseFloat|Boolean|BigInt|encodeURIComponent|encodeURI|escape\w*|quote\w*|format|createHash|digest|compare|test|includes|startsWith|endsWith|indexOf|localeCompare|randomUUID)$/i;
const COPYING = /^(String|trim|concat|decodeURIComponent|unescape|from|stringify|inspect|assign|freeze)$/;

/** Whether an expression is made from the given variables. `results`: what a call gives counts as made from its arguments. */
export function madeFrom(
  script: ScriptModel,
  sources: readonly Variable[],
  { results }: { readonly results: boolean },
): (node: AnyNode) => boolean {
  const from = new Set(sources);
  const made = (given: AnyNode): boolean => {
    const node = bare(given);
    switch (node.type) {
      case 'Identifier':
        return from.has(script.variable(node)!);
      case 'MemberExpression':
        return !/^(length|constructor)$/.test(calledMember(node)) && made(node.object);
      case 'TemplateLiteral':
        return node.expressions.some(made);
      case 'BinaryExpression':
        return node.operator === '+' && (made(node.left) || made(node.right));
      case 'LogicalExpression':
        return made(node.left) || made(node.right);
      case 'ConditionalExpression':
        return made(node.consequent) || made(node.alternate);
      case 'AwaitExpression':
      case 'SpreadElement':
        return made(node.argument);
      case 'AssignmentExpression':
        return made(node.right);
      case 'ArrayExpression':
        return node.elements.some((one) => one !== null && made(one));
      case 'ObjectExpression':
        return node.properties.some((one) => made(one.type === 'Property' ? one.value : one.argument));
      case 'CallExpression':
      case 'NewExpression':
        return madeByCall(node);
      default:
        return false;
    }
  };
  const madeByCall = (node: Extract<AnyNode, { type: 'CallExpression' | 'NewExpression' }>): boolean => {
    const name = calledName(node) ?? '';
    if (CLEANING.test(name)) return false;
    const on = receiver(node);
    if (on !== null && made(on)) return true;
    return (results || COPYING.test(name)) && node.arguments.some((one) => !isFunction(one) && made(one));
  };
  const passes = results ? 6 : 4;
  for (let pass = 0; pass < passes; pass++) {
    const before = from.size;
    for (const node of script.nodes) spread(node);
    if (from.size === before) break;
  }
  return made;

  function spread(node: AnyNode): void {
    if (node.type === 'VariableDeclarator' && node.init && made(node.init)) addAll(node.id);
    if (node.type === 'AssignmentExpression' && made(node.right)) addAll(node.left);
    if (!isAnyCall(node)) return;
    const fn = script.localFunction(node.callee);
    fn?.params.forEach((param, index) => {
      const argument = node.arguments[index];
      if (argument !== undefined && !isFunction(argument) && made(argument)) addAll(param);
    });
    if (!results || fn !== null) return;
    const handlers = node.arguments.map((one) => script.localFunction(one)).filter((one) => one !== null);
    const on = receiver(node);
    if (handlers.length === 0) return;
    if (!made(node) && !(on !== null && made(on)) && !node.arguments.some((one) => made(one))) return;
    for (const handler of handlers) handler.params.forEach(addAll);
  }

  function addAll(pattern: AnyNode): void {
    if (pattern.type === 'Identifier') {
      const variable = script.variable(pattern);
      if (variable !== null && variable !== script.callback) from.add(variable);
    } else if (pattern.type === 'ObjectPattern') {
      for (const one of pattern.properties) addAll(one.type === 'Property' ? one.value : one.argument);
    } else if (pattern.type === 'ArrayPattern') {
      for (const one of pattern.elements) if (one !== null) addAll(one);
    } else if (pattern.type === 'AssignmentPattern') addAll(pattern.left);
  }
}

function calledMember(node: Extract<AnyNode, { type: 'MemberExpression' }>): string {
  return node.property.type === 'Identifier' && !node.computed ? node.property.name : '';
}
