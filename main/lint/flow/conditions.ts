import type { AnyNode } from 'acorn';
import { bare, isNothing, propertyName } from '#lint/ast.ts';
import { union, type Path, type PathSet } from '#lint/flow/path-set.ts';
import type { ScriptModel, Variable } from '#lint/script-model.ts';

/** Facts name variables by number: `#3.length`; two variables of the same name never mix. */
export interface Naming {
  key(node: AnyNode): string | null;
  variableKey(variable: Variable): string;
}

export function createNaming(script: ScriptModel): Naming {
  const numbers = new Map<Variable, number>();
  const variableKey = (variable: Variable) => {
    if (!numbers.has(variable)) numbers.set(variable, numbers.size + 1);
    return `#${numbers.get(variable)!}#`;
  };
  const key = (given: AnyNode): string | null => {
    const node = bare(given);
    switch (node.type) {
      case 'Identifier': {
        const variable = script.variable(node);
        return variable === null ? node.name : variableKey(variable);
      }
      case 'Literal':
        return node.raw ?? String(node.value);
      case 'MemberExpression': {
        const [object, name] = [key(node.object), propertyName(node)];
        return object === null || name === null ? null : `${object}.${name}`;
      }
      case 'UnaryExpression': {
        const inner = key(node.argument);
        return inner === null || node.operator === 'delete' ? null : `${node.operator} ${inner}`;
      }
      case 'BinaryExpression': {
        const [left, right] = [key(node.left), key(node.right)];
        return left === null || right === null ? null : `${left} ${node.operator} ${right}`;
      }
      default:
        return null;
    }
  };
  return { key, variableKey };
}

/** The paths on which `test` has the given truth, with what follows from it; impossible ones are left out. */
export function assume(paths: PathSet, test: AnyNode, truth: boolean, naming: Naming): PathSet {
  const node = bare(test);
  if (node.type === 'UnaryExpression' && node.operator === '!') {
    return assume(paths, node.argument, !truth, naming);
  }
  if (node.type === 'LogicalExpression' && node.operator !== '??') {
    const both = (node.operator === '&&') === truth;
    const first = assume(paths, node.left, truth, naming);
    if (both) return assume(first, node.right, truth, naming);
    const rest = assume(paths, node.left, !truth, naming);
    return union(first, assume(rest, node.right, truth, naming));
  }
  if (node.type === 'Literal') return Boolean(node.value) === truth ? paths : [];
  if (node.type === 'BinaryExpression') return assumeComparison(paths, node, truth, naming);
  if (node.type === 'CallExpression' && isBooleanCast(node.callee) && node.arguments.length === 1) {
    return assume(paths, node.arguments[0]!, truth, naming);
  }
  return withFact(paths, naming.key(node), truth);
}

function isBooleanCast(callee: AnyNode): boolean {
  return callee.type === 'Identifier' && callee.name === 'Boolean';
}

type Comparison = Extract<AnyNode, { type: 'BinaryExpression' }>;

function assumeComparison(paths: PathSet, node: Comparison, truth: boolean, naming: Naming): PathSet {
  const { operator, left, right } = node;
  const equal = operator === '===' || operator === '==';
  if (equal || operator === '!==' || operator === '!=') {
    const holds = equal === truth;
    if (isNothing(right) || isNothing(left)) {
      const subject = naming.key(isNothing(right) ? left : right);
      return withFact(withFact(paths, subject, holds ? false : null), nullKey(subject), holds);
    }
    if (right.type === 'Literal' && right.value === 0 && isLength(left)) {
      return withFact(paths, naming.key(left), !holds);
    }
    if (right.type === 'Literal' && typeof right.value === 'boolean') {
      const subject = naming.key(left);
      return holds ? withFact(paths, subject, right.value) : withFact(paths, key(subject, node), false);
    }
    const [a, b] = [naming.key(left), naming.key(right)];
    return a === null || b === null ? paths : withFact(paths, `${a} === ${b}`, holds);
  }
  if (operator === 'instanceof' && truth) return withFact(paths, naming.key(left), true);
  if (isLength(left) && right.type === 'Literal') {
    const some = `${operator} ${String(right.value)}`;
    if (some === '> 0' || some === '>= 1') return withFact(paths, naming.key(left), truth);
    if (some === '< 1' || some === '<= 0') return withFact(paths, naming.key(left), !truth);
  }
  return withFact(paths, naming.key(node), truth);
}

const key = (subject: string | null, node: Comparison) =>
  subject === null || node.right.type !== 'Literal' ? null : `${subject} is ${String(node.right.value)}`;

function nullKey(subject: string | null): string | null {
  return subject === null ? null : `${subject} is null`;
}

/** Lengths and row counts: comparing them with 0 is asking whether they are anything. */
function isLength(node: AnyNode): boolean {
  const at = bare(node);
  if (at.type === 'Identifier') return /count$/i.test(at.name);
  return (
    at.type === 'MemberExpression' && /^(length|size|.*count|affectedRows)$/i.test(propertyName(at) ?? '')
  );
}

/** The oldest are forgotten first; a script asks again for what matters shortly before it matters. */
const MOST_FACTS = 16;

function withFact(paths: PathSet, name: string | null, truth: boolean | null): PathSet {
  if (name === null || truth === null) return paths;
  return paths.flatMap((path) => {
    const known = path.facts.get(name);
    if (known === truth) return [path];
    if (known !== undefined) return [];
    // Whoever is true is not null, and whoever is null is not true.
    if (truth && path.facts.get(`${name} is null`) === true) return [];
    const facts = new Map(path.facts).set(name, truth);
    if (facts.size > MOST_FACTS) facts.delete(facts.keys().next().value!);
    return [{ ...path, facts }];
  });
}

/** Forgets everything that mentions the variable, then remembers the truth of its new value where it is plain. */
export function assign(path: Path, variableKey: string, value: AnyNode | null, naming: Naming): Path {
  const facts = new Map([...path.facts].filter(([name]) => !name.includes(variableKey)));
  const truth = value === null ? false : plainTruth(bare(value));
  if (truth !== null) facts.set(variableKey, truth);
  const source = value === null ? null : naming.key(value);
  const known = source === null ? undefined : path.facts.get(source);
  if (truth === null && known !== undefined) facts.set(variableKey, known);
  return { ...path, facts };
}

function plainTruth(node: AnyNode): boolean | null {
  if (isNothing(node)) return false;
  if (node.type === 'Literal') return Boolean(node.value);
  if (node.type === 'ObjectExpression' || node.type === 'ArrayExpression' || node.type === 'NewExpression') {
    return true;
  }
  return null;
}

/** After a call only what nobody else can change is still known. */
export function forget(path: Path, volatile: ReadonlySet<string>): Path {
  if (volatile.size === 0 || path.facts.size === 0) return path;
  const kept = [...path.facts].filter(([name]) => ![...volatile].some((one) => name.includes(one)));
  return kept.length === path.facts.size ? path : { ...path, facts: new Map(kept) };
}
