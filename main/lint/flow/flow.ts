import type { AnyNode } from 'acorn';
import type { FunctionNode } from '#lint/ast.ts';
import type { Naming } from '#lint/flow/conditions.ts';
import type { Ending, Path, PathSet } from '#lint/flow/path-set.ts';
import type { ScriptModel } from '#lint/script-model.ts';

/** What following the paths has shown. */
export interface FlowNotes {
  /** Calls that come second on a path, and why. */
  readonly twice: Map<AnyNode, 'path' | 'loop' | 'late-error' | 'pending'>;
  /** Statements that only run after the callback. */
  readonly after: AnyNode[];
  /** Handlers of events that may call back. */
  readonly events: Map<FunctionNode, string>;
  /** Promise chains, left to themselves, whose failures nobody handles. */
  readonly unhandled: Set<AnyNode>;
  readonly missed: Ending[];
  /** Handlers that only the callback's arrival in them can complete a path. */
  readonly firm: Set<FunctionNode>;
  /** Functions handed over that may call back, in the order they were met. */
  readonly handlers: Set<FunctionNode>;
}

/** Where the walk is inside one function. */
export interface Frame {
  readonly fn: FunctionNode;
  /** Paths on which something was thrown here, explicitly or by an `await`. */
  readonly thrown: Ending[];
  /** Paths on which any call could have thrown before the callback. */
  readonly implicit: Path[];
  /** Not the first time round a loop. */
  readonly again: boolean;
  readonly catching: boolean;
  /** In a `finally`. */
  readonly cleanup: boolean;
  /** What is returned is awaited: in async functions and in handlers of promises. */
  readonly awaitsReturn: boolean;
}

export interface Outcome {
  readonly next: PathSet;
  readonly returned: readonly Ending[];
  /** By label; the empty one for plain `break` and `continue`. */
  readonly breaks: ReadonlyMap<string, PathSet>;
  readonly continues: ReadonlyMap<string, PathSet>;
}

export type Target = FunctionNode | 'callback';

/** One analysis; the parts that need each other find each other here. */
export interface Flow {
  readonly script: ScriptModel;
  readonly naming: Naming;
  readonly notes: FlowNotes;
  readonly volatile: ReadonlySet<string>;
  readonly stack: FunctionNode[];
  steps: number;
  /** What a callee or an argument stands for: the callback, or functions of the script. */
  targets(node: AnyNode): readonly Target[];
  /** The callback may be called from inside this node, once it runs. */
  completes(node: AnyNode): boolean;
  canReject(fn: FunctionNode): boolean;
  evaluate(node: AnyNode, paths: PathSet, frame: Frame): PathSet;
  execute(node: AnyNode, paths: PathSet, frame: Frame): Outcome;
  /** Runs a function of the script here and now; what it throws goes to `outer`. */
  enter(fn: FunctionNode, paths: PathSet, outer: Frame | null, how?: EnterHow): readonly Ending[];
  /** Takes note of what the ends of a function or chain depend on. */
  settle(endings: readonly Ending[]): void;
}

export interface EnterHow {
  readonly args?: readonly AnyNode[];
  readonly awaitsReturn?: boolean;
  readonly again?: boolean;
}

/** Enough for a script of 100 KB; a text made to explode gets no findings of this kind. */
export const MOST_STEPS = 50_000;

export const pathsOf = (endings: readonly Ending[]): PathSet => endings.map(({ path }) => path);
