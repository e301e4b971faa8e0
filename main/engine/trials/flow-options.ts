import type { FlowOptions } from '#domain/migration/flow.ts';
import type { Project } from '#engine/ports/project-store.ts';

/** The connection's options in the terms of the tenant flows. */
export function flowOptions({ connection, scripts }: Project): FlowOptions {
  return {
    importMode: connection.importMode,
    requiresUsername: connection.requiresUsername,
    usernameLength: connection.usernameLength,
    passwordPolicy: connection.passwordPolicy,
    disableSignup: connection.disableSignup,
    setUserRootAttributes: connection.setUserRootAttributes,
    scripts: new Set(scripts.keys()),
  };
}
