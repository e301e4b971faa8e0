import type { AnyNode } from 'acorn';
import {
  bare,
  calledName,
  fixedText,
  hasSpread,
  isAnyCall,
  isFunction,
  isNothing,
  propertyName,
  propertyOf,
} from '#lint/ast.ts';
import { callbackCalls, objectsOf, returnedBy } from '#lint/callback-calls.ts';
import type { LintInput, Report, Rule } from '#lint/rule.ts';
import type { ScriptModel } from '#lint/script-model.ts';
import { sqlTexts } from '#lint/sql.ts';

type ObjectNode = Extract<AnyNode, { type: 'ObjectExpression' }>;

/** The profile that login and get_user give back. */
export const profileRule: Rule = (script, report, input) => {
  if (script.slot !== 'login' && script.slot !== 'get_user') return;
  const returned = returnedProfiles(script);
  const named = script.nodes.filter(
    (node): node is ObjectNode => node.type === 'ObjectExpression' && propertyOf(node, 'user_id') !== null,
  );
  for (const profile of new Set([...returned, ...named])) {
    const isReturned = returned.has(profile);
    if (
      isReturned &&
      profile.properties.length > 0 &&
      !hasSpread(profile) &&
      !isCompletedLater(script, profile)
    ) {
      missingKeys(profile, input, report);
    }
    for (const property of profile.properties) {
      if (property.type === 'Property') checkProperty(script, property, isReturned, report);
    }
    metadata(profile, report);
  }
  wholeRows(script, report);
  if (input.requiresUsername) usernameLookup(script, report);
};

function returnedProfiles(script: ScriptModel): ReadonlySet<ObjectNode> {
  const found = callbackCalls(script).flatMap(({ error, result }) =>
    isAnswer(error) ? objectsOf(script, result) : [],
  );
  return new Set(found);
}

const ADDING = /^(assign|extend|merge|defaults)$/;

/** No error, or `error` handed through as it came: what stands beside it is the answer. */
function isAnswer(error: AnyNode | null): boolean {
  return isNothing(error) || (error !== null && bare(error).type === 'Identifier');
}

/** `profile.user_id = …`, `Object.assign(profile, …)`. */
function isCompletedLater(script: ScriptModel, profile: ObjectNode): boolean {
  const up = script.parent(profile);
  const name =
    up?.type === 'VariableDeclarator' ? up.id : up?.type === 'AssignmentExpression' ? up.left : null;
  const variable = name === null ? null : script.variable(name);
  if (variable === null) return isAnyCall(up) && ADDING.test(calledName(up) ?? '');
  return variable.references.some(({ identifier }) => {
    const use = script.parent(identifier as unknown as AnyNode);
    if (isAnyCall(use)) return ADDING.test(calledName(use) ?? '');
    return use?.type === 'MemberExpression' && script.parent(use)?.type === 'AssignmentExpression';
  });
}

function missingKeys(profile: ObjectNode, { requiresUsername }: LintInput, report: Report): void {
  if (profile.properties.some((one) => one.type === 'Property' && propertyName(one) === null)) return;
  if (propertyOf(profile, 'user_id') === null && propertyOf(profile, 'id') === null) {
    report('profile.user-id-missing', profile, 'The profile has neither "user_id" nor "id".');
  }
  if (requiresUsername && propertyOf(profile, 'username') === null) {
    report(
      'profile.username-missing',
      profile,
      'The connection requires a username, and the profile has none.',
    );
  }
}

type PropertyNode = Extract<AnyNode, { type: 'Property' }>;

/** What the property really holds, only a run can tell. */
const MILDER = { severity: 'warning' } as const;

const SECRET_LIKE = /^(?!(access|refresh)_token$).*(password|passwd|pwd|hash|salt|secret|token)/i;

function checkProperty(
  script: ScriptModel,
  property: PropertyNode,
  isReturned: boolean,
  report: Report,
): void {
  const name = propertyName(property) ?? '';
  const { value } = property;
  if (name === 'user_id' || (name === 'id' && isReturned)) userId(script, name, value, report);
  if (name === 'email_verified' && value.type === 'Literal' && typeof value.value !== 'boolean') {
    report(
      'profile.verified-not-boolean',
      value,
      `"email_verified" is ${String(value.raw)} instead of true or false.`,
    );
  }
  if (
    SECRET_LIKE.test(name) &&
    !isFunction(value) &&
    !/^(last_password_reset|password_(set|change)_?(date|at)?)$/i.test(name)
  ) {
    report('profile.secret-returned', property, `The profile has a property "${name}".`, MILDER);
  }
}

const RANDOM =
  /^(randomUUID|uuid(v\d)?|v[147]|random|randomBytes|randomInt|now|nanoid|hrtime|getRandomValues)$/;

function userId(script: ScriptModel, name: string, value: AnyNode, report: Report): void {
  const unstable = unstablePart(script, value);
  if (unstable !== null) {
    report('state.user-id-unstable', unstable, `"${name}" is another one in each call.`);
  }
  const text = fixedText(script.value(value));
  if (text !== null && text.startsWith('auth0|')) {
    report('profile.user-id-prefixed', value, `"${name}" begins with "auth0|" already.`);
  }
  const source = bare(value);
  const last = source.type === 'MemberExpression' ? propertyName(source) : null;
  const isInput = source.type === 'Identifier' && script.variable(source) === script.inputs[0];
  if (
    last === 'email' ||
    last === 'mail' ||
    (isInput && source.type === 'Identifier' && /mail/i.test(source.name))
  ) {
    report('lint.user-id-from-email', value, `"${name}" is the e-mail address, which can change.`);
  }
}

/** A call below that gives another value each time, also through variables and functions of the script. */
function unstablePart(script: ScriptModel, given: AnyNode, depth = 0): AnyNode | null {
  if (depth > 4) return null;
  const node = bare(given);
  const first = (...nodes: readonly AnyNode[]) => {
    for (const one of nodes) {
      const found = unstablePart(script, one, depth + 1);
      if (found !== null) return found;
    }
    return null;
  };
  switch (node.type) {
    case 'Identifier': {
      const value = script.value(node);
      return value === node || isFunction(value) ? null : first(value);
    }
    case 'CallExpression':
    case 'NewExpression': {
      const name = calledName(node) ?? '';
      if (RANDOM.test(name) || (name === 'Date' && node.arguments.length === 0)) return node;
      const fn = script.localFunction(node.callee);
      if (fn !== null) return first(...returnedBy(script, fn));
      const on = node.callee.type === 'MemberExpression' ? [node.callee.object] : [];
      return /^(String|toString|concat|slice|substring|toLowerCase|replace|getTime|join|v5|v3)$/.test(name)
        ? first(...on, ...node.arguments)
        : null;
    }
    case 'TemplateLiteral':
      return first(...node.expressions);
    case 'BinaryExpression':
      return node.left.type === 'PrivateIdentifier' ? null : first(node.left, node.right);
    case 'LogicalExpression':
      return first(node.left, node.right);
    case 'ConditionalExpression':
      return first(node.consequent, node.alternate);
    case 'AwaitExpression':
      return first(node.argument);
    default:
      return null;
  }
}

const FORBIDDEN = new Set(
  `__tenant _id blocked clientID created_at email_verified email globalClientID global_client_id identities lastIP
   lastLogin loginsCount metadata multifactor_last_modified multifactor updated_at user_id`.split(/\s+/),
);

function metadata(profile: ObjectNode, report: Report): void {
  const old = propertyOf(profile, 'metadata');
  const app = propertyOf(profile, 'app_metadata');
  if (old !== null && app !== null) {
    report('profile.both-metadata-names', old, 'The profile has both "metadata" and "app_metadata".');
  } else if (old !== null) {
    report('profile.metadata-name-open', old, 'The profile uses the older name "metadata".');
  }
  for (const holder of [app, old, propertyOf(profile, 'user_metadata')]) {
    if (holder?.value.type !== 'ObjectExpression') continue;
    for (const one of holder.value.properties) {
      const name = one.type === 'Property' ? propertyName(one) : null;
      if (name === null) continue;
      if (/[.$]/.test(name))
        report('profile.metadata-key-illegal', one, `"${name}" contains a dot or a dollar sign.`);
      else if (holder !== propertyOf(profile, 'user_metadata') && FORBIDDEN.has(name)) {
        report('profile.app-metadata-forbidden', one, `"${name}" is not allowed in app_metadata.`);
      }
    }
  }
}

const SECRET_COLUMN =
  /\bselect\s+(\w+\.)?\*|\b\w*(password|passwd|pwd|pw_hash|passwordhash|salt)\w*\b[\s\S]*\bfrom\b/i;

/** A row as the database gave it, with a column that nobody should see. */
function wholeRows(script: ScriptModel, report: Report): void {
  const selectsSecret = sqlTexts(script).some(({ text }) => SECRET_COLUMN.test(text));
  if (!selectsSecret) return;
  for (const { error, result } of callbackCalls(script)) {
    if (!isAnswer(error) || result === null) continue;
    const value = script.value(result);
    const isRow =
      value.type === 'MemberExpression' &&
      value.computed &&
      value.property.type === 'Literal' &&
      /rows|result|records/i.test(
        bare(value.object).type === 'Identifier' ? (bare(value.object) as { name: string }).name : 'rows',
      );
    if (isRow)
      report('profile.secret-returned', result, 'The row is handed on as it came from the database.', MILDER);
  }
}

function usernameLookup(script: ScriptModel, report: Report): void {
  const lookups = sqlTexts(script).filter(({ text }) => /\bwhere\b[\s\S]*mail/i.test(text));
  const knowsNames = sqlTexts(script).some(({ text }) =>
    /\bwhere\b[\s\S]*(user_?name|login|nick|account|handle|alias)/i.test(text),
  );
  if (lookups.length > 0 && !knowsNames) {
    report(
      'lint.username-not-looked-up',
      lookups[0]!.node,
      'The connection has usernames, and only the e-mail address is looked up.',
    );
  }
}
