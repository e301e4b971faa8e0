import type { AnyNode } from 'acorn';
import { bare, isAnyCall, calledName, isFunction, propertyName, some } from '#lint/ast.ts';
import type { Report, Rule } from '#lint/rule.ts';
import { destructuredFrom, type ScriptModel } from '#lint/script-model.ts';
import { madeFrom } from '#lint/taint.ts';

/** What the script keeps between calls, and connections that it does not keep. */
export const globalRule: Rule = (script, report) => {
  const isUserData = madeFrom(script, script.inputs, { results: true });
  for (const node of script.nodes) {
    if (node.type !== 'AssignmentExpression') continue;
    const name = globalName(script, node.left);
    if (name === null) continue;
    if (keyIsUserData(node.left, isUserData) || (!isFunction(bare(node.right)) && isUserData(node.right))) {
      report('script.user-data-in-global', node, `Data of this user is kept on "global.${name}".`);
    } else if (!isGuarded(script, name)) {
      report('lint.global-without-guard', node, `"global.${name}" is made anew by each call.`);
    }
  }
  assumedGlobals(script, report);
  connections(script, report);
};

/** `pool` for `global.pool` and for `global.pool.x[y]`. */
function globalName(script: ScriptModel, given: AnyNode): string | null {
  const node = bare(given);
  if (node.type !== 'MemberExpression') return null;
  const object = bare(node.object);
  const isGlobal = script.isFree(object) && /^(global|globalThis)$/.test(object.name);
  return isGlobal ? (propertyName(node) ?? '…') : globalName(script, object);
}

function keyIsUserData(given: AnyNode, isUserData: (node: AnyNode) => boolean): boolean {
  const node = bare(given);
  if (node.type !== 'MemberExpression') return false;
  return (node.computed && isUserData(node.property)) || keyIsUserData(node.object, isUserData);
}

/** Somewhere the script asks whether it is there. */
function isGuarded(script: ScriptModel, name: string): boolean {
  const reads = (node: AnyNode) => some(node, (one) => globalName(script, one) === name);
  return script.nodes.some((node) => {
    switch (node.type) {
      case 'IfStatement':
      case 'ConditionalExpression':
      case 'WhileStatement':
        return reads(node.test);
      case 'LogicalExpression':
        return reads(node.left);
      case 'AssignmentExpression':
        return node.operator !== '=' && node.operator.length === 3 && reads(node.left);
      case 'VariableDeclarator':
        // Kept in a variable first, and asked there.
        return node.init ? node.init.type === 'MemberExpression' && reads(node.init) : false;
      default:
        return false;
    }
  });
}

const BUILT_IN = new Set(Object.getOwnPropertyNames(globalThis));

function assumedGlobals(script: ScriptModel, report: Report): void {
  const seen = new Set<string>();
  for (const node of script.nodes) {
    if (node.type !== 'MemberExpression') continue;
    const object = bare(node.object);
    if (!script.isFree(object) || !/^(global|globalThis)$/.test(object.name)) continue;
    const name = propertyName(node);
    if (name === null || BUILT_IN.has(name) || seen.has(name)) continue;
    seen.add(name);
    const isMade = script.nodes.some(
      (one) => one.type === 'AssignmentExpression' && globalName(script, one.left) === name,
    );
    if (!isMade && !isGuarded(script, name)) {
      report('lint.global-assumed', node, `Nothing in the script makes "global.${name}".`);
    }
  }
}

const OPENING: Readonly<Record<string, RegExp>> = {
  pg: /^(Client|Pool)$/,
  mysql: /^(createConnection|createPool)$/,
  mysql2: /^(createConnection|createPool)$/,
  tedious: /^Connection$/,
  mssql: /^(ConnectionPool|connect)$/,
  mongodb: /^MongoClient$/,
  redis: /^createClient$/,
  ldapjs: /^createClient$/,
};
const CLOSING = /^(end|close|destroy|release|quit|disconnect|unbind|dispose|done|logout|unref)$/;

function connections(script: ScriptModel, report: Report): void {
  const closes = script.nodes.some((node) => isAnyCall(node) && CLOSING.test(calledName(node) ?? ''));
  const keeps = script.nodes.some(
    (node) => node.type === 'AssignmentExpression' && globalName(script, node.left),
  );
  if (closes || keeps || /\b(await\s+)?using\b/.test(script.text)) return;
  for (const node of script.nodes) {
    if (!isAnyCall(node)) continue;
    const used = destructuredFrom(script, node.callee);
    if (used === null || !(OPENING[used.module.name]?.test(used.name) ?? false)) continue;
    const what = /pool/i.test(used.name) ? 'pool' : 'connection';
    report('script.connection-left-open', node, `This ${what} is neither closed nor kept on "global".`);
  }
}
