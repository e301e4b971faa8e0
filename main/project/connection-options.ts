import type { ConnectionOptions } from '#engine/ports/project-store.ts';
import type { ConnectionFile } from '#project/connection-schema.ts';

/** What the tenant takes where `database.json` says nothing. */
const DEFAULTS: Omit<ConnectionOptions, 'name'> = {
  importMode: false,
  enableScriptContext: false,
  requiresUsername: false,
  usernameLength: { min: 1, max: 15 },
  passwordPolicy: 'none',
  disableSignup: false,
  setUserRootAttributes: 'on_each_login',
};

/** The options that a rehearsal needs, legacy identifiers and flexible ones brought into one shape. */
export function connectionOptions(name: string, file: ConnectionFile | null): ConnectionOptions {
  const options = file?.options ?? {};
  const flexible = options.attributes?.username;
  return {
    name,
    importMode: options.import_mode ?? DEFAULTS.importMode,
    enableScriptContext: options.enable_script_context ?? DEFAULTS.enableScriptContext,
    requiresUsername: flexible?.identifier?.active ?? options.requires_username ?? DEFAULTS.requiresUsername,
    usernameLength: {
      min:
        flexible?.validation?.min_length ?? options.validation?.username?.min ?? DEFAULTS.usernameLength.min,
      max:
        flexible?.validation?.max_length ?? options.validation?.username?.max ?? DEFAULTS.usernameLength.max,
    },
    passwordPolicy: passwordPolicy(options),
    disableSignup: options.disable_signup ?? DEFAULTS.disableSignup,
    ...(options.brute_force_protection === undefined
      ? {}
      : { bruteForceProtection: options.brute_force_protection }),
    setUserRootAttributes: options.set_user_root_attributes ?? DEFAULTS.setUserRootAttributes,
  };
}

/** A flexible policy overrules the legacy level; what it leaves out asks for nothing. */
function passwordPolicy(
  options: NonNullable<ConnectionFile['options']>,
): ConnectionOptions['passwordPolicy'] {
  const complexity = options.password_options?.complexity;
  if (complexity !== undefined) {
    return {
      minLength: complexity.min_length ?? 1,
      characterTypes: complexity.character_types ?? [],
      characterTypeRule: complexity.character_type_rule ?? 'all',
      identicalCharacters: complexity.identical_characters ?? 'allow',
      sequentialCharacters: complexity.sequential_characters ?? 'allow',
      maxLengthExceeded: complexity.max_length_exceeded ?? 'truncate',
    };
  }
  const level = options.passwordPolicy ?? DEFAULTS.passwordPolicy;
  const minLength = options.password_complexity_options?.min_length;
  return typeof level === 'string' && minLength !== undefined ? { level, minLength } : level;
}
