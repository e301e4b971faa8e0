import type { AnyNode } from 'acorn';
import { type AnyCall, bare, calledName, isAnyCall, isCall, receiver } from '#lint/ast.ts';
import { complete, isLeftAlone } from '#lint/flow/calls.ts';
import { type Flow, type Frame, pathsOf } from '#lint/flow/flow.ts';
import {
  type Ending,
  hand,
  type Handler,
  isSilent,
  type PathSet,
  START,
  union,
} from '#lint/flow/path-set.ts';

const LINKS = new Set(['then', 'catch', 'finally']);

/** The last call of `promise.then(…).catch(…)`. */
export function isChain(node: AnyCall): boolean {
  return isCall(node) && receiver(node) !== null && LINKS.has(calledName(node) ?? '');
}

interface Progress {
  /** Paths on which the promise so far is fulfilled. */
  readonly fulfilled: readonly Ending[];
  readonly rejected: readonly Ending[];
  /** A failure can arrive that no link has handled yet. */
  readonly mayReject: boolean;
}

/**
 * Follows a chain of promise handlers. Awaited, it is part of the paths around it; left to itself, it is one
 * thing that may call back later.
 */
export function evaluateChain(
  flow: Flow,
  node: AnyCall,
  given: PathSet,
  frame: Frame,
  awaited: boolean,
): PathSet {
  const links: AnyCall[] = [];
  let root: AnyNode = node;
  while (isAnyCall(root) && isChain(root)) {
    links.unshift(root);
    root = receiver(root)!;
  }
  const inner: Frame = awaited
    ? frame
    : { ...frame, thrown: [], implicit: [], catching: false, again: false };
  const start = startOf(flow, root, given, inner, awaited, node);
  let { progress } = start;
  for (const link of links) progress = follow(flow, link, progress, inner);
  if (awaited) {
    frame.thrown.push(...progress.rejected.filter(({ path }) => path.calls > 0));
    return pathsOf(progress.fulfilled);
  }
  flow.settle(progress.fulfilled);
  if (progress.mayReject && isLeftAlone(flow, node)) flow.notes.unhandled.add(node);
  if (!start.completes && !links.some((link) => completesIn(flow, link))) return start.paths;
  const missed = progress.fulfilled.find(({ path }) => isSilent(path)) ?? null;
  const chain: Handler = { type: 'chain', missed };
  return start.paths.map((path) => hand(path, chain));
}

function completesIn(flow: Flow, link: AnyCall): boolean {
  return link.arguments.some((one) =>
    flow.targets(one).some((target) => target === 'callback' || flow.completes(target)),
  );
}

interface Start {
  readonly paths: PathSet;
  readonly progress: Progress;
  readonly completes: boolean;
}

function startOf(
  flow: Flow,
  root: AnyNode,
  given: PathSet,
  frame: Frame,
  awaited: boolean,
  at: AnyNode,
): Start {
  const called = isCall(root) ? flow.targets(root.callee).filter((one) => one !== 'callback') : [];
  const completing = called.filter((one) => one.async && flow.completes(one));
  if (isCall(root) && completing.length > 0) {
    const thrown: Frame = { ...frame, thrown: [], implicit: [] };
    const base = awaited ? given : [START];
    const fulfilled = completing.flatMap((fn) =>
      flow.enter(fn, base, thrown, { args: root.arguments, awaitsReturn: true }),
    );
    const mayReject = completing.some((fn) => flow.canReject(fn));
    const rejected = mayReject
      ? [...thrown.thrown, ...base.map((path) => ({ path, at, fellOff: false }))]
      : [];
    return { paths: given, progress: { fulfilled, rejected, mayReject }, completes: true };
  }
  const paths = flow.evaluate(root, given, frame);
  const base = (awaited ? paths : [START]).map((path) => ({ path, at, fellOff: false }));
  const mayReject = called.length === 0 || called.some((fn) => !fn.async || flow.canReject(fn));
  return {
    paths,
    progress: { fulfilled: base, rejected: mayReject ? base : [], mayReject },
    completes: false,
  };
}

function follow(flow: Flow, link: AnyCall, before: Progress, frame: Frame): Progress {
  const name = calledName(link);
  const [first, second] = link.arguments;
  if (name === 'finally') {
    const cleanup: Frame = { ...frame, cleanup: true };
    const through = (endings: readonly Ending[]) =>
      first === undefined ? endings : run(flow, link, first, endings, cleanup).fulfilled;
    return { ...before, fulfilled: through(before.fulfilled), rejected: through(before.rejected) };
  }
  const onFulfilled = name === 'then' ? first : undefined;
  const onRejected = name === 'then' ? second : first;
  const went = onFulfilled === undefined ? null : run(flow, link, onFulfilled, before.fulfilled, frame);
  const failed =
    onRejected === undefined
      ? null
      : run(flow, link, onRejected, before.rejected, { ...frame, catching: true });
  return {
    fulfilled: [...(went?.fulfilled ?? before.fulfilled), ...(failed?.fulfilled ?? [])],
    rejected: [
      ...(failed === null ? before.rejected : []),
      ...(went?.rejected ?? []),
      ...(failed?.rejected ?? []),
    ],
    mayReject:
      (failed === null && before.mayReject) ||
      (went?.rejected.length ?? 0) > 0 ||
      (failed?.rejected.length ?? 0) > 0,
  };
}

/** Runs one handler of a link on the paths that reach it. */
function run(
  flow: Flow,
  link: AnyCall,
  handler: AnyNode,
  endings: readonly Ending[],
  frame: Frame,
): Pick<Progress, 'fulfilled' | 'rejected'> {
  const thrown: Frame = { ...frame, thrown: [], implicit: [] };
  const paths = union(pathsOf(endings));
  const targets = flow.targets(bare(handler));
  const at = (path: Ending['path']): Ending => ({ path, at: link, fellOff: false });
  if (targets.length === 0) return { fulfilled: endings, rejected: [] };
  const fulfilled = targets.flatMap((target) => {
    if (target === 'callback') return complete(flow, link, paths, thrown).map((path) => at(path));
    return flow.enter(target, paths, thrown, { awaitsReturn: true });
  });
  return { fulfilled, rejected: thrown.thrown };
}
