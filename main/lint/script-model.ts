import type { AnyNode, Identifier, Program } from 'acorn';
import { analyze, type Variable } from 'eslint-scope';
import type { Slot } from '#domain/migration/slots.ts';
import {
  bare,
  calledName,
  childrenOf,
  type FunctionNode,
  fixedText,
  isCall,
  isFunction,
  isText,
  propertyName,
} from '#lint/ast.ts';

export type { Variable } from 'eslint-scope';

/** One `require('name@1.2.3')` in the text. */
export interface RequiredModule {
  readonly name: string;
  /** `promise` of `mysql2/promise`, or the whole path of a relative file. */
  readonly subpath: string | null;
  readonly version: string | null;
  readonly node: AnyNode;
}

/** A script as rules look at it: nodes, who is whose parent, what each name means. */
export interface ScriptModel {
  readonly text: string;
  readonly slot: Slot;
  readonly fn: FunctionNode;
  readonly nodes: readonly AnyNode[];
  readonly modules: readonly RequiredModule[];
  /** The last parameter. */
  readonly callback: Variable | null;
  /** What the tenant hands in, without `context` and the callback. */
  readonly inputs: readonly Variable[];
  readonly password: Variable | null;
  parent(node: AnyNode): AnyNode | null;
  ancestors(node: AnyNode): readonly AnyNode[];
  /** The innermost function around a node, the node itself excluded. */
  functionAround(node: AnyNode): FunctionNode | null;
  variable(node: AnyNode | null | undefined): Variable | null;
  /** A name that nothing in the script declares. */
  isFree(node: AnyNode): node is Identifier;
  /** What a variable was declared with, where it never gets another value; else the node itself. */
  value(node: AnyNode): AnyNode;
  localFunction(node: AnyNode): FunctionNode | null;
  /** The module that an expression stands for: `require('pg')`, or a variable that holds it. */
  moduleOf(node: AnyNode): RequiredModule | null;
  requires(...names: readonly string[]): RequiredModule | null;
}

export function modelOf(text: string, slot: Slot, fn: FunctionNode): ScriptModel {
  const nodes: AnyNode[] = [];
  const parents = new Map<AnyNode, AnyNode>();
  const collect = (node: AnyNode) => {
    nodes.push(node);
    // The scope analysis reads positions from here.
    node.range ??= [node.start, node.end];
    for (const child of childrenOf(node)) {
      parents.set(child, node);
      collect(child);
    }
  };
  collect(fn);
  const variables = variablesOf(fn);
  const variable = (node: AnyNode | null | undefined) =>
    node?.type === 'Identifier' ? (variables.get(node) ?? null) : null;
  const ancestors = (node: AnyNode) => {
    const all: AnyNode[] = [];
    for (let up = parents.get(node); up !== undefined; up = parents.get(up)) all.push(up);
    return all;
  };
  const value = (node: AnyNode) => valueOf(bare(node), variable);
  const modules = nodes.flatMap((node) => requiredModule(node, variable) ?? []);
  const moduleOf = (node: AnyNode, depth = 0): RequiredModule | null => {
    const at = bare(node);
    if (isCall(at)) return modules.find((one) => one.node === at) ?? null;
    if (at.type === 'MemberExpression' && propertyName(at) === 'default') return moduleOf(at.object, depth);
    const known = value(at);
    return known === at || depth > 4 ? null : moduleOf(known, depth + 1);
  };
  const last = fn.params.at(-1);
  const callback = variable(last?.type === 'AssignmentPattern' ? last.left : last);
  const before = fn.params
    .slice(0, -1)
    .map((one) => variable(one))
    .filter((one) => one !== null);
  const inputs = before.filter((one) => one.name !== 'context' && one.name !== 'ctx');
  const isFree = (node: AnyNode): node is Identifier =>
    node.type === 'Identifier' && variables.has(node) && variables.get(node) === null;
  return {
    text,
    slot,
    fn,
    nodes,
    modules,
    callback,
    inputs,
    password: slot === 'login' || slot === 'change_password' ? (inputs[1] ?? null) : null,
    parent: (node) => parents.get(node) ?? null,
    ancestors,
    functionAround: (node) => ancestors(node).find((one) => isFunction(one)) ?? null,
    variable,
    isFree,
    value,
    localFunction: (node) => {
      const at = bare(node);
      if (isFunction(at)) return at;
      const known = value(at);
      return known !== at && isFunction(known) ? known : null;
    },
    moduleOf: (node) => moduleOf(node),
    requires: (...names) => modules.find(({ name }) => names.includes(name)) ?? null,
  };
}

/** Every identifier that is a name of something: the variable, or null for what nothing here declares. */
function variablesOf(fn: FunctionNode): ReadonlyMap<AnyNode, Variable | null> {
  const program = {
    type: 'Program',
    sourceType: 'script',
    start: fn.start,
    end: fn.end,
    range: [fn.start, fn.end],
    body: [
      fn.type === 'FunctionDeclaration'
        ? fn
        : { type: 'ExpressionStatement', expression: fn, start: fn.start, end: fn.end },
    ],
  } as unknown as Program;
  const scopes = analyze(program as unknown as Parameters<typeof analyze>[0], {
    ecmaVersion: 2026,
    sourceType: 'script',
  });
  const variables = new Map<AnyNode, Variable | null>();
  for (const scope of scopes.scopes) {
    for (const one of scope.variables) {
      for (const name of one.identifiers) variables.set(name as unknown as AnyNode, one);
    }
    for (const reference of scope.references) {
      variables.set(reference.identifier as unknown as AnyNode, reference.resolved ?? null);
    }
  }
  return variables;
}

/** Writes that give a variable another value than the one of its declaration. */
export function isReassigned(variable: Variable): boolean {
  return variable.references.some((one) => one.isWrite() && one.init !== true);
}

function valueOf(node: AnyNode, variable: (node: AnyNode) => Variable | null, depth = 0): AnyNode {
  const named = variable(node);
  if (named === null || depth > 6 || isReassigned(named) || named.defs.length !== 1) return node;
  const definition = named.defs[0]!;
  if (definition.type === 'FunctionName') return definition.node as unknown as AnyNode;
  if (definition.type !== 'Variable') return node;
  const declarator = definition.node as unknown as Extract<AnyNode, { type: 'VariableDeclarator' }>;
  if (declarator.id.type !== 'Identifier' || declarator.init === null || declarator.init === undefined)
    return node;
  const init = bare(declarator.init);
  return init.type === 'Identifier' ? valueOf(init, variable, depth + 1) : init;
}

function requiredModule(
  node: AnyNode,
  variable: (node: AnyNode) => Variable | null,
): readonly RequiredModule[] | null {
  if (!isCall(node) || calledName(node) !== 'require' || node.callee.type !== 'Identifier') return null;
  if (variable(node.callee) !== null) return null;
  const request = node.arguments[0];
  if (request === undefined || fixedText(request) === null) return null;
  const text = isText(request) ? request.value : fixedText(request)!;
  if (text.includes('\ue000')) return null;
  return [{ ...splitRequest(text), node }];
}

function splitRequest(request: string): Omit<RequiredModule, 'node'> {
  if (/^[./]/.test(request)) return { name: request, subpath: request, version: null };
  const parts = /^(?:node:)?(@[^/@]+\/[^/@]+|[^/@]+)(?:@([^/]+))?(?:\/(.+))?$/.exec(request);
  if (parts === null) return { name: request, subpath: null, version: null };
  return { name: parts[1]!, version: parts[2] ?? null, subpath: parts[3] ?? null };
}

/** The variables that a pattern of a declaration gets from a destructured module: `{ Pool }`. */
export function destructuredFrom(
  model: ScriptModel,
  node: AnyNode,
): { readonly name: string; readonly module: RequiredModule } | null {
  const at = bare(node);
  if (at.type === 'MemberExpression') {
    const [module, name] = [model.moduleOf(at.object), propertyName(at)];
    return module === null || name === null ? null : { name, module };
  }
  const named = model.variable(at);
  const definition = named?.defs[0];
  if (named === null || named === undefined || definition?.type !== 'Variable') return null;
  const declarator = definition.node as unknown as Extract<AnyNode, { type: 'VariableDeclarator' }>;
  if (declarator.init === null || declarator.init === undefined) return null;
  if (declarator.id.type === 'Identifier') {
    const init = bare(declarator.init);
    return init.type === 'MemberExpression' ? destructuredFrom(model, init) : null;
  }
  const module = model.moduleOf(declarator.init);
  if (module === null || declarator.id.type !== 'ObjectPattern') return null;
  for (const property of declarator.id.properties) {
    if (property.type !== 'Property') continue;
    const target = property.value.type === 'AssignmentPattern' ? property.value.left : property.value;
    if (target.type === 'Identifier' && model.variable(target) === named) {
      const name = propertyName(property);
      return name === null ? null : { name, module };
    }
  }
  return null;
}
