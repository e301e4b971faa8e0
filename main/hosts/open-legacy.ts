import { Fault } from '#engine/fault.ts';
import type { LegacyAccess, OpenLegacy } from '#engine/ports/legacy-access.ts';
import type { LegacyStore } from '#engine/ports/legacy-store.ts';
import type { Project } from '#engine/ports/project-store.ts';
import type { SecretVault } from '#engine/ports/secret-vault.ts';
import { DEFAULT_PORTS, openLegacyStore, type OpenLegacyStoreOptions } from '#legacy/open-legacy-store.ts';
import { startLookupService } from '#legacy/lookup-service.ts';
import { type Environment, readSecrets, resolveReference } from '#project/secrets.ts';

/** Opens the legacy database of a project for the engine, and makes it reachable for scripts. */
export function openLegacyFor(
  environment: Environment,
  vault: SecretVault | null = null,
  limits: OpenLegacyStoreOptions = {},
): OpenLegacy {
  return async (project, options) => {
    const { settings, folder } = project;
    const secrets = await readSecrets(folder, environment, vault);
    const users = {
      ...settings.users,
      ...(options.where === undefined ? {} : bothConditions(settings.users.where, options.where)),
    };
    const filled = (reference: string) => revealed(reference);
    const store = await openLegacyStore(settings.legacy, users, filled, folder, limits);
    try {
      return await accessTo(project, store, options.forScripts);
    } catch (trouble) {
      await store.close();
      throw trouble;
    }

    function revealed(reference: string): string {
      if (options.password !== undefined) return options.password.reveal();
      const secret = resolveReference(reference, secrets);
      if (secret !== null) return secret.reveal();
      throw new Fault('project-invalid', `the password of the legacy database, ${reference}, has no value`, {
        where: 'legacy.password in userferry.json',
        help: `Set the environment variable ${nameIn(reference)}${reference.startsWith('${env:') ? '' : `, or give "${nameIn(reference)}" its value in .userferry/secrets.json`}.`,
      });
    }
  };
}

/** `DB_PASSWORD` of `${secret:DB_PASSWORD}`. */
function nameIn(reference: string): string {
  return reference.replace(/^\$\{\w+:|\}$/g, '');
}

function bothConditions(own: string | undefined, added: string): { where: string } {
  return { where: own === undefined ? added : `(${own}) and (${added})` };
}

async function accessTo(project: Project, store: LegacyStore, forScripts: boolean): Promise<LegacyAccess> {
  const { legacy, users, fields } = project.settings;
  if ('host' in legacy) {
    const because = 'the legacy connection of the project';
    const egress = [{ host: legacy.host, port: legacy.port ?? DEFAULT_PORTS[legacy.engine], because }];
    return { store, egress, configuration: {}, close: () => store.close() };
  }
  if (!forScripts) return { store, egress: [], configuration: {}, close: () => store.close() };
  const service = await startLookupService({
    connection: legacy,
    users,
    fields,
    projectFolder: project.folder,
  });
  return {
    store,
    egress: [{ host: '127.0.0.1', port: service.port, because: 'the lookup service of the rehearsal' }],
    configuration: { LEGACY_URL: service.url, LEGACY_API_KEY: service.apiKey },
    close: async () => {
      await service.stop();
      await store.close();
    },
  };
}
