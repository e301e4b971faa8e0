import type { Json, JsonObject } from '#domain/json.ts';
import { isObject } from '#exporters/connection-body.ts';
import { hclExpression, hclMap, type Statement } from '#exporters/hcl.ts';

/** Options whose argument has another name, or none of its own here because it is written apart. */
const RENAMED: Readonly<Record<string, string>> = {
  enabledDatabaseCustomization: 'enabled_database_customization',
  passwordPolicy: 'password_policy',
};

const SAME_NAME = new Set([
  'attributes',
  'brute_force_protection',
  'custom_password_hash',
  'disable_self_service_change_password',
  'disable_signup',
  'enable_script_context',
  'import_mode',
  'mfa',
  'non_persistent_attrs',
  'password_complexity_options',
  'password_dictionary',
  'password_history',
  'password_no_personal_info',
  'precedence',
  'requires_username',
  'set_user_root_attributes',
  'strategy_version',
  'validation',
]);

const TOP_LEVEL = new Set(['display_name', 'is_domain_connection', 'metadata', 'realms', 'show_as_button']);

export interface TerraformArguments {
  readonly statements: readonly Statement[];
  /** Paths in database.json that no argument carries. */
  readonly left: readonly string[];
}

/** Arguments of the `options` block, but for configuration and scripts. */
export function optionArguments(options: JsonObject): TerraformArguments {
  const statements: Statement[] = [];
  const left: string[] = [];
  for (const [name, value] of Object.entries(options)) {
    if (name === 'configuration' || value === null) continue;
    const argument = RENAMED[name] ?? (SAME_NAME.has(name) ? name : null);
    if (argument === null) left.push(`options.${name}`);
    else statements.push(...argumentsOf(argument, value));
  }
  return { statements, left };
}

/** Arguments of the resource beside name, strategy and options. */
export function topLevelArguments(more: JsonObject): TerraformArguments {
  const entries = Object.entries(more).filter(([, value]) => value !== null);
  const known = entries.filter(([name]) => TOP_LEVEL.has(name));
  return {
    statements: known.map(([attribute, value]) => ({
      attribute,
      expression: isObject(value)
        ? hclMap(Object.entries(value).map(([key, member]) => [key, hclExpression(member)]))
        : hclExpression(value),
    })),
    left: entries.filter(([name]) => !TOP_LEVEL.has(name)).map(([name]) => name),
  };
}

/** Objects are blocks in this provider, lists of objects repeated blocks; the rest are attributes. */
function argumentsOf(name: string, value: Json): Statement[] {
  if (isObject(value)) return [blockOf(name, value)];
  if (Array.isArray(value) && value.length > 0 && value.every((item) => isObject(item as Json))) {
    return (value as readonly JsonObject[]).map((item) => blockOf(name, item));
  }
  return [{ attribute: name, expression: hclExpression(value) }];
}

function blockOf(block: string, value: JsonObject): Statement {
  const entries = Object.entries(value).filter(([, member]) => member !== null);
  return { block, body: entries.flatMap(([name, member]) => argumentsOf(name, member)) };
}
