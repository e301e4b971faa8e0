import type { Secret } from '#domain/secret.ts';
import type { EgressRule } from '#engine/ports/script-runner.ts';
import type { LegacyStore } from '#engine/ports/legacy-store.ts';
import type { Project } from '#engine/ports/project-store.ts';

/** The legacy database as one trial uses it: read by us, and reachable for scripts. */
export interface LegacyAccess {
  readonly store: LegacyStore;
  /** Hosts that scripts may reach because the legacy users are there. */
  readonly egress: readonly EgressRule[];
  /**
   * Added to `configuration`: address and key of the lookup service, for stores that are files and that no
   * script could reach. Empty for servers.
   */
  readonly configuration: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export interface OpenLegacyOptions {
  /** Extra condition of the users query, in the engine's SQL. */
  readonly where?: string;
  /** Whether scripts will run, so that a file needs its lookup service. */
  readonly forScripts: boolean;
  /** Used for `legacy.password` instead of what the project's reference stands for. */
  readonly password?: Secret;
}

export type OpenLegacy = (project: Project, options: OpenLegacyOptions) => Promise<LegacyAccess>;
