import type { Identifier, MemberExpression, Node, ObjectPattern } from 'acorn';
import { ancestor } from 'acorn-walk';

export interface ConfigurationUse {
  readonly name: string;
  readonly line: number;
  /** 1-based. */
  readonly column: number;
}

export interface ConfigurationUses {
  /** In the order of the text, each name once. */
  readonly names: readonly ConfigurationUse[];
  /** False where `configuration` is passed on or indexed by something computed: then more may be read. */
  readonly complete: boolean;
}

/** The names of the global `configuration` that a script reads: `configuration.X`, `configuration['X']`, `{ X } = configuration`. */
export function configurationUses(root: Node): ConfigurationUses {
  const names = new Map<string, ConfigurationUse>();
  let complete = true;
  const add = (name: string, at: Node) => {
    const { line, column } = at.loc!.start;
    if (!names.has(name)) names.set(name, { name, line, column: column + 1 });
  };
  ancestor(root, {
    Identifier(node, _state, ancestors) {
      if (node.name !== 'configuration') return;
      const parent = ancestors.at(-2);
      const read = parent === undefined ? null : namesRead(parent, node);
      if (read === null) complete = false;
      else for (const [name, at] of read) add(name, at);
    },
  });
  return { names: [...names.values()], complete };
}

/** Null where the use says nothing about names. */
function namesRead(parent: Node, identifier: Identifier): readonly (readonly [string, Node])[] | null {
  if (isMember(parent) && parent.object === identifier) {
    if (!parent.computed && parent.property.type === 'Identifier') {
      return [[parent.property.name, parent.property]];
    }
    const literal = parent.property.type === 'Literal' ? parent.property.value : null;
    return typeof literal === 'string' ? [[literal, parent.property]] : null;
  }
  if (parent.type === 'VariableDeclarator') {
    const { id } = parent as Node & { readonly id: Node };
    return id.type === 'ObjectPattern' ? patternNames(id as ObjectPattern) : null;
  }
  return null;
}

function isMember(node: Node): node is MemberExpression {
  return node.type === 'MemberExpression';
}

function patternNames(pattern: ObjectPattern): readonly (readonly [string, Node])[] | null {
  const names: (readonly [string, Node])[] = [];
  for (const property of pattern.properties) {
    if (property.type === 'RestElement' || property.computed || property.key.type !== 'Identifier')
      return null;
    names.push([property.key.name, property]);
  }
  return names;
}
