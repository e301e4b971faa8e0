import type { AnyNode } from 'acorn';
import { type AnyCall, calledName, hasSpread, isAnyCall, isCall, propertyName } from '#lint/ast.ts';
import type { Report, Rule } from '#lint/rule.ts';
import { destructuredFrom, type RequiredModule, type ScriptModel } from '#lint/script-model.ts';

/** Time that a tenant gives a script, in milliseconds. */
const LIMIT_MS = 20_000;
const OPTION = /timeout|MS$|Millis$|signal|deadline/i;

/** Waiting without an end, or for longer than the script has. */
export const timeoutRule: Rule = (script, report) => {
  for (const node of script.nodes) {
    if (node.type === 'Property') tooLong(node, report);
    if (isAnyCall(node)) withoutTimeout(script, node, report);
  }
};

function tooLong(node: Extract<AnyNode, { type: 'Property' }>, report: Report): void {
  const { value } = node;
  const name = propertyName(node) ?? '';
  if (value.type !== 'Literal' || typeof value.value !== 'number' || value.value < LIMIT_MS) return;
  if (
    !/^(timeout|.*(connect|connection|query|request|socket|selection|statement)_?timeout(MS|Millis)?)$/i.test(
      name,
    )
  )
    return;
  if (/idle|life|keepalive/i.test(name)) return;
  report(
    'lint.timeout-too-long',
    node,
    `"${name}" is ${value.value} ms; the script itself has ${LIMIT_MS} ms.`,
  );
}

/** Which option a call should have, by module and function. */
const WANTED: Readonly<
  Record<string, { readonly calls: RegExp; readonly option: string; readonly at: number | 'last' }>
> = {
  axios: {
    calls: /^(default|create|request|get|post|put|patch|delete|head)$/,
    option: 'timeout',
    at: 'last',
  },
  request: { calls: /^(default|get|post|put|patch|del|delete|head|defaults)$/, option: 'timeout', at: 0 },
  pg: { calls: /^(Client|Pool)$/, option: 'connectionTimeoutMillis and query_timeout', at: 0 },
  mongodb: { calls: /^(MongoClient)$/, option: 'serverSelectionTimeoutMS', at: 1 },
  ldapjs: { calls: /^(createClient)$/, option: 'timeout and connectTimeout', at: 0 },
};

function withoutTimeout(script: ScriptModel, node: AnyCall, report: Report): void {
  if (isCall(node) && calledName(node) === 'fetch' && node.callee.type === 'Identifier') {
    const module = script.moduleOf(node.callee);
    if (script.isFree(node.callee) || module?.name === 'node-fetch') {
      check(script, node, node.arguments[1], 'signal', 'fetch', report);
    }
    return;
  }
  const used = calledOf(script, node);
  if (used === null) return;
  const { module, name } = used;
  const wanted = Object.hasOwn(WANTED, module.name) ? WANTED[module.name]! : null;
  if (wanted === null || !wanted.calls.test(name)) return;
  if (module.name === 'axios' && name !== 'create' && hasDefaults(script)) return;
  if (module.name === 'pg' && typeof node.arguments[0] === 'undefined') return;
  const options = wanted.at === 'last' ? lastOptions(script, node, name) : node.arguments[wanted.at];
  check(
    script,
    node,
    options,
    wanted.option,
    name === 'default' ? module.name : `${module.name}.${name}`,
    report,
  );
}

/** The options of axios come last: after the address, and after the body where there is one. */
function lastOptions(_script: ScriptModel, node: AnyCall, name: string): AnyNode | undefined {
  if (name === 'create' || name === 'request') return node.arguments[0];
  if (name === 'default') return node.arguments.length > 1 ? node.arguments[1] : node.arguments[0];
  return node.arguments[/^(post|put|patch)$/.test(name) ? 2 : 1];
}

function hasDefaults(script: ScriptModel): boolean {
  return /axios\.defaults\.(timeout|signal)/.test(script.text);
}

function calledOf(
  script: ScriptModel,
  node: AnyCall,
): { readonly module: RequiredModule; readonly name: string } | null {
  const direct = script.moduleOf(node.callee);
  if (direct !== null) return { module: direct, name: 'default' };
  return destructuredFrom(script, node.callee);
}

function check(
  script: ScriptModel,
  node: AnyCall,
  options: AnyNode | undefined,
  wanted: string,
  what: string,
  report: Report,
): void {
  if (options !== undefined) {
    const value = script.value(options);
    const isPlain = value.type === 'ObjectExpression' && !hasSpread(value);
    const isAddress = value.type === 'Literal' || value.type === 'TemplateLiteral';
    if (!isPlain && !isAddress) return;
    if (
      isPlain &&
      value.properties.some((one) => one.type === 'Property' && OPTION.test(propertyName(one) ?? ''))
    )
      return;
  }
  report('lint.no-timeout', node, `"${what}" waits without an end.`, { notes: [`The option is ${wanted}.`] });
}
