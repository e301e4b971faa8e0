import type { AnyNode, Program } from 'acorn';
import type { MarkedText, MarkScript } from '#engine/ports/mark-script.ts';
import { changedLines } from '#audit/changed-lines.ts';
import { type FunctionNode, isCall, isFunction, isNothing, isText, propertyName } from '#lint/ast.ts';
import { type CallbackCall, callbackCalls } from '#lint/callback-calls.ts';
import { modelOf, type ScriptModel, type Variable } from '#lint/script-model.ts';
import { isParseError, parseScript } from '#project/parse-script.ts';

const NAME = 'withMigrationMarker';
/** Whoever writes one of these keys marks migrated users already. */
const MARKER_KEYS: ReadonlySet<string> = new Set(['userferry', 'lazyMigration']);

interface Refusal {
  readonly reason: string;
  readonly line: number | null;
}

/** Wraps every profile that the script calls back, by its syntax tree. */
export const markScript: MarkScript = (text, slot) => {
  const parsed = parseScript(text);
  if (isParseError(parsed)) return refused(`it cannot be parsed: ${parsed.message}`, parsed.line);
  const fn = soleFunction(parsed as AnyNode);
  if (fn === null) return refused('it is not one function', null);
  if (fn.body.type !== 'BlockStatement') return refused('its function has no body in braces', lineOf(fn));
  const script = modelOf(text, slot, fn);
  if (isMarked(script)) return { kind: 'marked-already' };
  if (script.callback === null) return refused('its function has no callback parameter', lineOf(fn));
  const trouble = leaks(script, script.callback) ?? unclear(callbackCalls(script));
  if (trouble !== null) return refused(trouble.reason, trouble.line);
  const profiles = callbackCalls(script).flatMap(({ result }) =>
    result === null || isNothing(result) ? [] : [result],
  );
  if (profiles.length === 0) return refused('no call of the callback hands over a profile', null);
  return marked(text, slot, fn.body.body, fn.body.start + 1, profiles);
};

function refused(reason: string, line: number | null): MarkedText {
  return { kind: 'refused', reason, line };
}

function soleFunction(node: AnyNode): FunctionNode | null {
  if (isFunction(node)) return node;
  const [only, ...others] = (node as Program).body ?? [];
  if (only === undefined || others.length > 0) return null;
  if (isFunction(only)) return only;
  return only.type === 'ExpressionStatement' && isFunction(only.expression) ? only.expression : null;
}

function isMarked(script: ScriptModel): boolean {
  return script.nodes.some(
    (node) =>
      (node.type === 'FunctionDeclaration' && node.id?.name === NAME) ||
      (node.type === 'Property' && MARKER_KEYS.has(propertyName(node) ?? '')),
  );
}

/** The first use of the callback that is not a call: a profile could pass there without being seen. */
function leaks(script: ScriptModel, callback: Variable): Refusal | null {
  for (const { identifier } of callback.references) {
    const node = identifier as unknown as AnyNode;
    const parent = script.parent(node);
    if (parent === null || isCalled(parent, node) || takesErrorsOnly(parent, node)) continue;
    if (parent.type === 'UnaryExpression' && parent.operator === 'typeof') continue;
    if (parent.type === 'VariableDeclarator' && parent.init === node && parent.id.type === 'Identifier') {
      const alias = script.variable(parent.id);
      const trouble = alias === null ? lost(node) : leaks(script, alias);
      if (trouble !== null) return trouble;
      continue;
    }
    // The declaration of the alias itself.
    if (parent.type === 'VariableDeclarator' && parent.id === node) continue;
    return lost(node);
  }
  return null;
}

function lost(node: AnyNode): Refusal {
  return { reason: 'the callback is handed on, so that a profile could pass unseen', line: lineOf(node) };
}

function isCalled(parent: AnyNode, node: AnyNode): boolean {
  return isCall(parent) && parent.callee === node;
}

/** `.catch(callback)` and `.then(…, callback)`. */
function takesErrorsOnly(parent: AnyNode, node: AnyNode): boolean {
  if (!isCall(parent) || parent.callee.type !== 'MemberExpression') return false;
  const name = propertyName(parent.callee);
  return (
    (name === 'catch' && parent.arguments[0] === node) || (name === 'then' && parent.arguments[1] === node)
  );
}

function unclear(calls: readonly CallbackCall[]): Refusal | null {
  for (const call of calls) {
    if (call.arguments.some((one) => one.type === 'SpreadElement')) {
      return { reason: 'the callback is called with a spread of arguments', line: lineOf(call.node) };
    }
  }
  return null;
}

function marked(
  text: string,
  slot: 'login' | 'get_user',
  body: readonly AnyNode[],
  bodyStart: number,
  profiles: readonly AnyNode[],
): MarkedText {
  const name = freeName(text);
  // Directives such as 'use strict' count only as the first thing in a body.
  const directives = body.filter((one, index) => isDirective(one) && body.slice(0, index).every(isDirective));
  const insertions = [
    { at: directives.at(-1)?.end ?? bodyStart, text: `\n${helper(name, slot)}` },
    ...profiles.flatMap((one) => [
      { at: one.start, text: `${name}(` },
      { at: one.end, text: ')' },
    ]),
  ].sort((a, b) => a.at - b.at);
  let [result, from] = ['', 0];
  for (const one of insertions) {
    result += text.slice(from, one.at) + one.text;
    from = one.at;
  }
  result += text.slice(from);
  return {
    kind: 'changed',
    text: result,
    diff: changedLines(text, insertions),
    places: profiles.map(lineOf),
  };
}

function isDirective(node: AnyNode): boolean {
  return node.type === 'ExpressionStatement' && isText(node.expression);
}

function freeName(text: string): string {
  for (let number = 2, name = NAME; ; name = `${NAME}${number++}`) if (!text.includes(name)) return name;
}

/** What is no object, such as the null of an unknown user, goes through as it is. */
function helper(name: string, slot: string): string {
  return `  // Says who was migrated and when, so that an audit of the tenant can tell: app_metadata.userferry.
  function ${name}(profile) {
    if (profile === null || typeof profile !== 'object' || Array.isArray(profile)) return profile;
    const plain = typeof profile.toJSON === 'function' ? profile.toJSON() : profile;
    const own = plain.app_metadata;
    if (own && typeof own !== 'object') return profile;
    const userferry = { migratedAt: new Date().toISOString(), by: '${slot}' };
    return Object.assign({}, plain, { app_metadata: Object.assign({}, own, { userferry }) });
  }
`;
}

function lineOf(node: AnyNode): number {
  return node.loc!.start.line;
}
