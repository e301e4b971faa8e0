import type { AnyNode } from 'acorn';
import { bare, calledName, isCall, pathOf, propertyName } from '#lint/ast.ts';
import type { Report, Rule } from '#lint/rule.ts';
import type { ScriptModel } from '#lint/script-model.ts';
import { configurationUses } from '#project/configuration-uses.ts';
import { didYouMean } from '#project/did-you-mean.ts';

/** How the script uses the settings of its connection. */
export const configurationRule: Rule = (script, report, { configurationNames }) => {
  if (configurationNames !== null) {
    for (const { name, line, column } of configurationUses(script.fn).names) {
      if (configurationNames.includes(name)) continue;
      const message = `configuration.${name} is not defined.${didYouMean(name, configurationNames)}`;
      report('lint.configuration-undefined', { line, column: column - 1 }, message);
    }
  }
  for (const node of script.nodes) {
    if (node.type === 'BinaryExpression') compared(script, node, report);
    if (node.type === 'AssignmentExpression') written(script, node.left, report);
    if (node.type === 'UpdateExpression') written(script, node.argument, report);
    if (node.type === 'UnaryExpression' && node.operator === 'delete') written(script, node.argument, report);
    if (isCall(node) && pathOf(node.callee) === 'Object.assign') {
      const target = node.arguments[0];
      if (target !== undefined && isConfiguration(script, target)) {
        report('lint.configuration-written', node, 'The configuration is changed.');
      }
    }
    truthy(script, node, report);
  }
};

export function isConfiguration(script: ScriptModel, given: AnyNode): boolean {
  const node = script.value(given);
  return script.isFree(node) && node.name === 'configuration';
}

/** `X` for `configuration.X`. */
export function configurationName(script: ScriptModel, given: AnyNode): string | null {
  const node = bare(given);
  return node.type === 'MemberExpression' && isConfiguration(script, node.object) ? propertyName(node) : null;
}

function compared(
  script: ScriptModel,
  node: Extract<AnyNode, { type: 'BinaryExpression' }>,
  report: Report,
): void {
  if (!/^[!=]==?$/.test(node.operator) || node.left.type === 'PrivateIdentifier') return;
  const name = configurationName(script, node.left) ?? configurationName(script, node.right);
  const other = configurationName(script, node.left) === null ? node.left : node.right;
  if (name === null || other.type !== 'Literal') return;
  const { value } = other;
  if (typeof value !== 'boolean' && !(typeof value === 'number' && node.operator.length === 3)) return;
  report(
    'lint.configuration-boolean',
    node,
    `configuration.${name} is a text and never equal to ${String(value)}.`,
  );
}

function written(script: ScriptModel, target: AnyNode, report: Report): void {
  const at = bare(target);
  if (at.type !== 'MemberExpression' || !isConfiguration(script, at.object)) return;
  report('lint.configuration-written', target, 'The configuration is changed.');
}

const SWITCH =
  /^(use|enable|is|has|allow|disable|require|verify)_|_?(enabled|disabled|tls|ssl|debug|secure|encrypt)$/i;

/** `if (configuration.USE_TLS)`: the text "false" counts as true. */
function truthy(script: ScriptModel, node: AnyNode, report: Report): void {
  const test =
    node.type === 'IfStatement' || node.type === 'ConditionalExpression'
      ? node.test
      : node.type === 'UnaryExpression' && node.operator === '!'
        ? node.argument
        : null;
  const name = test === null ? null : configurationName(script, test);
  if (name !== null && SWITCH.test(name)) {
    report('lint.configuration-truthy', test!, `configuration.${name} is true for every text, "false" too.`);
  }
}

const LEVELS = /^(log|info|warn|error|debug|trace|dir)$/;

/** What goes to the console. */
export const logRule: Rule = (script, report) => {
  for (const node of script.nodes) {
    if (!isCall(node)) continue;
    const callee = bare(node.callee);
    if (callee.type !== 'MemberExpression' || pathOf(callee.object) !== 'console') continue;
    if (!LEVELS.test(calledName(node) ?? '')) continue;
    for (const argument of node.arguments) logged(script, argument, report);
  }
};

const PERSONAL = /^(user|profile|row|rows|result|results|account|customer|response|body)$/;

function logged(script: ScriptModel, argument: AnyNode, report: Report): void {
  for (const part of shown(argument)) {
    const variable = script.variable(part);
    if (isConfiguration(script, part) || configurationName(script, part) !== null) {
      report('lint.configuration-logged', part, 'A value of the configuration goes to the log.');
    } else if (isPassword(script, part)) {
      report('lint.password-logged', part, 'The password goes to the log.');
    } else if (
      part.type === 'Identifier' &&
      part.name === 'arguments' &&
      (variable?.defs.length ?? 0) === 0
    ) {
      report('lint.password-logged', part, 'All parameters go to the log, the password with them.');
    } else if (variable !== null && (script.inputs.includes(variable) || PERSONAL.test(variable.name))) {
      report('lint.identity-logged', part, `"${variable.name}" goes to the log.`);
    }
  }
}

function isPassword(script: ScriptModel, part: AnyNode): boolean {
  const variable = script.variable(part);
  if (script.password !== null && variable === script.password) return true;
  if (script.slot !== 'create') return false;
  const user = script.inputs[0];
  if (user === undefined) return false;
  if (variable === user) return true;
  return (
    part.type === 'MemberExpression' &&
    script.variable(part.object) === user &&
    propertyName(part) === 'password'
  );
}

/** The values that end up in the output: parts of texts, and what is turned into JSON. */
function shown(given: AnyNode): readonly AnyNode[] {
  const node = bare(given);
  switch (node.type) {
    case 'TemplateLiteral':
      return node.expressions.flatMap((one) => shown(one));
    case 'BinaryExpression':
      return node.operator === '+' && node.left.type !== 'PrivateIdentifier'
        ? [...shown(node.left), ...shown(node.right)]
        : [];
    case 'ObjectExpression':
      return node.properties.flatMap((one) => shown(one.type === 'Property' ? one.value : one.argument));
    case 'ArrayExpression':
      return node.elements.flatMap((one) => (one === null ? [] : shown(one)));
    case 'CallExpression':
      return /^(stringify|inspect|String)$/.test(calledName(node) ?? '')
        ? node.arguments.slice(0, 1).flatMap((one) => shown(one))
        : [];
    default:
      return [node];
  }
}
