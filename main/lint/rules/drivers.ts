import type { AnyNode } from 'acorn';
import { bare, calledName, isCall, propertyName, propertyOf, receiver } from '#lint/ast.ts';
import type { Report, Rule } from '#lint/rule.ts';
import { destructuredFrom, type RequiredModule, type ScriptModel } from '#lint/script-model.ts';
import { sqlOf } from '#lint/sql.ts';

/** Ways of calling database drivers that their present versions do not know. */
export const driverRule: Rule = (script, report) => {
  for (const node of script.nodes) {
    if (!isCall(node)) continue;
    const used = destructuredFrom(script, node.callee);
    if (used?.module.name === 'pg' && used.name === 'connect' && major(used.module, 8) >= 7) {
      report('lint.pg-connect', node, '"pg.connect" does not exist any more.');
    }
    const called = script.moduleOf(node.callee);
    if (called !== null && /^mysql2?$/.test(called.name) && bare(node.callee).type !== 'MemberExpression') {
      report(
        'lint.mysql-as-function',
        node,
        `The module "${called.name}" is called as if it were a function.`,
      );
    }
    updateLength(script, node, report);
  }
  mongodb(script, report);
};

/** The first number of the pinned version, or of the one that is assumed without a pin. */
export function major({ version }: RequiredModule, assumed: number): number {
  const pinned = /^[^\d]*(\d+)/.exec(version ?? '');
  return pinned === null ? assumed : Number(pinned[1]);
}

const MONGO_CALLS =
  /^(connect|findOne|insertOne|insertMany|updateOne|updateMany|deleteOne|deleteMany|replaceOne|findOneAndUpdate|findOneAndDelete|countDocuments|toArray|createIndex|bulkWrite)$/;
const MONGO_GONE = /^(insert|update|remove|save|ensureIndex|findAndModify)$/;

function mongodb(script: ScriptModel, report: Report): void {
  const module = script.requires('mongodb');
  if (module === null) return;
  const version = major(module, 6);
  const extra = module.version === null ? { notes: [UNPINNED] } : {};
  for (const node of script.nodes) {
    if (!isCall(node) || receiver(node) === null) continue;
    const name = calledName(node) ?? '';
    const last = node.arguments.at(-1);
    if (version >= 5 && MONGO_CALLS.test(name) && last !== undefined && script.localFunction(last) !== null) {
      report('lint.mongodb-callback', node, `"${name}" of this driver takes no callback.`, extra);
    }
    const on = receiver(node)!;
    const isCollection = isCall(script.value(on)) && calledName(script.value(on) as never) === 'collection';
    if (version >= 5 && isCollection && MONGO_GONE.test(name)) {
      report('lint.mongodb-removed-method', node, `Collections of this driver have no "${name}".`, extra);
    }
    mongoCount(script, node, name, report);
    mongoId(script, node, name, report);
  }
}

const UNPINNED = 'No version is pinned; sandbox and tenant then give a recent one.';

/** `count > 0` on what is an object. */
function mongoCount(
  script: ScriptModel,
  node: Extract<AnyNode, { type: 'CallExpression' }>,
  name: string,
  report: Report,
): void {
  if (!/^(updateOne|updateMany|deleteOne|deleteMany|update|remove)$/.test(name)) return;
  const handler = script.localFunction(node.arguments.at(-1) ?? node);
  const result = handler?.params[1];
  if (result?.type !== 'Identifier') return;
  for (const { identifier } of script.variable(result)?.references ?? []) {
    const up = script.parent(identifier as unknown as AnyNode);
    if (up?.type === 'BinaryExpression' && /^[<>]=?$/.test(up.operator)) {
      report('lint.mongo-result-as-number', up, `"${result.name}" is an object, not a number.`);
    }
  }
}

function mongoId(
  script: ScriptModel,
  node: Extract<AnyNode, { type: 'CallExpression' }>,
  name: string,
  report: Report,
): void {
  if (!/^(findOne|find|updateOne|deleteOne|deleteMany|remove|findOneAndDelete)$/.test(name)) return;
  if (/ObjectI[dD]/.test(script.text)) return;
  const filter = node.arguments[0] === undefined ? null : script.value(node.arguments[0]);
  const id = propertyOf(filter, '_id')?.value;
  if (id?.type === 'Identifier' && script.inputs.includes(script.variable(id)!)) {
    report('lint.mongo-id-as-text', id, '"_id" is compared with a text.');
  }
}

const CHANGES = /^[\s(]*(update|delete|insert)\b/i;

/** `results.length` of a statement that gives no rows. */
function updateLength(
  script: ScriptModel,
  node: Extract<AnyNode, { type: 'CallExpression' }>,
  report: Report,
): void {
  if (!/^(query|execute)$/.test(calledName(node) ?? '')) return;
  const sql = sqlOf(script, node.arguments[0]);
  if (sql === null || !CHANGES.test(sql) || /\b(returning|output)\b/i.test(sql)) return;
  for (const result of resultNames(script, node)) {
    for (const { identifier } of script.variable(result)?.references ?? []) {
      const up = script.parent(identifier as unknown as AnyNode);
      if (up?.type === 'MemberExpression' && propertyName(up) === 'length') {
        report('lint.update-result-length', up, 'The result of this statement has no rows to count.');
      }
    }
  }
}

function resultNames(
  script: ScriptModel,
  node: Extract<AnyNode, { type: 'CallExpression' }>,
): readonly AnyNode[] {
  const handler = script.localFunction(node.arguments.at(-1) ?? node);
  if (handler !== null) return handler.params[1] === undefined ? [] : [handler.params[1]];
  const awaited = script.parent(node);
  const holder = awaited?.type === 'AwaitExpression' ? script.parent(awaited) : null;
  if (holder?.type !== 'VariableDeclarator') return [];
  if (holder.id.type === 'ArrayPattern') return holder.id.elements[0] ? [holder.id.elements[0]] : [];
  return holder.id.type === 'Identifier' ? [holder.id] : [];
}
