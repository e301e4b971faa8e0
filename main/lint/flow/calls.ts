import type { AnyNode } from 'acorn';
import { type AnyCall, bare, calledName, type FunctionNode, isCall, receiver } from '#lint/ast.ts';
import { forget } from '#lint/flow/conditions.ts';
import { type Flow, type Frame, pathsOf, type Target } from '#lint/flow/flow.ts';
import { call, hand, type Handler, isSilent, type PathSet, START, union } from '#lint/flow/path-set.ts';

const LOOPS = new Set([
  'forEach',
  'map',
  'filter',
  'some',
  'every',
  'find',
  'findIndex',
  'reduce',
  'flatMap',
  'each',
  'sort',
]);
const EVENTS = new Set(['on', 'once', 'addListener', 'addEventListener', 'prependListener', 'subscribe']);
const TIMERS = new Set(['setTimeout', 'setInterval']);
const CHANGERS = /^(push|pop|shift|unshift|splice|set|add|delete|clear|assign)$/;

export function evaluateCall(flow: Flow, node: AnyCall, given: PathSet, frame: Frame): PathSet {
  const callee = bare(node.callee);
  const [object, name] = [receiver(node), calledName(node)];
  if (object !== null && (name === 'call' || name === 'apply') && flow.targets(object).length > 0) {
    const paths = evaluateArguments(flow, node, given, frame);
    return runTargets(flow, node, flow.targets(object), paths, frame, []);
  }
  // Making a bound copy calls nothing; where the copy goes is looked at there.
  if (object !== null && name === 'bind' && flow.targets(object).length > 0) return given;
  const before = callee.type === 'MemberExpression' ? flow.evaluate(callee.object, given, frame) : given;
  const paths = evaluateArguments(flow, node, before, frame);
  const targets = flow.targets(callee);
  if (targets.length > 0) return runTargets(flow, node, targets, paths, frame, node.arguments);
  return callUnknown(flow, node, paths, frame);
}

function evaluateArguments(flow: Flow, node: AnyCall, paths: PathSet, frame: Frame): PathSet {
  return node.arguments.reduce<PathSet>(
    (now, one) => flow.evaluate(one.type === 'SpreadElement' ? one.argument : one, now, frame),
    paths,
  );
}

function runTargets(
  flow: Flow,
  node: AnyCall,
  targets: readonly Target[],
  paths: PathSet,
  frame: Frame,
  args: readonly AnyNode[],
): PathSet {
  return union(...targets.map((target) => runTarget(flow, node, target, paths, frame, args)));
}

function runTarget(
  flow: Flow,
  node: AnyCall,
  target: Target,
  paths: PathSet,
  frame: Frame,
  args: readonly AnyNode[],
): PathSet {
  if (target === 'callback') return complete(flow, node, paths, frame);
  if (!flow.completes(target)) {
    noteImplicit(paths, frame);
    if (target.async && isLeftAlone(flow, node) && flow.canReject(target)) flow.notes.unhandled.add(node);
    return paths.map((path) => forget(path, flow.volatile));
  }
  if (!target.async) {
    return flow.enter(target, paths, frame, { args }).map(({ path, at, fellOff }) => {
      return isSilent(path) ? { ...path, left: { fn: target, at, fellOff } } : path;
    });
  }
  // Nobody waits for it, so what it does comes later than what follows here.
  const endings = flow.enter(target, [START], null, { args, awaitsReturn: true });
  flow.settle(endings);
  if (flow.canReject(target) && isLeftAlone(flow, node)) flow.notes.unhandled.add(node);
  const missed = endings.find(({ path }) => isSilent(path)) ?? null;
  const chain: Handler = { type: 'chain', missed };
  return paths.map((path) => hand(path, chain));
}

/** A promise that is neither awaited nor kept nor returned to anybody. */
export function isLeftAlone(flow: Flow, node: AnyNode): boolean {
  let up = flow.script.parent(node);
  while (up?.type === 'ChainExpression' || (up?.type === 'UnaryExpression' && up.operator === 'void')) {
    up = flow.script.parent(up);
  }
  if (up?.type === 'ReturnStatement') {
    const fn = flow.script.functionAround(up);
    return fn === flow.script.fn && fn !== null && !fn.async;
  }
  return up?.type === 'ExpressionStatement';
}

/** The callback itself is called here. */
export function complete(flow: Flow, node: AnyNode, paths: PathSet, frame: Frame): PathSet {
  for (const path of paths) {
    if (path.calls > 0) {
      const why = frame.again ? 'loop' : frame.catching ? 'late-error' : 'path';
      // What is sure counts before what is only possible.
      if (!flow.notes.twice.has(node) || why === 'path') flow.notes.twice.set(node, why);
    } else if ([...path.handlers].some((one) => one !== 'unknown') && !flow.notes.twice.has(node)) {
      flow.notes.twice.set(node, 'pending');
    }
  }
  return union(paths.map((path) => call(path)));
}

function noteImplicit(paths: PathSet, frame: Frame): void {
  frame.implicit.push(...paths.filter(({ calls, handlers }) => calls === 0 && handlers.size === 0));
}

function callUnknown(flow: Flow, node: AnyCall, given: PathSet, frame: Frame): PathSet {
  noteImplicit(given, frame);
  const name = calledName(node) ?? '';
  let paths: PathSet = given.map((path) => forget(path, flow.volatile));
  const changed = CHANGERS.test(name) ? flow.script.variable(receiver(node)) : null;
  if (changed !== null) {
    const key = flow.naming.variableKey(changed);
    paths = paths.map((path) => forget(path, new Set([key])));
  }
  for (const argument of node.arguments) {
    const completing = flow.targets(argument).filter((one) => one === 'callback' || flow.completes(one));
    for (const target of completing) paths = handOver(flow, node, name, target, paths, frame);
  }
  return paths;
}

function handOver(
  flow: Flow,
  node: AnyCall,
  name: string,
  target: Target,
  paths: PathSet,
  frame: Frame,
): PathSet {
  const maybe = () => paths.map((path) => ({ ...path, maybe: true }));
  if (EVENTS.has(name)) {
    const event = node.arguments[0];
    if (target !== 'callback') {
      const label = event?.type === 'Literal' ? String(event.value) : '';
      flow.notes.events.set(target, label);
      flow.notes.handlers.add(target);
    }
    return maybe();
  }
  if (TIMERS.has(name)) {
    if (target !== 'callback') flow.notes.handlers.add(target);
    return maybe();
  }
  if (target === 'callback') return paths.map((path) => hand(path, { type: 'chain', missed: null }));
  if (LOOPS.has(name) && isCall(node) && receiver(node) !== null) return loop(flow, target, paths, frame);
  if (name === 'Promise' && node.type === 'NewExpression') return pathsOf(flow.enter(target, paths, frame));
  flow.notes.handlers.add(target);
  return paths.map((path) => hand(path, target));
}

function loop(flow: Flow, fn: FunctionNode, paths: PathSet, frame: Frame): PathSet {
  const first = pathsOf(flow.enter(fn, paths, frame));
  const second = pathsOf(flow.enter(fn, first, frame, { again: true }));
  return union(paths, first, second);
}
