import type { AnyNode } from 'acorn';
import {
  bare,
  calledName,
  isAnyCall,
  isCall,
  isNothing,
  isText,
  pathOf,
  propertyName,
  receiver,
  some,
} from '#lint/ast.ts';
import type { Report, Rule } from '#lint/rule.ts';
import { destructuredFrom, type ScriptModel, type Variable } from '#lint/script-model.ts';
import { madeFrom } from '#lint/taint.ts';

const SYNC = /^(compareSync|hashSync|pbkdf2Sync|scryptSync|genSaltSync)$/;
const FAST = /^(md4|md5|sha-?1|sha-?2?-?(224|256|384|512)|ripemd160|sha3-\d+)$/i;

/** How passwords are hashed and compared. */
export const hashRule: Rule = (script, report) => {
  for (const node of script.nodes) {
    if (isAnyCall(node)) {
      const name = calledName(node) ?? '';
      if (SYNC.test(name) && name !== 'genSaltSync') {
        report('script.sync-hashing', node, `"${name}" keeps the whole container waiting while it works.`);
      }
      if (script.slot === 'create' || script.slot === 'change_password') newHash(script, node, name, report);
    }
    if (node.type === 'BinaryExpression' && /^[!=]==?$/.test(node.operator)) compared(script, node, report);
  }
};

function newHash(script: ScriptModel, node: AnyNode, name: string, report: Report): void {
  if (!isAnyCall(node)) return;
  const first = node.arguments[0];
  const isFast = /^createH(ash|mac)$/.test(name) && isText(first) && FAST.test(first.value);
  // Before a slow hash a fast one only shortens the password.
  if (isFast && takesPassword(script, node) && !script.nodes.some(isSlowHash)) {
    report('lint.weak-hash', node, `New passwords are stored as plain ${first.value}.`);
  }
  const rounds = node.arguments[/^genSalt(Sync)?$/.test(name) ? 0 : 1];
  const isBcrypt = /^bcrypt(js)?$/.test(destructuredFrom(script, node.callee)?.module.name ?? '');
  if (isBcrypt && /^(hash|genSalt)(Sync)?$/.test(name) && rounds?.type === 'Literal') {
    if (typeof rounds.value === 'number' && rounds.value < 10) {
      report(
        'lint.weak-hash',
        rounds,
        `New passwords are hashed with a bcrypt cost of ${rounds.value} only.`,
      );
    }
  }
  const iterations = node.arguments[2];
  if (
    /^pbkdf2(Sync)?$/.test(name) &&
    iterations?.type === 'Literal' &&
    typeof iterations.value === 'number'
  ) {
    if (iterations.value < 10_000) {
      report(
        'lint.weak-hash',
        iterations,
        `New passwords are hashed with ${iterations.value} rounds of PBKDF2 only.`,
      );
    }
  }
}

function isSlowHash(node: AnyNode): boolean {
  if (!isCall(node)) return false;
  const on = receiver(node);
  const name = calledName(node) ?? '';
  if (/^(pbkdf2|scrypt)(Sync)?$/.test(name)) return true;
  return /^hash(Sync)?$/.test(name) && on !== null && /bcrypt|argon2/i.test(pathOf(on) ?? '');
}

/** The chain of calls after `createHash` gets the password. */
function takesPassword(script: ScriptModel, node: AnyNode): boolean {
  const sources: Variable[] = script.slot === 'create' ? [...script.inputs] : script.inputs.slice(1, 2);
  const isPassword = madeFrom(script, sources, { results: false });
  let at: AnyNode | null = node;
  while (at !== null) {
    const up: AnyNode | null = script.parent(at);
    if (up?.type === 'MemberExpression' || isCall(up)) {
      if (isCall(up) && calledName(up) === 'update' && up.arguments.some((one) => isPassword(one)))
        return true;
      at = up;
    } else return false;
  }
  return false;
}

type Comparison = Extract<AnyNode, { type: 'BinaryExpression' }>;

function compared(script: ScriptModel, node: Comparison, report: Report): void {
  if (node.left.type === 'PrivateIdentifier') return;
  const [left, right] = [bare(node.left), bare(node.right)];
  if (isPlain(left) || isPlain(right)) return;
  const isTyped = (one: AnyNode) => script.password !== null && script.variable(one) === script.password;
  if (isTyped(left) || isTyped(right)) {
    const other = isTyped(left) ? right : left;
    if (/pass|pwd|secret/i.test(lastName(other))) {
      report('lint.hash-compared-plainly', node, 'The password is compared as clear text.');
    }
    return;
  }
  if (!isDigest(script, left) && !isDigest(script, right)) return;
  report('lint.hash-compared-plainly', node, 'The hash is compared with an operator.');
}

/** Nothing, a fixed value, a length, a type: no comparison of two hashes. */
function isPlain(node: AnyNode): boolean {
  return (
    isNothing(node) ||
    node.type === 'Literal' ||
    (node.type === 'UnaryExpression' && node.operator === 'typeof') ||
    /^(length|byteLength)$/.test(lastName(node))
  );
}

function lastName(node: AnyNode): string {
  if (node.type === 'MemberExpression') return propertyName(node) ?? '';
  return pathOf(node) ?? '';
}

/** `….digest('hex')`, or the text of a derived key. */
function isDigest(script: ScriptModel, given: AnyNode): boolean {
  const node = script.value(given);
  if (!isCall(node)) return false;
  const name = calledName(node);
  if (name === 'digest') return true;
  const on = receiver(node);
  if (name !== 'toString' || on === null || node.arguments.length === 0) return false;
  const source = script.value(on);
  if (isCall(source)) return /^(digest|pbkdf2Sync|scryptSync)$/.test(calledName(source) ?? '');
  return /^(hash|digest|derived|derivedKey|key)$/i.test(lastName(source)) && some(script.fn, isDerivation);
}

function isDerivation(node: AnyNode): boolean {
  return isCall(node) && /^(pbkdf2|scrypt)$/.test(calledName(node) ?? '');
}
