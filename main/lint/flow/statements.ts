import type { AnyNode, SwitchStatement, TryStatement } from 'acorn';
import { isCall, someNow, calledName, bare } from '#lint/ast.ts';
import { assign, assume } from '#lint/flow/conditions.ts';
import { MOST_STEPS, type Flow, type Frame, type Outcome } from '#lint/flow/flow.ts';
import { type Ending, type PathSet, union } from '#lint/flow/path-set.ts';

const NONE: ReadonlyMap<string, PathSet> = new Map();

function outcome(next: PathSet, parts: Partial<Omit<Outcome, 'next'>> = {}): Outcome {
  return { next, returned: [], breaks: NONE, continues: NONE, ...parts };
}

/** Follows all paths through one statement. */
export function executeStatement(flow: Flow, node: AnyNode, paths: PathSet, frame: Frame): Outcome {
  if (paths.length === 0 || ++flow.steps > MOST_STEPS) return outcome(paths.length === 0 ? [] : paths);
  switch (node.type) {
    case 'BlockStatement':
      return executeAll(flow, node.body, paths, frame);
    case 'ExpressionStatement':
      return outcome(flow.evaluate(node.expression, paths, frame));
    case 'VariableDeclaration':
      return outcome(node.declarations.reduce((now, one) => declare(flow, one, now, frame), paths));
    case 'ReturnStatement': {
      const last = node.argument ? flow.evaluate(node.argument, paths, frame) : paths;
      return outcome([], { returned: last.map((path) => ({ path, at: node, fellOff: false })) });
    }
    case 'ThrowStatement': {
      const last = flow.evaluate(node.argument, paths, frame);
      frame.thrown.push(...last.map((path) => ({ path, at: node, fellOff: false })));
      return outcome([]);
    }
    case 'IfStatement':
      return executeIf(flow, node, paths, frame);
    case 'SwitchStatement':
      return executeSwitch(flow, node, paths, frame);
    case 'TryStatement':
      return executeTry(flow, node, paths, frame);
    case 'LabeledStatement': {
      const inside = flow.execute(node.body, paths, frame);
      const { name } = node.label;
      return {
        ...inside,
        next: union(inside.next, inside.breaks.get(name) ?? [], inside.continues.get(name) ?? []),
      };
    }
    case 'BreakStatement':
      return outcome([], { breaks: new Map([[node.label?.name ?? '', paths]]) });
    case 'ContinueStatement':
      return outcome([], { continues: new Map([[node.label?.name ?? '', paths]]) });
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
      return executeLoop(flow, node, paths, frame);
    default:
      return outcome(paths);
  }
}

function merge(
  a: ReadonlyMap<string, PathSet>,
  b: ReadonlyMap<string, PathSet>,
): ReadonlyMap<string, PathSet> {
  if (b.size === 0) return a;
  const all = new Map(a);
  for (const [label, paths] of b) all.set(label, union(all.get(label) ?? [], paths));
  return all;
}

function executeAll(flow: Flow, body: readonly AnyNode[], paths: PathSet, frame: Frame): Outcome {
  let now = outcome(paths);
  for (const statement of body) {
    if (now.next.length === 0) break;
    noteWorkAfter(flow, statement, now.next, frame);
    const then = flow.execute(statement, now.next, frame);
    now = {
      next: then.next,
      returned: [...now.returned, ...then.returned],
      breaks: merge(now.breaks, then.breaks),
      continues: merge(now.continues, then.continues),
    };
  }
  return now;
}

/** A statement that every path reaches only after the callback. */
function noteWorkAfter(flow: Flow, statement: AnyNode, paths: PathSet, frame: Frame): void {
  if (frame.cleanup || frame.again || paths.some(({ calls }) => calls === 0)) return;
  const works = someNow(statement, (node) => isWork(flow, node));
  if (works) flow.notes.after.push(statement);
}

function isWork(flow: Flow, node: AnyNode): boolean {
  if (!isCall(node)) return false;
  const callee = bare(node.callee);
  if (flow.targets(callee).includes('callback')) return false;
  // `resolve()`, `next()`: told to go on, not set to work.
  if (flow.script.variable(callee)?.defs[0]?.type === 'Parameter') return false;
  const object = callee.type === 'MemberExpression' ? bare(callee.object) : null;
  if (object?.type === 'Identifier' && object.name === 'console') return false;
  return !/^(clear(Timeout|Interval|Immediate)|removeListener|removeAllListeners|off|String|Number|Boolean)$/.test(
    calledName(node) ?? '',
  );
}

function declare(
  flow: Flow,
  node: Extract<AnyNode, { type: 'VariableDeclarator' }>,
  paths: PathSet,
  frame: Frame,
): PathSet {
  const after = node.init ? flow.evaluate(node.init, paths, frame) : paths;
  const variable = flow.script.variable(node.id);
  if (variable === null) return after;
  const key = flow.naming.variableKey(variable);
  return after.map((path) => assign(path, key, node.init ?? null, flow.naming));
}

function executeIf(
  flow: Flow,
  node: Extract<AnyNode, { type: 'IfStatement' }>,
  paths: PathSet,
  frame: Frame,
): Outcome {
  const tested = flow.evaluate(node.test, paths, frame);
  const yes = flow.execute(node.consequent, assume(tested, node.test, true, flow.naming), frame);
  const not = assume(tested, node.test, false, flow.naming);
  const no = node.alternate ? flow.execute(node.alternate, not, frame) : outcome(not);
  return {
    next: union(yes.next, no.next),
    returned: [...yes.returned, ...no.returned],
    breaks: merge(yes.breaks, no.breaks),
    continues: merge(yes.continues, no.continues),
  };
}

function executeSwitch(flow: Flow, node: SwitchStatement, paths: PathSet, frame: Frame): Outcome {
  const start = flow.evaluate(node.discriminant, paths, frame);
  const hasDefault = node.cases.some(({ test }) => !test);
  let all = outcome([]);
  for (const one of node.cases) {
    const entering = union(all.next, start);
    const then = executeAll(flow, one.consequent, entering, frame);
    all = {
      next: then.next,
      returned: [...all.returned, ...then.returned],
      breaks: merge(all.breaks, then.breaks),
      continues: merge(all.continues, then.continues),
    };
  }
  const breaks = new Map(all.breaks);
  breaks.delete('');
  const next = union(all.next, all.breaks.get('') ?? [], hasDefault ? [] : start);
  return { ...all, next, breaks };
}

function executeTry(flow: Flow, node: TryStatement, paths: PathSet, frame: Frame): Outcome {
  const inner: Frame = { ...frame, thrown: [], implicit: [] };
  let all = flow.execute(node.block, paths, inner);
  const thrown: Ending[] = [];
  if (node.handler) {
    const caught = union(
      paths.filter(({ calls }) => calls === 0),
      inner.implicit,
      inner.thrown.map(({ path }) => path),
    );
    const outer: Frame = { ...frame, thrown, catching: true };
    const handled = flow.execute(node.handler.body, caught, outer);
    all = {
      next: union(all.next, handled.next),
      returned: [...all.returned, ...handled.returned],
      breaks: merge(all.breaks, handled.breaks),
      continues: merge(all.continues, handled.continues),
    };
  } else {
    thrown.push(...inner.thrown);
    frame.implicit.push(...inner.implicit);
  }
  if (!node.finalizer) {
    frame.thrown.push(...thrown);
    return all;
  }
  return executeFinally(flow, node.finalizer, all, thrown, frame);
}

function executeFinally(
  flow: Flow,
  finalizer: AnyNode,
  all: Outcome,
  thrown: readonly Ending[],
  frame: Frame,
): Outcome {
  const cleanup: Frame = { ...frame, cleanup: true };
  const last = flow.execute(finalizer, all.next, cleanup);
  const extra: Ending[] = [...last.returned];
  const through = (endings: readonly Ending[]) =>
    endings.flatMap((ending) => {
      const run = flow.execute(finalizer, [ending.path], cleanup);
      extra.push(...run.returned);
      return run.next.map((path) => ({ ...ending, path }));
    });
  const returned = through(all.returned);
  frame.thrown.push(...through(thrown));
  return { ...all, next: last.next, returned: [...returned, ...extra] };
}

type Loop = Extract<
  AnyNode,
  { type: 'WhileStatement' | 'DoWhileStatement' | 'ForStatement' | 'ForInStatement' | 'ForOfStatement' }
>;

function executeLoop(flow: Flow, node: Loop, paths: PathSet, frame: Frame): Outcome {
  let start = paths;
  if (node.type === 'ForStatement' && node.init) {
    start =
      node.init.type === 'VariableDeclaration'
        ? flow.execute(node.init, start, frame).next
        : flow.evaluate(node.init, start, frame);
  }
  if (node.type === 'ForInStatement' || node.type === 'ForOfStatement') {
    start = flow.evaluate(node.right, start, frame);
  }
  const test = 'test' in node ? (node.test ?? null) : null;
  const endless =
    (node.type === 'ForStatement' && test === null) || (test?.type === 'Literal' && Boolean(test.value));
  const into = (given: PathSet) => (test === null ? given : assume(given, test, true, flow.naming));
  const out = (given: PathSet) =>
    endless ? [] : test === null ? given : assume(given, test, false, flow.naming);
  const first = once(flow, node, node.type === 'DoWhileStatement' ? start : into(start), frame);
  const second = once(flow, node, into(first.next), { ...frame, again: true });
  const left = node.type === 'DoWhileStatement' ? [] : out(start);
  return {
    next: union(left, out(first.next), out(second.next), first.broke, second.broke),
    returned: [...first.returned, ...second.returned],
    breaks: merge(first.breaks, second.breaks),
    continues: merge(first.continues, second.continues),
  };
}

function once(flow: Flow, node: Loop, paths: PathSet, frame: Frame): Outcome & { readonly broke: PathSet } {
  const body = flow.execute(node.body, paths, frame);
  const [breaks, continues] = [new Map(body.breaks), new Map(body.continues)];
  const broke = breaks.get('') ?? [];
  let next = union(body.next, continues.get('') ?? []);
  breaks.delete('');
  continues.delete('');
  if (node.type === 'ForStatement' && node.update) next = flow.evaluate(node.update, next, frame);
  return { next, returned: body.returned, breaks, continues, broke };
}
