import type { AnyNode } from 'acorn';
import { type AnyCall, bare, calledName, isCall, isFunction, receiver } from '#lint/ast.ts';
import { createTargets } from '#lint/flow/targets.ts';
import type { ScriptModel } from '#lint/script-model.ts';

export interface CallbackCall {
  readonly node: AnyCall;
  readonly error: AnyNode | null;
  readonly result: AnyNode | null;
  readonly arguments: readonly AnyNode[];
}

const known = new WeakMap<ScriptModel, readonly CallbackCall[]>();

/** Every place where the callback is called, under whatever name. */
export function callbackCalls(script: ScriptModel): readonly CallbackCall[] {
  const before = known.get(script);
  if (before !== undefined) return before;
  const { targets } = createTargets(script);
  const calls = script.nodes.flatMap((node) => {
    if (!isCall(node)) return [];
    const on = receiver(node);
    const viaCall = on !== null && calledName(node) === 'call' && targets(on).includes('callback');
    if (!viaCall && !targets(node.callee).includes('callback')) return [];
    const args = viaCall ? node.arguments.slice(1) : node.arguments;
    return [{ node, error: args[0] ?? null, result: args[1] ?? null, arguments: args }];
  });
  known.set(script, calls);
  return calls;
}

/** The object literals that a result can be: as it stands, in a variable, or from a function of the script. */
export function objectsOf(
  script: ScriptModel,
  given: AnyNode | null,
  depth = 0,
): readonly Extract<AnyNode, { type: 'ObjectExpression' }>[] {
  if (given === null || depth > 5) return [];
  const node = script.value(given);
  const next = (one: AnyNode | null) => objectsOf(script, one, depth + 1);
  switch (node.type) {
    case 'ObjectExpression':
      return [node];
    case 'ConditionalExpression':
      return [...next(node.consequent), ...next(node.alternate)];
    case 'LogicalExpression':
      return [...next(node.left), ...next(node.right)];
    case 'AwaitExpression':
      return next(node.argument);
    case 'CallExpression': {
      const fn = script.localFunction(node.callee);
      return fn === null ? [] : returnedBy(script, fn).flatMap((one) => next(one));
    }
    case 'Identifier':
      return assignedTo(script, node).flatMap((one) => next(one));
    default:
      return [];
  }
}

export function returnedBy(script: ScriptModel, fn: AnyNode): readonly AnyNode[] {
  if (!isFunction(fn)) return [];
  if (fn.body.type !== 'BlockStatement') return [bare(fn.body)];
  return script.nodes.flatMap((node) =>
    node.type === 'ReturnStatement' && node.argument && script.functionAround(node) === fn
      ? [bare(node.argument)]
      : [],
  );
}

function assignedTo(script: ScriptModel, node: AnyNode): readonly AnyNode[] {
  const variable = script.variable(node);
  if (variable === null) return [];
  return variable.references.flatMap((one) =>
    one.isWrite() && one.writeExpr ? [bare(one.writeExpr as unknown as AnyNode)] : [],
  );
}
