import type { AnyNode } from 'acorn';
import { bare, calledName, fixedText, isCall, isFunction, isNothing, isText, receiver } from '#lint/ast.ts';
import { callbackCalls } from '#lint/callback-calls.ts';
import type { Report, Rule } from '#lint/rule.ts';
import { errorsIn } from '#lint/rules/errors.ts';
import type { ScriptModel } from '#lint/script-model.ts';

const BAD_LOGIN =
  /\b(wrong|invalid|incorrect|bad)\b.{0,20}\b(user(name)?|e-?mail|credentials?|password|login)\b|\bpassword\b.{0,20}\b(mismatch|wrong|incorrect|invalid|not match|doesn.t match)/i;
const UNKNOWN_USER =
  /\b(user|account|customer|member|e-?mail|username|login)\b.{0,20}\b(not found|unknown|does ?n.t exist|does not exist|not exist)|\b(no such|unknown)\b.{0,10}\b(user|account|customer|member|e-?mail)/i;
const EXISTS = /\b(already|exists?|duplicate|taken|in use)\b/i;

/** The answers that each slot has for what is no breakdown: wrong password, unknown, taken. */
export const answerRule: Rule = (script, report) => {
  for (const { node, name } of errorsIn(script)) {
    const message = fixedText(node.arguments[0] ?? node)?.replaceAll('\ue000', ' ') ?? '';
    if (script.slot === 'login') loginError(script, node, name, message, report);
    if (script.slot === 'get_user') {
      if (name === 'WrongUsernameOrPasswordError' || (name === 'Error' && UNKNOWN_USER.test(message))) {
        report('script.not-found-as-error', node, 'A user who is not found is reported as an error.');
      }
    }
    if (script.slot === 'create') createError(node, name, message, report);
  }
  if (script.slot === 'login' || script.slot === 'get_user') {
    emptyAnswers(script, report);
    outages(script, report);
  }
};

function loginError(
  script: ScriptModel,
  node: Extract<AnyNode, { type: 'CallExpression' | 'NewExpression' }>,
  name: string,
  message: string,
  report: Report,
): void {
  if (name === 'Error' && (BAD_LOGIN.test(message) || UNKNOWN_USER.test(message))) {
    report('lint.wrong-password-as-error', node, 'Bad credentials are reported with a plain Error.');
  }
  if (name !== 'WrongUsernameOrPasswordError') return;
  const [first, second] = node.arguments;
  if (first === undefined) return;
  if (script.password !== null && script.variable(bare(first)) === script.password) {
    report(
      'lint.password-in-error',
      first,
      'The first argument is the password; it becomes the user id in the log.',
    );
  } else if (second === undefined && fixedText(first) !== null && / /.test(fixedText(first)!)) {
    report('lint.wrong-password-arguments', first, 'The message stands where the identifier belongs.');
  } else if (isUserError(script, first)) {
    report('lint.wrong-password-arguments', first, 'An error stands where the identifier belongs.');
  } else {
    mixedUp(script, first, second, report);
  }
}

function isUserError(script: ScriptModel, first: AnyNode): boolean {
  const at = bare(first);
  if (at.type !== 'Identifier' || !/^(e|err|error)$/.test(at.name)) return false;
  return script.variable(at) !== null;
}

function mixedUp(script: ScriptModel, first: AnyNode, second: AnyNode | undefined, report: Report): void {
  const text = second === undefined ? '' : (fixedText(second) ?? '');
  const isEmpty =
    isNothing(first) || (isText(bare(first)) && (bare(first) as { value?: unknown }).value === '');
  const wrongPassword = /\b(wrong|invalid|incorrect|bad) password\b/i.test(text);
  if (isEmpty && wrongPassword) {
    report('lint.wrong-password-arguments', first, 'A wrong password is reported as an unknown user.', {
      severity: 'note',
    });
  } else if (!isEmpty && UNKNOWN_USER.test(text) && script.inputs.includes(script.variable(bare(first))!)) {
    report('lint.wrong-password-arguments', first, 'An unknown user is reported as a wrong password.', {
      severity: 'note',
    });
  }
}

function createError(
  node: Extract<AnyNode, { type: 'CallExpression' | 'NewExpression' }>,
  name: string,
  message: string,
  report: Report,
): void {
  if (name === 'Error' && EXISTS.test(message)) {
    report(
      'lint.duplicate-as-plain-error',
      node,
      'A user who exists already is reported with a plain Error.',
    );
  }
  if (name !== 'ValidationError') return;
  const [code, text] = node.arguments;
  if (code === undefined || !isText(code) || code.value === 'user_exists') return;
  if (/ /.test(code.value)) {
    report('lint.validation-error-code', code, 'The message stands where the code of the error belongs.');
  } else if (EXISTS.test(`${code.value.replaceAll('_', ' ')} ${fixedText(text ?? code) ?? ''}`)) {
    report('lint.validation-error-code', code, `The code "${code.value}" says nothing to a tenant.`);
  }
}

function emptyAnswers(script: ScriptModel, report: Report): void {
  for (const { error, result } of callbackCalls(script)) {
    if (result === null || !isNothing(error)) continue;
    const value = bare(result);
    const isEmpty =
      (value.type === 'ObjectExpression' && value.properties.length === 0) ||
      (value.type === 'ArrayExpression' && value.elements.length === 0);
    if (isEmpty)
      report('script.not-found-as-empty-object', result, 'An empty value stands for "no such user".');
  }
}

/** A breakdown that is answered as if the user did not exist or had typed a wrong password. */
function outages(script: ScriptModel, report: Report): void {
  for (const { node, error, result } of callbackCalls(script)) {
    if (!isInFailure(script, node)) continue;
    if (script.slot === 'get_user' && isNothing(error) && isNothing(result)) {
      report('script.outage-as-not-found', node, 'When the lookup fails, the user counts as not found.');
    }
    const made = error === null ? null : script.value(error);
    if (
      script.slot === 'login' &&
      made?.type === 'NewExpression' &&
      calledName(made) === 'WrongUsernameOrPasswordError'
    ) {
      report('script.outage-as-wrong-password', node, 'When the lookup fails, the password counts as wrong.');
    }
  }
}

/** Straight inside `catch`, `.catch(() => …)` or `if (error)`, with no further question in between. */
function isInFailure(script: ScriptModel, node: AnyNode): boolean {
  let at = node;
  for (const up of script.ancestors(node)) {
    if (up.type === 'CatchClause') return !tryReads(script, up);
    if (up.type === 'IfStatement') return up.consequent === at && isErrorName(script, up.test);
    if (isFunction(up)) {
      const call = script.parent(up);
      const body = up.body === at;
      return body && isCall(call) && calledName(call) === 'catch' && receiver(call) !== null;
    }
    if (up.type === 'SwitchCase' || up.type === 'ConditionalExpression' || up.type === 'LogicalExpression') {
      return false;
    }
    at = up;
  }
  return false;
}

/** A `catch` that looks at its error first, in an earlier `if`, knows what it is doing. */
function tryReads(script: ScriptModel, clause: Extract<AnyNode, { type: 'CatchClause' }>): boolean {
  return clause.body.body.some((one) => one.type === 'IfStatement' || one.type === 'SwitchStatement');
}

function isErrorName(script: ScriptModel, test: AnyNode): boolean {
  const at = bare(test);
  if (at.type !== 'Identifier' || !/^(e|err|error|\w+(Err|Error))$/.test(at.name)) return false;
  return script.variable(at)?.defs[0]?.type === 'Parameter';
}
