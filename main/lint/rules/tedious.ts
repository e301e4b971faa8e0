import type { AnyNode } from 'acorn';
import {
  bare,
  calledName,
  fixedText,
  hasSpread,
  isCall,
  isFunction,
  propertyName,
  propertyOf,
} from '#lint/ast.ts';
import type { Report, Rule } from '#lint/rule.ts';
import { major } from '#lint/rules/drivers.ts';
import { destructuredFrom, type ScriptModel } from '#lint/script-model.ts';
import { sqlTexts } from '#lint/sql.ts';

/** The driver of SQL Server: its configuration, its rows, its dialect. */
export const tediousRule: Rule = (script, report) => {
  const module = script.requires('tedious');
  if (module === null && script.requires('mssql') === null) return;
  dialect(script, report);
  if (module === null) return;
  for (const node of script.nodes) {
    if (node.type !== 'NewExpression') continue;
    const name = destructuredFrom(script, node.callee);
    if (name?.module !== module) continue;
    if (name.name === 'Connection') connection(script, node, major(module, 19), report);
    if (name.name === 'Request') rowsWithoutOption(script, node, report);
  }
  columnsByName(script, report);
};

type New = Extract<AnyNode, { type: 'NewExpression' }>;

function connection(script: ScriptModel, node: New, version: number, report: Report): void {
  if (version < 9) return;
  const config = node.arguments[0] === undefined ? null : script.value(node.arguments[0]);
  if (config?.type === 'ObjectExpression' && !hasSpread(config)) {
    const old = propertyOf(config, 'userName') ?? propertyOf(config, 'password');
    if (old !== null && propertyOf(config, 'authentication') === null) {
      report('lint.tedious-old-configuration', old, 'This driver does not look at user and password here.');
    }
    const options = propertyOf(config, 'options');
    const port = propertyOf(options === null ? null : script.value(options.value), 'port');
    if (port !== null && isConfigurationValue(script, port.value)) {
      report('lint.tedious-port-text', port.value, 'The port is a text here, and the driver wants a number.');
    }
  }
  const connects = script.nodes.some((one) => isCall(one) && calledName(one) === 'connect');
  if (!connects)
    report('lint.tedious-no-connect', node, 'Nothing in the script calls "connect" of this connection.');
}

function isConfigurationValue(script: ScriptModel, given: AnyNode): boolean {
  const node = script.value(given);
  return (
    node.type === 'MemberExpression' && script.isFree(node.object) && node.object.name === 'configuration'
  );
}

function hasOption(script: ScriptModel, name: string): boolean {
  return script.nodes.some((one) => {
    if (one.type !== 'Property' || propertyName(one) !== name) return false;
    return !(one.value.type === 'Literal' && one.value.value === false);
  });
}

/** The third argument of a request's callback stays empty without an option. */
function rowsWithoutOption(script: ScriptModel, node: New, report: Report): void {
  if (hasOption(script, 'rowCollectionOnRequestCompletion')) return;
  const handler = script.localFunction(node.arguments[1] ?? node);
  const rows = handler?.params[2];
  if (rows === undefined || rows.type !== 'Identifier') return;
  if ((script.variable(rows)?.references.length ?? 0) > 0) {
    report('lint.tedious-rows-empty', rows, `"${rows.name}" never holds a row.`);
  }
}

const OWN = /^(metadata|type|value)$/;

/** `row.Email.value` where rows are lists. */
function columnsByName(script: ScriptModel, report: Report): void {
  if (hasOption(script, 'useColumnNames')) return;
  for (const node of script.nodes) {
    if (node.type !== 'MemberExpression' || propertyName(node) !== 'value') continue;
    const column = bare(node.object);
    if (column.type !== 'MemberExpression' || column.computed) continue;
    const name = propertyName(column) ?? '';
    if (OWN.test(name) || !isRow(script, column.object)) continue;
    report(
      'lint.tedious-column-names',
      node,
      `Rows of this connection are lists; there is no "${name}" on them.`,
    );
    return;
  }
}

/** `rows[0]`, a variable that holds it, or the parameter of a handler of "row". */
function isRow(script: ScriptModel, given: AnyNode): boolean {
  const node = script.value(given);
  if (node.type === 'MemberExpression') return node.computed && node.property.type === 'Literal';
  if (node.type !== 'Identifier') return false;
  const definition = script.variable(node)?.defs[0];
  const fn = definition?.type === 'Parameter' ? (definition.node as unknown as AnyNode) : null;
  const call = fn === null ? null : script.parent(fn);
  return isFunction(fn) && isCall(call) && fixedText(call.arguments[0] ?? call) === 'row';
}

function dialect(script: ScriptModel, report: Report): void {
  for (const { node, text } of sqlTexts(script)) {
    if (/^\s*insert\s+into\s+\S+\s+set\b/i.test(text)) {
      report('lint.sql-dialect', node, 'SQL Server has no "INSERT … SET".');
    } else if (/(=|<>)\s*(true|false)\b/i.test(text)) {
      report('lint.sql-dialect', node, 'SQL Server has no true and false.');
    } else if (/\blimit\s+[\d@?]+\s*;?\s*$/i.test(text)) {
      report('lint.sql-dialect', node, 'SQL Server has no LIMIT.');
    }
  }
}
