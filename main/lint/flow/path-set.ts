import type { AnyNode } from 'acorn';
import type { FunctionNode } from '#lint/ast.ts';

/** Something that will call back later: a function handed to a driver, a promise chain, or what cannot be followed. */
export type Handler = FunctionNode | PendingChain | 'unknown';

export interface PendingChain {
  readonly type: 'chain';
  /** Where the chain ends on a path without the callback; null when it always gets there. */
  readonly missed: Ending | null;
}

/** What is known to be true or false on a path, by the canonical text of the condition. */
export type Facts = ReadonlyMap<string, boolean>;

export interface Path {
  readonly calls: 0 | 1 | 2;
  readonly handlers: ReadonlySet<Handler>;
  /** A timer or an event handler may call back. */
  readonly maybe: boolean;
  readonly facts: Facts;
  /** The function of the script that the path came out of last, without the callback, and where. */
  readonly left?: { readonly fn: FunctionNode; readonly at: AnyNode; readonly fellOff: boolean };
}

/** A path that has left a function, and where it did. */
export interface Ending {
  readonly path: Path;
  readonly at: AnyNode;
  /** The end of the function was reached without a `return`. */
  readonly fellOff: boolean;
}

export type PathSet = readonly Path[];

export const START: Path = { calls: 0, handlers: new Set(), maybe: false, facts: new Map() };

/** More paths than this are told apart by their calls only. */
const MOST_PATHS = 32;

export function union(...sets: readonly PathSet[]): PathSet {
  const all = distinct(sets.flat());
  if (all.length <= MOST_PATHS) return all;
  return distinct(all.map((path) => ({ ...path, facts: new Map() })));
}

function distinct(paths: readonly Path[]): PathSet {
  if (paths.length < 2) return paths;
  const byKey = new Map<string, Path>();
  for (const path of paths) byKey.set(keyOf(path), path);
  return [...byKey.values()];
}

const numbers = new WeakMap<object, number>();
let next = 0;

function numberOf(handler: Handler): number {
  if (typeof handler === 'string') return -1;
  const known = numbers.get(handler);
  if (known !== undefined) return known;
  numbers.set(handler, ++next);
  return next;
}

const keys = new WeakMap<Path, string>();

function keyOf(path: Path): string {
  const known = keys.get(path);
  if (known !== undefined) return known;
  const handlers = [...path.handlers].map((one) => numberOf(one)).sort((a, b) => a - b);
  const facts = [...path.facts].map(([name, truth]) => `${name}=${truth}`).sort();
  const key = `${path.calls}|${handlers.join()}|${path.maybe}|${facts.join('&')}`;
  keys.set(path, key);
  return key;
}

export function hand(path: Path, handler: Handler): Path {
  return path.handlers.has(handler) ? path : { ...path, handlers: new Set([...path.handlers, handler]) };
}

export function call(path: Path): Path {
  return { ...path, calls: path.calls === 0 ? 1 : 2 };
}

/** Nothing on this path has called back or will. */
export function isSilent(path: Path): boolean {
  return path.calls === 0 && path.handlers.size === 0 && !path.maybe;
}
