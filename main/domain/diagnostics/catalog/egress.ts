import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

export const egressCatalog = {
  'egress.refused': {
    severity: 'error',
    title: 'connection refused by the egress rules',
    meaning:
      'The script tried to reach a host or port that this project does not allow, so the sandbox refused the connection and the driver reported EACCES or ENOTFOUND. ' +
      'Only the legacy database and the hosts listed under "egress" can be reached. An address is allowed if it is listed itself or was looked up under an allowed name.',
    fix:
      'If the script is meant to reach this host, add it with its port to "egress" in userferry.json, spelled as the script spells it. ' +
      'If not, look at where the host comes from: a typo, a configuration value of another environment, or a request that should not be made during a login.',
  },
} as const satisfies Record<`egress.${string}`, CatalogEntry>;
