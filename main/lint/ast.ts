import type {
  AnyNode,
  ArrowFunctionExpression,
  AssignmentProperty,
  CallExpression,
  FunctionDeclaration,
  FunctionExpression,
  Literal,
  MemberExpression,
  NewExpression,
  Property,
} from 'acorn';

export type FunctionNode = FunctionDeclaration | FunctionExpression | ArrowFunctionExpression;
export type AnyCall = CallExpression | NewExpression;

export function isFunction(node: AnyNode | null | undefined): node is FunctionNode {
  return (
    node?.type === 'FunctionDeclaration' ||
    node?.type === 'FunctionExpression' ||
    node?.type === 'ArrowFunctionExpression'
  );
}

/** In the order of the text, names of properties included. */
export function childrenOf(node: AnyNode): readonly AnyNode[] {
  const children: AnyNode[] = [];
  for (const value of Object.values(node) as unknown[]) {
    if (Array.isArray(value)) children.push(...value.filter(isNode));
    else if (isNode(value)) children.push(value);
  }
  return children.length < 2 ? children : children.sort((a, b) => a.start - b.start);
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && typeof (value as AnyNode).type === 'string';
}

/** Every node below and with `root`, outermost first. `enter` may answer false to leave out what is below. */
export function walk(root: AnyNode, enter: (node: AnyNode) => unknown): void {
  if (enter(root) === false) return;
  for (const child of childrenOf(root)) walk(child, enter);
}

/** Like `walk`, without the bodies of functions below `root`. */
export function walkOwn(root: AnyNode, enter: (node: AnyNode) => unknown): void {
  walk(root, (node) => (node !== root && isFunction(node) ? false : enter(node)));
}

export function some(root: AnyNode, test: (node: AnyNode) => boolean): boolean {
  let found = false;
  walk(root, (node) => {
    found ||= test(node);
    return !found;
  });
  return found;
}

/** Like `some`, without functions that are only declared or made there. */
export function someNow(root: AnyNode, test: (node: AnyNode) => boolean): boolean {
  if (isFunction(root)) return false;
  return test(root) || childrenOf(root).some((child) => someNow(child, test));
}

export function isCall(node: AnyNode | null | undefined): node is CallExpression {
  return node?.type === 'CallExpression';
}

export function isAnyCall(node: AnyNode | null | undefined): node is AnyCall {
  return node?.type === 'CallExpression' || node?.type === 'NewExpression';
}

/** `a?.b` and `(a)` are seen as what they hold. */
export function bare(node: AnyNode): AnyNode {
  return node.type === 'ChainExpression' || node.type === 'ParenthesizedExpression'
    ? bare(node.expression)
    : node;
}

/** The name of `.name`, `['name']` or `{ name: … }`; null where it is computed. */
export function propertyName(node: MemberExpression | Property | AssignmentProperty): string | null {
  const key = node.type === 'Property' ? node.key : node.property;
  if (key.type === 'Identifier' && !node.computed) return key.name;
  return key.type === 'Literal' && (typeof key.value === 'string' || typeof key.value === 'number')
    ? String(key.value)
    : null;
}

/** `c` for `a.b.c(…)` and for `c(…)`. */
export function calledName(call: AnyCall): string | null {
  const callee = bare(call.callee);
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' ? propertyName(callee) : null;
}

/** What a method is called on. */
export function receiver(call: AnyCall): AnyNode | null {
  const callee = bare(call.callee);
  return callee.type === 'MemberExpression' ? bare(callee.object) : null;
}

/** `a.b.c` as text; null for anything but names and dots. */
export function pathOf(given: AnyNode): string | null {
  const node = bare(given);
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'ThisExpression') return 'this';
  if (node.type !== 'MemberExpression') return null;
  const [left, right] = [pathOf(node.object), propertyName(node)];
  return left === null || right === null ? null : `${left}.${right}`;
}

export function isText(node: AnyNode | null | undefined): node is Literal & { readonly value: string } {
  return node?.type === 'Literal' && typeof node.value === 'string';
}

/** The text of a literal, or the fixed parts of a template or of a concatenation, joined by `\ue000`. */
export function fixedText(given: AnyNode): string | null {
  const node = bare(given);
  if (isText(node)) return node.value;
  if (node.type === 'TemplateLiteral') {
    return node.quasis.map(({ value }) => value.cooked ?? value.raw).join('\ue000');
  }
  if (node.type !== 'BinaryExpression' || node.operator !== '+') return null;
  const [left, right] = [fixedText(node.left), fixedText(node.right)];
  return left === null && right === null ? null : `${left ?? '\ue000'}${right ?? '\ue000'}`;
}

/** What is put between the fixed parts. */
export function variableParts(given: AnyNode): readonly AnyNode[] {
  const node = bare(given);
  if (isText(node)) return [];
  if (node.type === 'TemplateLiteral') return node.expressions;
  if (node.type === 'BinaryExpression' && node.operator === '+') {
    return [...variableParts(node.left), ...variableParts(node.right)];
  }
  return [node];
}

export function propertyOf(object: AnyNode | null | undefined, name: string): Property | null {
  if (object?.type !== 'ObjectExpression') return null;
  const found = object.properties.find((one) => one.type === 'Property' && propertyName(one) === name);
  return found?.type === 'Property' ? found : null;
}

export function hasSpread(object: AnyNode): boolean {
  return object.type === 'ObjectExpression' && object.properties.some((one) => one.type === 'SpreadElement');
}

export function isNothing(given: AnyNode | null | undefined): boolean {
  if (given === null || given === undefined) return true;
  const node = bare(given);
  if (node.type === 'UnaryExpression') return node.operator === 'void';
  return (
    (node.type === 'Literal' && node.value === null && node.raw === 'null') ||
    (node.type === 'Identifier' && node.name === 'undefined')
  );
}
