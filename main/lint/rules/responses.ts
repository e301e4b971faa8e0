import type { AnyNode } from 'acorn';
import { bare, calledName, type FunctionNode, isCall, isFunction, propertyName, some } from '#lint/ast.ts';
import type { Report, Rule } from '#lint/rule.ts';
import { destructuredFrom, type ScriptModel } from '#lint/script-model.ts';
import { sqlTexts } from '#lint/sql.ts';

/** Answers that are taken for granted. */
export const responseRule: Rule = (script, report) => {
  let rowReported = false;
  for (const node of script.nodes) {
    if (node.type === 'CatchClause' && node.param?.type === 'Identifier') {
      errorResponse(script, node.body, node.param, report);
    }
    if (isCall(node)) {
      rejectedResponse(script, node, report);
      requestStatus(script, node, report);
    }
    // One is enough: they all have the same cure.
    if (node.type === 'MemberExpression' && !rowReported) rowReported = firstRow(script, node, report);
  }
  fetchStatus(script, report);
};

function rejectedResponse(
  script: ScriptModel,
  node: Extract<AnyNode, { type: 'CallExpression' }>,
  report: Report,
): void {
  const name = calledName(node);
  const handler = name === 'catch' ? node.arguments[0] : name === 'then' ? node.arguments[1] : undefined;
  const fn = handler === undefined ? null : script.localFunction(handler);
  const param = fn?.params[0];
  if (fn !== null && fn !== undefined && param?.type === 'Identifier')
    errorResponse(script, fn.body, param, report);
}

/** `error.response.status` of a request that never got a response. */
function errorResponse(script: ScriptModel, body: AnyNode, param: AnyNode, report: Report): void {
  if (script.requires('axios', 'superagent', 'got') === null) return;
  const error = script.variable(param);
  const isResponse = (node: AnyNode) => {
    const at = bare(node);
    return (
      at.type === 'MemberExpression' &&
      script.variable(at.object) === error &&
      propertyName(at) === 'response'
    );
  };
  let first: AnyNode | null = null;
  let asked = false;
  const visit = (node: AnyNode) => {
    const up = script.parent(node);
    if (node.type === 'MemberExpression' && isResponse(node.object) && !node.optional) first ??= node;
    if (isResponse(node) && up?.type !== 'MemberExpression') asked = true;
    if (node.type === 'MemberExpression' && isResponse(node.object) && node.optional) asked = true;
    return false;
  };
  some(body, visit);
  if (first !== null && !asked && error !== null) {
    report(
      'lint.response-not-checked',
      first,
      `"${error.name}.response" is missing when no answer came at all.`,
    );
  }
}

/** A request whose answer counts whatever its status. */
function requestStatus(
  script: ScriptModel,
  node: Extract<AnyNode, { type: 'CallExpression' }>,
  report: Report,
): void {
  const used = destructuredFrom(script, node.callee)?.module ?? script.moduleOf(node.callee);
  const isFree = script.isFree(bare(node.callee)) && calledName(node) === 'request';
  if (used?.name !== 'request' && !isFree) return;
  const handler = script.localFunction(node.arguments.at(-1) ?? node);
  if (handler === null || handler.params.length < 1) return;
  if (!asksStatus(handler))
    report('lint.status-ignored', node, 'The status of the answer is never looked at.');
}

function asksStatus(handler: FunctionNode): boolean {
  return some(
    handler,
    (one) => one.type === 'MemberExpression' && /^(statusCode|status|ok)$/.test(propertyName(one) ?? ''),
  );
}

function fetchStatus(script: ScriptModel, report: Report): void {
  const call = script.nodes.find(
    (node) =>
      isCall(node) &&
      node.callee.type === 'Identifier' &&
      node.callee.name === 'fetch' &&
      script.isFree(node.callee),
  );
  if (call === undefined) return;
  const asks = script.nodes.some((node) => {
    if (node.type === 'MemberExpression') return /^(ok|status)$/.test(propertyName(node) ?? '');
    return node.type === 'Property' && /^(ok|status)$/.test(propertyName(node) ?? '');
  });
  if (!asks) report('lint.status-ignored', call, 'The status of the answer is never looked at.');
}

/** `rows[0].email`, where nothing asks whether there is a row. */
function firstRow(
  script: ScriptModel,
  node: Extract<AnyNode, { type: 'MemberExpression' }>,
  report: Report,
): boolean {
  if (!node.computed || node.property.type !== 'Literal' || node.property.value !== 0) return false;
  if (sqlTexts(script).length === 0 || asksCount(script)) return false;
  const list = bare(node.object);
  const path = list.type === 'MemberExpression' ? bare(list.object) : list;
  const variable = script.variable(path);
  if (variable === null || !/^(rows|results?|records?|recordset|res)$/i.test(variable.name)) return false;
  const uses = variable.references.map(({ identifier }) => identifier as unknown as AnyNode);
  if (uses.some((use) => isAsked(script, use))) return false;
  const up = script.parent(node);
  if (up?.type === 'MemberExpression' && up.object === node && !up.optional) {
    report('lint.row-not-checked', node, 'Nothing asks whether there is a row.');
    return true;
  }
  return up?.type === 'VariableDeclarator' && up.id.type === 'Identifier' && heldRow(script, up.id, report);
}

/** Drivers give the number of rows separately, too. */
function asksCount(script: ScriptModel): boolean {
  return script.nodes.some((node) => {
    if (node.type !== 'IfStatement' && node.type !== 'ConditionalExpression') return false;
    return some(node.test, (one) => one.type === 'Identifier' && /count$/i.test(one.name));
  });
}

function heldRow(script: ScriptModel, name: AnyNode, report: Report): boolean {
  const row = script.variable(name);
  const uses = (row?.references ?? [])
    .map(({ identifier }) => identifier as unknown as AnyNode)
    .filter((one) => one !== name);
  if (row === null || uses.length === 0 || uses.some((use) => isAsked(script, use))) return false;
  const plain = uses.every((use) => {
    const up = script.parent(use);
    return up?.type === 'MemberExpression' && up.object === use && !up.optional;
  });
  if (plain) report('lint.row-not-checked', uses[0]!, `Nothing asks whether "${row.name}" is there.`);
  return plain;
}

/** It stands in a question, is counted, or goes to somebody who may ask. */
function isAsked(script: ScriptModel, use: AnyNode): boolean {
  let at = use;
  for (const up of script.ancestors(use)) {
    switch (up.type) {
      case 'MemberExpression':
        if (
          up.optional ||
          /^(length|rowCount|forEach|map|find|filter|some|every|at|shift|pop)$/.test(propertyName(up) ?? '')
        )
          return true;
        break;
      case 'IfStatement':
      case 'ConditionalExpression':
      case 'WhileStatement':
        return up.test === at;
      case 'LogicalExpression':
      case 'UnaryExpression':
      case 'SpreadElement':
      case 'ForOfStatement':
      case 'TryStatement':
        return up.type !== 'TryStatement' || up.handler !== null;
      case 'CallExpression':
        return up.arguments.some((one) => one === at) && at === use;
      default:
        if (isFunction(up)) return false;
    }
    at = up;
  }
  return false;
}
