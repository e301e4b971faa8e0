import type { AnyNode } from 'acorn';
import {
  bare,
  calledName,
  type FunctionNode,
  isCall,
  isFunction,
  receiver,
  walk,
  walkOwn,
} from '#lint/ast.ts';
import { assign, createNaming, forget, type Naming } from '#lint/flow/conditions.ts';
import { evaluateExpression } from '#lint/flow/expressions.ts';
import {
  type EnterHow,
  type Flow,
  type FlowNotes,
  type Frame,
  MOST_STEPS,
  type Target,
} from '#lint/flow/flow.ts';
import { type Ending, hand, isSilent, type PathSet, START, union } from '#lint/flow/path-set.ts';
import { executeStatement } from '#lint/flow/statements.ts';
import { createTargets } from '#lint/flow/targets.ts';
import type { ScriptModel } from '#lint/script-model.ts';

export interface FlowResult extends FlowNotes {
  /** Async functions that nobody waits for, with the first `await` or `throw` in them that nothing catches. */
  readonly unguarded: ReadonlyMap<FunctionNode, AnyNode>;
  readonly describe: (ending: Ending) => string | null;
}

/** Follows every path of the script to its callback; null for a text that has more paths than can be followed. */
export function analyseFlow(script: ScriptModel): FlowResult | null {
  const flow = createFlow(script);
  const endings = flow.enter(script.fn, [START], null, {});
  flow.settle(endings);
  reportSilent(flow, endings);
  // The set grows while it is read: handlers hand over further handlers.
  for (const fn of flow.notes.handlers) {
    const ends = flow.enter(fn, [START], null, {});
    flow.settle(ends);
    if (flow.notes.firm.has(fn)) reportSilent(flow, ends);
  }
  if (flow.steps > MOST_STEPS) return null;
  return { ...flow.notes, unguarded: unguarded(flow), describe: (ending) => describe(flow, ending) };
}

function reportSilent(flow: Flow, endings: readonly Ending[]): void {
  for (const ending of endings) {
    if (!isSilent(ending.path) || isGuarded(flow, ending)) continue;
    const last = lastStep(flow, ending);
    if (!flow.notes.missed.some(({ at }) => at === last.at)) flow.notes.missed.push(last);
  }
}

/** Where a path ends by calling a function of the script, the place in that function says more. */
function lastStep(flow: Flow, ending: Ending): Ending {
  const { at, path } = ending;
  const value = at.type === 'ReturnStatement' && at.argument ? bare(at.argument) : bare(at);
  const left = path.left;
  if (left === undefined || !isCall(value) || !flow.targets(value.callee).includes(left.fn)) return ending;
  return lastStep(flow, { path, at: left.at, fellOff: left.fellOff });
}

/** The path was taken because a flag shared with other handlers says that the callback was called before. */
function isGuarded(flow: Flow, { path }: Ending): boolean {
  return [...path.facts.keys()].some((name) => [...flow.volatile].some((one) => name.includes(one)));
}

function createFlow(script: ScriptModel): Flow {
  const naming = createNaming(script);
  const { targets, completes } = createTargets(script);
  const rejects = new Map<FunctionNode, boolean>();
  const notes: FlowNotes = {
    twice: new Map(),
    after: [],
    events: new Map(),
    unhandled: new Set(),
    missed: [],
    firm: new Set(),
    handlers: new Set(),
  };
  const flow: Flow = {
    script,
    naming,
    notes,
    volatile: volatileNames(script, naming),
    stack: [],
    steps: 0,
    targets,
    completes,
    canReject: (fn) => {
      const known = rejects.get(fn);
      if (known !== undefined) return known;
      rejects.set(fn, false);
      const found = firstUnguarded(flow, fn) !== null;
      rejects.set(fn, found);
      return found;
    },
    evaluate: (node, paths, frame) => evaluateExpression(flow, node, paths, frame),
    execute: (node, paths, frame) => executeStatement(flow, node, paths, frame),
    enter: (fn, paths, outer, how = {}) => enter(flow, fn, paths, outer, how),
    settle: (endings) => settle(flow, endings),
  };
  return flow;
}

/** Variables that another function than their own changes: after any call they may have another value. */
function volatileNames(script: ScriptModel, naming: Naming): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of script.nodes) {
    const variable = script.variable(node);
    if (variable === null) continue;
    const home = variable.scope.variableScope;
    const shared = variable.references.some((one) => one.isWrite() && one.from.variableScope !== home);
    if (shared) names.add(naming.variableKey(variable));
  }
  return names;
}

function enter(
  flow: Flow,
  fn: FunctionNode,
  given: PathSet,
  outer: Frame | null,
  how: EnterHow,
): readonly Ending[] {
  const leave = (paths: PathSet): readonly Ending[] => paths.map((path) => ({ path, at: fn, fellOff: true }));
  if (given.length === 0) return [];
  if (flow.stack.includes(fn)) return leave(given.map((path) => hand(path, 'unknown')));
  const frame: Frame = {
    fn,
    thrown: [],
    implicit: [],
    again: how.again ?? outer?.again ?? false,
    catching: outer?.catching ?? false,
    cleanup: outer?.cleanup ?? false,
    awaitsReturn: how.awaitsReturn ?? fn.async,
  };
  flow.stack.push(fn);
  const paths = given.map((path) => withParameters(flow, fn, path, how.args));
  const endings = runBody(flow, fn, paths, frame);
  flow.stack.pop();
  outer?.thrown.push(...frame.thrown);
  outer?.implicit.push(...frame.implicit);
  return endings;
}

function runBody(flow: Flow, fn: FunctionNode, paths: PathSet, frame: Frame): readonly Ending[] {
  if (fn.body.type !== 'BlockStatement') {
    const body = fn.body;
    return flow.evaluate(body, paths, frame).map((path) => ({ path, at: body, fellOff: false }));
  }
  const { next, returned } = flow.execute(fn.body, paths, frame);
  return [...returned, ...union(next).map((path) => ({ path, at: fn as AnyNode, fellOff: true }))];
}

function withParameters(
  flow: Flow,
  fn: FunctionNode,
  path: PathSet[number],
  args: readonly AnyNode[] | undefined,
): PathSet[number] {
  return fn.params.reduce((now, param, index) => {
    const variable = flow.script.variable(param);
    if (variable === null) return now;
    const key = flow.naming.variableKey(variable);
    const given = args?.[index];
    if (given !== undefined && given.type !== 'SpreadElement') return assign(now, key, given, flow.naming);
    return forget(now, new Set([key]));
  }, path);
}

/** A path that only one handler can complete depends on that handler. */
function settle(flow: Flow, endings: readonly Ending[]): void {
  for (const { path } of endings) {
    if (path.calls > 0 || path.maybe || path.handlers.size !== 1) continue;
    const [only] = path.handlers;
    if (only === undefined || only === 'unknown') continue;
    if (isFunction(only as AnyNode)) flow.notes.firm.add(only as FunctionNode);
    else if (only.type === 'chain' && only.missed !== null) reportSilent(flow, [only.missed]);
  }
}

/** The first `await` or `throw` of an async function outside every `try` that has a `catch`. */
function firstUnguarded(flow: Flow, fn: FunctionNode): AnyNode | null {
  if (!fn.async) return null;
  let found: AnyNode | null = null;
  walkOwn(fn, (node) => {
    if (found !== null) return false;
    if (node.type === 'ThrowStatement' && !isCaught(flow, fn, node)) found = node;
    if (node.type === 'ForOfStatement' && node.await && !isCaught(flow, fn, node)) found = node;
    if (node.type === 'AwaitExpression' && !isCaught(flow, fn, node) && mayFail(flow, node.argument)) {
      found = node;
    }
    return true;
  });
  return found;
}

/** In a `try` with a `catch`, or in its `finally`: by then everybody has been called back. */
function isCaught(flow: Flow, fn: FunctionNode, node: AnyNode): boolean {
  let at = node;
  for (const up of flow.script.ancestors(node)) {
    if (up === fn) return false;
    if (up.type === 'TryStatement' && up.handler && (up.block === at || up.finalizer === at)) return true;
    at = up;
  }
  return false;
}

function mayFail(flow: Flow, given: AnyNode): boolean {
  const node = bare(given);
  if (node.type === 'Literal') return false;
  if (!isCall(node)) return true;
  const name = calledName(node);
  if (receiver(node) !== null && name === 'catch') return false;
  if (receiver(node) !== null && name === 'then' && node.arguments.length > 1) return false;
  const fns = flow.targets(node.callee).filter((one: Target) => one !== 'callback');
  return fns.length === 0 || fns.some((fn) => !fn.async || flow.canReject(fn));
}

function unguarded(flow: Flow): ReadonlyMap<FunctionNode, AnyNode> {
  const found = new Map<FunctionNode, AnyNode>();
  for (const fn of [flow.script.fn, ...flow.notes.handlers]) {
    const first = firstUnguarded(flow, fn);
    if (first !== null && flow.completes(fn)) found.set(fn, first);
  }
  return found;
}

/** What has to be so for a path to be taken, in the words of the script. */
function describe(flow: Flow, { path }: Ending): string | null {
  const facts = [...path.facts].filter(([name]) => !/ is (null|true|false)$/.test(name)).slice(-3);
  if (facts.length === 0) return null;
  const names = new Map<string, string>();
  walk(flow.script.fn, (node) => {
    const variable = flow.script.variable(node);
    if (variable !== null) names.set(flow.naming.variableKey(variable), variable.name);
  });
  return facts
    .map(([name, truth]) => {
      const text = name.replaceAll(/#\d+#/g, (key) => names.get(key) ?? key);
      return truth ? text : `not (${text})`.replace(/^not \(([\w.]+)\)$/, 'not $1');
    })
    .join(', ');
}
