import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import type { PasswordPolicy } from '#domain/migration/password-policy.ts';
import type { Slot } from '#domain/migration/slots.ts';
import type { Pipeline } from '#domain/pipeline/pipeline.ts';
import type { Script } from '#engine/ports/script-runner.ts';
import type { ProjectSettings } from '#contract/project-settings.ts';

/** A project as read from its folder, values of `${env:…}` and `${secret:…}` not yet filled in. */
export interface Project {
  readonly folder: string;
  readonly settings: ProjectSettings;
  readonly scripts: ReadonlyMap<Slot, Script>;
  /** `configuration` of the connection with secrets filled in; absent names are findings of `problems`. */
  readonly configuration: Readonly<Record<string, string>>;
  /** Every name that `configuration` defines in database.json, with a value or without. */
  readonly configurationNames?: readonly string[];
  /** `options` of database.json as far as the rehearsal knows them. */
  readonly connection: ConnectionOptions;
  /** Actions, Rules and Hooks beside the connection; absent where the project has none. */
  readonly pipeline?: Pipeline;
  readonly problems: readonly Diagnostic[];
}

export interface ConnectionOptions {
  readonly name: string;
  readonly importMode: boolean;
  readonly enableScriptContext: boolean;
  readonly requiresUsername: boolean;
  readonly usernameLength: { readonly min: number; readonly max: number };
  readonly passwordPolicy: PasswordPolicy;
  readonly disableSignup: boolean;
  /** Absent means on: whether ten failed logins block a user. */
  readonly bruteForceProtection?: boolean;
  readonly setUserRootAttributes: 'on_each_login' | 'on_first_login' | 'never_on_login';
}

/** Reads project folders. Rejects with a `Fault` (`project-missing`, `project-invalid`, `project-newer`). */
export interface ProjectStore {
  open(folder: string): Promise<Project>;
}
