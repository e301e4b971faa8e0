import type { InspectSource } from '#contract/legacy.ts';
import type { ProjectSettings } from '#contract/project-settings.ts';
import { Secret } from '#domain/secret.ts';
import type { LegacyAccess } from '#engine/ports/legacy-access.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';

export interface OpenSource {
  readonly project: Project;
  readonly access: LegacyAccess;
}

/** Opens the legacy database of a project, or one that no project names yet. Whoever calls closes it. */
export async function openSource(ports: Ports, source: InspectSource): Promise<OpenSource> {
  const project = source.kind === 'project' ? await ports.projects.open(source.project) : projectOf(source);
  const password = source.kind === 'connection' ? (source.password ?? '') : null;
  const access = await ports.openLegacy(project, {
    forScripts: false,
    ...(password === null ? {} : { password: new Secret(password) }),
  });
  return { project, access };
}

/** A connection alone is a project whose users nobody has named yet. */
function projectOf(source: Extract<InspectSource, { kind: 'connection' }>): Project {
  const { connection, folder } = source;
  const withPassword = 'host' in connection && source.password !== undefined;
  const settings: ProjectSettings = {
    version: 1,
    name: 'unnamed',
    legacy: withPassword ? { ...connection, password: `\${env:PASSWORD}` } : connection,
    users: { table: 'users', key: ['id'] },
    fields: { id: 'id' },
    connection: 'unnamed',
    egress: [],
    assumptions: {},
  };
  return {
    folder,
    settings,
    scripts: new Map(),
    configuration: {},
    connection: {
      name: settings.connection,
      importMode: true,
      enableScriptContext: false,
      requiresUsername: false,
      usernameLength: { min: 1, max: 15 },
      passwordPolicy: 'none',
      disableSignup: false,
      setUserRootAttributes: 'on_each_login',
    },
    problems: [],
  };
}
