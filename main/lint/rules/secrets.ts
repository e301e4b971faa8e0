import type { AnyNode } from 'acorn';
import { calledName, fixedText, isAnyCall, isText, propertyName } from '#lint/ast.ts';
import type { Report, Rule } from '#lint/rule.ts';
import type { ScriptModel } from '#lint/script-model.ts';

const SECRET_NAME =
  /^(password|passwd|pwd|pass|secret|client_?secret|api_?key|apikey|x-api-key|access_?key|secret_?access_?key|private_?key|auth_?token|access_?token|bearer|db_?pass(word)?)$/i;
const HOST_NAME = /^(host|hostname|server|server_?name|db_?host)$/i;
const ADDRESS_NAME =
  /^(url|uri|base_?url|endpoint|api_?url|host|hostname|server|connection_?string|dsn|con_?string)$/i;
const DATABASE_URL =
  /^(postgres(ql)?|mysql|mariadb|mongodb(\+srv)?|redis|rediss|mssql|sqlserver|ldaps?):\/\//i;
const WITH_PASSWORD = /:\/\/[^/\s:@\ue000]+:[^/\s@\ue000]+@|;\s*(password|pwd)=[^;\ue000]+/i;
const KEY_BLOCK = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
const HERE = /^(localhost|127\.0\.0\.1|::1)$/i;

/** The deploy tool puts a value in here. */
const PLACEHOLDER = /^(##\w+##|@@\w+@@)$/;

/** Secrets and addresses written into the script, and connections without protection. */
export const secretRule: Rule = (script, report) => {
  for (const node of script.nodes) {
    const text = isText(node) || node.type === 'TemplateLiteral' ? (fixedText(node) ?? '') : '';
    if (text === '' || PLACEHOLDER.test(text)) continue;
    const up = script.parent(node);
    if (up?.type === 'Property' && up.key === node) continue;
    const name = holderName(script, node, up);
    if (KEY_BLOCK.test(text) || WITH_PASSWORD.test(text)) {
      report('lint.secret-in-script', node, 'A secret stands in the text of the script.');
    } else if (name !== null && SECRET_NAME.test(name) && isText(node) && text.length > 2 && !isLabel(text)) {
      report('lint.secret-in-script', node, `The value of "${name}" stands in the text of the script.`);
    } else if (DATABASE_URL.test(text)) {
      report('lint.connection-string-in-script', node, 'The address of a database stands in the script.');
    } else {
      address(script, node, text, name, up, report);
    }
  }
};

/** Names of columns and fields, not values: `password: 'password_hash'`. */
function isLabel(text: string): boolean {
  return /^[a-z_]*(pass|pwd|hash|secret|key|token)[a-z_]*$/i.test(text) || /^[$@:?]/.test(text);
}

/** The name of the property, variable or option that gets the text. */
function holderName(script: ScriptModel, node: AnyNode, up: AnyNode | null): string | null {
  if (up?.type === 'Property' && up.value === node) return isInProfile(script, up) ? null : propertyName(up);
  if (up?.type === 'VariableDeclarator' && up.id.type === 'Identifier') return up.id.name;
  if (up?.type === 'AssignmentExpression' && up.right === node) {
    if (up.left.type === 'Identifier') return up.left.name;
    return up.left.type === 'MemberExpression' ? propertyName(up.left) : null;
  }
  if (up?.type === 'LogicalExpression' && up.right === node) {
    return holderName(script, up, script.parent(up));
  }
  return null;
}

/** Types of the values of mapped fields: `TYPES`, `fields: { password: 'x' }` are not settings. */
function isInProfile(script: ScriptModel, property: AnyNode): boolean {
  const object = script.parent(property);
  return (
    object?.type === 'ObjectExpression' &&
    object.properties.some((one) => one.type === 'Property' && propertyName(one) === 'user_id')
  );
}

const URL_CALLS = /^(fetch|axios|get|post|put|patch|del|delete|head|request|URL)$/;

function address(
  script: ScriptModel,
  node: AnyNode,
  text: string,
  name: string | null,
  up: AnyNode | null,
  report: Report,
): void {
  const isUrl = /^https?:\/\//i.test(text);
  const inCall = isAnyCall(up) && up.arguments[0] === node && URL_CALLS.test(calledName(up) ?? '');
  const joined = up?.type === 'BinaryExpression' && up.operator === '+' && up.left === node;
  if (isUrl && (inCall || joined || (name !== null && ADDRESS_NAME.test(name)))) {
    const host = /^https?:\/\/([^/:?\ue000]*)/i.exec(text)?.[1] ?? '';
    if (/^http:/i.test(text) && !HERE.test(host)) {
      report('lint.http-target', node, 'The request goes over plain HTTP.');
    }
    if (host !== '' && !HERE.test(host)) {
      report('lint.host-in-script', node, `The host "${host}" stands in the script.`);
    }
  } else if (name !== null && HOST_NAME.test(name) && isText(node) && /^[\w-]+(\.[\w-]+)+$/.test(text)) {
    report('lint.host-in-script', node, `The host "${text}" stands in the script.`);
  }
}

/** Connections that anybody on the way can read or pretend to be. */
export const tlsRule: Rule = (script, report) => {
  for (const node of script.nodes) {
    if (node.type === 'Property' && node.value.type === 'Literal') {
      const [name, { value }] = [propertyName(node), node.value];
      if (name === 'rejectUnauthorized' && value === false) unverified(node, report);
      if (name === 'strictSSL' && value === false) unverified(node, report);
      if (name === 'trustServerCertificate' && value === true) unverified(node, report);
      if (name === 'encrypt' && value === false && script.requires('tedious', 'mssql') !== null) {
        report('lint.tls-off', node, 'The connection to the database is not encrypted.');
      }
    }
    if (
      node.type === 'MemberExpression' &&
      propertyName(node) === 'NODE_TLS_REJECT_UNAUTHORIZED' &&
      script.parent(node)?.type === 'AssignmentExpression'
    ) {
      unverified(node, report);
    }
    if (isAnyCall(node) && node.callee.type === 'MemberExpression') {
      const isPlain = script.moduleOf(node.callee.object)?.name === 'http';
      if (isPlain && /^(get|request)$/.test(calledName(node) ?? '')) {
        report('lint.http-target', node, 'The request goes over plain HTTP.');
      }
    }
  }
};

function unverified(node: AnyNode, report: Report): void {
  report('script.tls-not-verified', node, 'The certificate of the server is not checked.');
}
