import type { AnyNode } from 'acorn';
import { bare, childrenOf, isAnyCall, isCall, isFunction } from '#lint/ast.ts';
import { evaluateCall } from '#lint/flow/calls.ts';
import { evaluateChain, isChain } from '#lint/flow/promises.ts';
import { assign, assume } from '#lint/flow/conditions.ts';
import { MOST_STEPS, type Flow, type Frame, pathsOf } from '#lint/flow/flow.ts';
import { type PathSet, union } from '#lint/flow/path-set.ts';

/** Follows all paths through one expression, in the order in which it is evaluated. */
export function evaluateExpression(flow: Flow, given: AnyNode, paths: PathSet, frame: Frame): PathSet {
  const node = bare(given);
  if (paths.length === 0 || ++flow.steps > MOST_STEPS) return paths;
  switch (node.type) {
    case 'Identifier':
    case 'Literal':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return paths;
    case 'ConditionalExpression': {
      const tested = flow.evaluate(node.test, paths, frame);
      return union(
        flow.evaluate(node.consequent, assume(tested, node.test, true, flow.naming), frame),
        flow.evaluate(node.alternate, assume(tested, node.test, false, flow.naming), frame),
      );
    }
    case 'LogicalExpression': {
      const tested = flow.evaluate(node.left, paths, frame);
      if (node.operator === '??') return union(tested, flow.evaluate(node.right, tested, frame));
      const goesOn = node.operator === '&&';
      return union(
        assume(tested, node.left, !goesOn, flow.naming),
        flow.evaluate(node.right, assume(tested, node.left, goesOn, flow.naming), frame),
      );
    }
    case 'AssignmentExpression':
      return evaluateAssignment(flow, node, paths, frame);
    case 'AwaitExpression':
      return evaluateAwait(flow, bare(node.argument), node, paths, frame);
    case 'CallExpression':
    case 'NewExpression':
      return isChain(node)
        ? evaluateChain(flow, node, paths, frame, isAwaitedReturn(flow, node, frame))
        : evaluateCall(flow, node, paths, frame);
    default:
      return evaluateParts(flow, node, paths, frame);
  }
}

/** `return promise.then(…)` where the caller waits for what is returned. */
function isAwaitedReturn(flow: Flow, node: AnyNode, frame: Frame): boolean {
  if (!frame.awaitsReturn) return false;
  let at: AnyNode = node;
  for (const up of flow.script.ancestors(node)) {
    if (up.type === 'ReturnStatement') return true;
    if (isFunction(up)) return up.type === 'ArrowFunctionExpression' && up.body === at;
    if (up.type !== 'ConditionalExpression' && up.type !== 'LogicalExpression') return false;
    at = up;
  }
  return false;
}

function evaluateParts(flow: Flow, node: AnyNode, paths: PathSet, frame: Frame): PathSet {
  let now = paths;
  for (const child of childrenOf(node)) {
    const part = child.type === 'Property' || child.type === 'SpreadElement' ? valueIn(child) : child;
    now = isCarrier(flow, node, part) ? maybe(now) : flow.evaluate(part, now, frame);
  }
  return now;
}

function valueIn(node: Extract<AnyNode, { type: 'Property' | 'SpreadElement' }>): AnyNode {
  return node.type === 'Property' ? node.value : node.argument;
}

/** The callback, or a function that calls it, kept in an object or a list: who calls it cannot be followed. */
function isCarrier(flow: Flow, holder: AnyNode, part: AnyNode): boolean {
  if (holder.type !== 'ObjectExpression' && holder.type !== 'ArrayExpression') return false;
  return flow.targets(part).some((one) => one === 'callback' || flow.completes(one));
}

const maybe = (paths: PathSet): PathSet => paths.map((path) => ({ ...path, maybe: true }));

function evaluateAssignment(
  flow: Flow,
  node: Extract<AnyNode, { type: 'AssignmentExpression' }>,
  paths: PathSet,
  frame: Frame,
): PathSet {
  const carries = flow.targets(node.right).some((one) => one === 'callback' || flow.completes(one));
  const after = carries ? maybe(paths) : flow.evaluate(node.right, paths, frame);
  const variable = flow.script.variable(node.left);
  if (variable === null) return after;
  const key = flow.naming.variableKey(variable);
  const logical = node.operator !== '=';
  return after.map((path) => assign(path, key, logical ? node.left : node.right, flow.naming));
}

function evaluateAwait(flow: Flow, awaited: AnyNode, at: AnyNode, paths: PathSet, frame: Frame): PathSet {
  const fail = (failing: PathSet) => {
    frame.thrown.push(
      ...failing.filter(({ calls }) => calls > 0).map((path) => ({ path, at, fellOff: false })),
    );
    frame.implicit.push(...failing.filter(({ calls, handlers }) => calls === 0 && handlers.size === 0));
  };
  if (isAnyCall(awaited) && isChain(awaited)) return evaluateChain(flow, awaited, paths, frame, true);
  if (isCall(awaited)) {
    const targets = flow.targets(awaited.callee).filter((one) => one !== 'callback');
    const completing = targets.filter((one) => flow.completes(one));
    if (completing.length > 0) {
      const args = awaited.arguments.reduce<PathSet>(
        (now, one) => (isFunction(one) ? now : flow.evaluate(one, now, frame)),
        paths,
      );
      return union(
        ...completing.map((fn) =>
          pathsOf(flow.enter(fn, args, frame, { args: awaited.arguments, awaitsReturn: true })),
        ),
      );
    }
    const after = flow.evaluate(awaited, paths, frame);
    const safe = targets.length > 0 && targets.every((fn) => !flow.canReject(fn));
    if (!safe) fail(after);
    return after;
  }
  const after = flow.evaluate(awaited, paths, frame);
  if (awaited.type !== 'Literal') fail(after);
  return after;
}
