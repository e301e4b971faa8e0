import type { AnyNode } from 'acorn';
import { bare, calledName, isAnyCall, isCall, isFunction, receiver, walk } from '#lint/ast.ts';
import type { Target } from '#lint/flow/flow.ts';
import { isReassigned, type ScriptModel, type Variable } from '#lint/script-model.ts';

export interface Targets {
  readonly targets: (node: AnyNode) => readonly Target[];
  readonly completes: (node: AnyNode) => boolean;
}

/**
 * Says what names of functions stand for: the callback under any name, functions of the script, and parameters
 * of such functions by what is passed for them.
 */
export function createTargets(script: ScriptModel): Targets {
  const bound = bindings(script);
  const targets = (given: AnyNode, seen: ReadonlySet<Variable> = new Set()): readonly Target[] => {
    const node = bare(given);
    if (isFunction(node)) return [node];
    if (isCall(node) && isCopy(node)) {
      const source = calledName(node) === 'bind' ? receiver(node) : node.arguments[0];
      return source ? targets(source, seen) : [];
    }
    const variable = script.variable(node);
    if (variable === null || seen.has(variable)) return [];
    if (variable === script.callback) return ['callback'];
    const next = new Set([...seen, variable]);
    const given_ = bound.get(variable);
    if (given_ !== undefined) return [...new Set(given_.flatMap((one) => targets(one, next)))];
    const fn = script.localFunction(node);
    if (fn !== null) return [fn];
    const value = script.value(node);
    return value === node ? assigned(variable).flatMap((one) => targets(one, next)) : targets(value, next);
  };
  return { targets: (node) => targets(node), completes: completesWith(script, (node) => targets(node)) };
}

/** `callback.bind(…)`, `once(callback)`: the same function again. */
function isCopy(node: AnyNode): boolean {
  if (!isCall(node)) return false;
  const name = calledName(node) ?? '';
  return (name === 'bind' && receiver(node) !== null) || /^(once|bindEnvironment|bindContext)$/i.test(name);
}

/** Functions that a `let` gets one after the other; with anything else among them nothing is known. */
function assigned(variable: Variable): readonly AnyNode[] {
  if (!isReassigned(variable)) return [];
  const values = variable.references
    .filter((one) => one.isWrite())
    .map((one) => one.writeExpr as AnyNode | null);
  return values.every((one) => one !== null && isFunction(one)) ? values : [];
}

function bindings(script: ScriptModel): ReadonlyMap<Variable, readonly AnyNode[]> {
  const bound = new Map<Variable, AnyNode[]>();
  for (const node of script.nodes) {
    if (!isAnyCall(node)) continue;
    const fn = script.localFunction(node.callee);
    if (fn === null) continue;
    fn.params.forEach((param, index) => {
      const variable = script.variable(param.type === 'AssignmentPattern' ? param.left : param);
      const argument = node.arguments[index];
      if (variable === null || argument === undefined) return;
      const isCallable =
        isFunction(argument) ||
        script.localFunction(argument) !== null ||
        isCopy(argument) ||
        (argument.type === 'Identifier' &&
          script.variable(argument) !== null &&
          variable.references.some(isCalled));
      if (isCallable) bound.set(variable, [...(bound.get(variable) ?? []), argument]);
    });
  }
  return bound;

  function isCalled(reference: { readonly identifier: unknown }): boolean {
    const up = script.parent(reference.identifier as AnyNode);
    return isAnyCall(up);
  }
}

function completesWith(
  script: ScriptModel,
  targets: (node: AnyNode) => readonly Target[],
): (node: AnyNode) => boolean {
  const known = new Map<AnyNode, boolean>();
  const completes = (root: AnyNode): boolean => {
    const before = known.get(root);
    if (before !== undefined) return before;
    // Whoever asks again while the answer is being looked for came round in a circle.
    known.set(root, false);
    let found = false;
    walk(root, (node) => {
      if (found) return false;
      if (node.type !== 'Identifier' || script.variable(node) === null) return true;
      if (!isUse(script, node)) return true;
      found = targets(node).some((one) => one === 'callback' || (one !== root && completes(one)));
      return true;
    });
    known.set(root, found);
    return found;
  };
  return completes;
}

/** Not a declaration, and not a question such as `typeof callback`. */
function isUse(script: ScriptModel, node: AnyNode): boolean {
  const up = script.parent(node);
  if (up === null || up.type === 'UnaryExpression' || up.type === 'IfStatement') return false;
  if (isFunction(up)) return up.body === node;
  return !(up.type === 'VariableDeclarator' && up.id === node);
}
