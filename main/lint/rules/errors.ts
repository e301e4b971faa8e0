import type { AnyNode } from 'acorn';
import {
  type AnyCall,
  bare,
  fixedText,
  isAnyCall,
  isNothing,
  isText,
  pathOf,
  propertyName,
  some,
  variableParts,
} from '#lint/ast.ts';
import { callbackCalls } from '#lint/callback-calls.ts';
import type { Report, Rule } from '#lint/rule.ts';
import type { ScriptModel } from '#lint/script-model.ts';

export const ERROR_CLASSES = [
  'Error',
  'WrongUsernameOrPasswordError',
  'ValidationError',
  'UnauthorizedError',
];

/** `new Error(…)` and the classes of the tenant, with the class's name. */
export function errorsIn(script: ScriptModel): readonly { readonly node: AnyCall; readonly name: string }[] {
  return script.nodes.flatMap((node) => {
    if (!isAnyCall(node) || node.callee.type !== 'Identifier' || !script.isFree(node.callee)) return [];
    return /^\w*Error$/.test(node.callee.name) ? [{ node, name: node.callee.name }] : [];
  });
}

/** What the callback gets as its error, and what error messages are made of. */
export const errorRule: Rule = (script, report) => {
  for (const { error } of callbackCalls(script)) {
    if (error === null || isNothing(error)) continue;
    const value = script.value(error);
    if (fixedText(value) !== null) {
      report('script.error-is-no-error', error, 'The callback gets a text as its error.');
    } else if (value.type === 'ObjectExpression') {
      report('script.error-is-no-error', error, 'The callback gets a plain object as its error.');
    } else {
      reportLostProperties(script, error, report);
    }
  }
  for (const { node, name } of errorsIn(script)) reportMessage(script, node, name, report);
};

const SURVIVE = /^(name|message|code|description|user_id|stack|status_code)$/;

function reportLostProperties(script: ScriptModel, error: AnyNode, report: Report): void {
  const variable = script.variable(bare(error));
  if (variable === null) return;
  const made = script.value(error);
  if (made.type !== 'NewExpression') return;
  for (const { identifier } of variable.references) {
    const member = script.parent(identifier as unknown as AnyNode);
    if (member?.type !== 'MemberExpression' || (member.object as unknown) !== identifier) continue;
    const up = script.parent(member);
    const name = propertyName(member);
    if (up?.type !== 'AssignmentExpression' || up.left !== member || name === null || SURVIVE.test(name))
      continue;
    report(
      'script.error-loses-data',
      member,
      `The property "${name}" of the error does not leave the script.`,
    );
  }
}

/** Last names of values that say more than a user should read. */
const TELLING = /^(stack|sql|sqlMessage|query|detail|where|config|request)$/;

function reportMessage(script: ScriptModel, node: AnyCall, name: string, report: Report): void {
  const message =
    node.arguments[name === 'WrongUsernameOrPasswordError' || name === 'ValidationError' ? 1 : 0];
  if (message === undefined) return;
  const parts = fixedText(message) === null ? [bare(message)] : variableParts(message);
  for (const part of parts) {
    if (some(part, (one) => script.password !== null && script.variable(one) === script.password)) {
      report('lint.password-in-error', part, 'The error message contains the password.');
    } else if (some(part, (one) => script.isFree(one) && one.name === 'configuration')) {
      report('lint.error-message-leaks', part, 'The error message contains a value of the configuration.');
    } else {
      reportTelling(script, part, report);
    }
  }
}

function reportTelling(script: ScriptModel, part: AnyNode, report: Report): void {
  const at = bare(part);
  const last = at.type === 'MemberExpression' ? (propertyName(at) ?? '') : '';
  const root = (pathOf(at) ?? '').split('.')[0] ?? '';
  const isError = /^(e|ex|er|err|error|\w+(Err|Error))$/.test(root);
  const isSql =
    at.type === 'Identifier' && (isText(script.value(at)) || /^(sql|query|statement)$/i.test(at.name));
  if (isSql && /sql|query|statement/i.test(root)) {
    report('lint.error-message-leaks', part, 'The error message contains the statement.');
  } else if (isError && TELLING.test(last)) {
    report('lint.error-message-leaks', part, `The error message contains "${root}.${last}".`);
  } else if (isError && (at.type === 'Identifier' || last === 'message')) {
    report('lint.error-message-leaks', part, `The error message contains what "${root}" says.`, {
      severity: 'note',
    });
  }
}
