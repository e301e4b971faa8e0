import type { AnyNode, Program } from 'acorn';
import type { Slot } from '#domain/migration/slots.ts';
import { type FunctionNode, isFunction } from '#lint/ast.ts';
import type { LintInput, Report } from '#lint/rule.ts';
import { isParseError, parseScript } from '#project/parse-script.ts';

/** Most bytes of one script. */
const MOST_BYTES = 100 * 1024;

const PARAMETERS: Readonly<Record<Slot, readonly string[]>> = {
  login: ['userNameOrEmail', 'password'],
  get_user: ['email'],
  create: ['user'],
  verify: ['email'],
  change_password: ['email', 'newPassword'],
  change_email: ['email', 'newEmail', 'verified'],
  delete: ['id'],
};

export interface Shape {
  /** The function to look into, where there is one. */
  readonly fn: FunctionNode | null;
  /** Nothing else stands beside it. */
  readonly alone: boolean;
}

/** What the text is as a whole: parsed, one function, with the parameters of its slot. */
export function checkShape(input: LintInput, report: Report): Shape {
  const bytes = new TextEncoder().encode(input.text).length;
  if (bytes > MOST_BYTES) {
    report(
      'script.too-large',
      { line: 1, column: 0 },
      `The script has ${bytes} bytes; ${MOST_BYTES} are allowed.`,
    );
  }
  const parsed = parseScript(input.text);
  if (isParseError(parsed)) {
    const at = { line: parsed.line, column: parsed.column - 1 };
    report('script.does-not-compile', at, `The script cannot be parsed: ${parsed.message}.`);
    return { fn: null, alone: false };
  }
  const root = parsed as AnyNode;
  const shape =
    root.type === 'Program' ? programShape(root, input.text, report) : expressionShape(root, report);
  if (shape.fn !== null) checkFunction(shape.fn, input, report);
  return shape;
}

function expressionShape(root: AnyNode, report: Report): Shape {
  if (isFunction(root) && !root.generator) return { fn: root, alone: true };
  const what = isFunction(root)
    ? 'a generator'
    : root.type === 'AssignmentExpression'
      ? 'an assignment'
      : 'something else';
  report('script.does-not-compile', root, `The script is ${what}, not an ordinary function.`);
  const inner = root.type === 'AssignmentExpression' && isFunction(root.right) ? root.right : null;
  return { fn: inner, alone: inner !== null };
}

function programShape(program: Program, text: string, report: Report): Shape {
  const statements = program.body.filter((one) => one.type !== 'EmptyStatement');
  const directive = statements.find((one) => isUseNpm(one));
  if (directive !== undefined) report('lint.use-npm', directive, 'The script begins with "use npm".');
  const functions = statements.map((one) => functionOf(one));
  const fn = functions.find((one) => one !== null) ?? null;
  if (fn === null) {
    const first = statements[0];
    const at = first ?? { line: 1, column: 0 };
    const inner = first?.type === 'ExpressionStatement' ? expressionShape(first.expression, report) : null;
    if (inner === null) report('script.does-not-compile', at, 'The script holds no function.');
    return { fn: inner?.fn ?? null, alone: false };
  }
  const others = statements.filter((one) => functionOf(one) !== fn && one !== directive);
  if (others.length > 0) {
    report('script.does-not-compile', others[0]!, 'This stands beside the function of the script.');
  } else if (directive === undefined && /;/.test(withoutComments(text.slice(fn.end)))) {
    const end = fn.loc!.end;
    report(
      'script.does-not-compile',
      { line: end.line, column: end.column },
      'A semicolon follows the function.',
    );
  }
  return { fn, alone: others.length === 0 };
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, '');
}

function functionOf(statement: AnyNode): FunctionNode | null {
  if (isFunction(statement)) return statement.generator ? null : statement;
  return statement.type === 'ExpressionStatement' && isFunction(statement.expression)
    ? statement.expression
    : null;
}

function isUseNpm(statement: AnyNode): boolean {
  return statement.type === 'ExpressionStatement' && statement.directive === 'use npm';
}

function checkFunction(fn: FunctionNode, input: LintInput, report: Report): void {
  if (fn.type === 'ArrowFunctionExpression' || !fn.id) {
    report('lint.anonymous-function', fn, 'The function has no name.');
  }
  if (fn.body.type === 'BlockStatement') {
    const directive = fn.body.body.find((one) => isUseNpm(one));
    if (directive !== undefined) report('lint.use-npm', directive, 'The script uses "use npm".');
  }
  checkParameters(fn, input, report);
}

/** Scripts whose context parameter the documentation leaves open. */
const CONTEXT_OPEN: ReadonlySet<Slot> = new Set(['create', 'change_email']);

function checkParameters(fn: FunctionNode, { slot, withContext }: LintInput, report: Report): void {
  if (fn.params.some((one) => one.type === 'RestElement')) return;
  const own = PARAMETERS[slot];
  const wanted = [...own, ...(withContext ? ['context'] : []), 'callback'];
  const { length } = fn.params;
  if (length === wanted.length) return;
  if (withContext && length === own.length + 1) {
    if (CONTEXT_OPEN.has(slot)) return;
    report(
      'lint.context-missing',
      fn,
      'The connection hands in a context, and the script has no parameter for it.',
    );
    return;
  }
  const listed = wanted.join(', ');
  const hasContext = fn.params.some((one) => one.type === 'Identifier' && /^(context|ctx)$/.test(one.name));
  report('lint.wrong-arity', fn, `"${slot}" takes (${listed}); the script has ${length} parameters.`, {
    notes: hasContext && !withContext ? ['The script context is not switched on for this connection.'] : [],
  });
}
