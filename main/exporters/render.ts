import type { Rendered, RenderRequest } from '#engine/ports/exports.ts';
import { deployDirectory } from '#exporters/deploy-directory.ts';
import { deployYaml } from '#exporters/deploy-yaml.ts';
import { endOfMigration } from '#exporters/end-of-migration.ts';
import { managementApi } from '#exporters/management-api.ts';
import { terraform } from '#exporters/terraform.ts';

/** A connection in one of the formats that deployment tools read. Pure: texts in, texts out. */
export function renderExport(request: RenderRequest): Rendered {
  switch (request.format) {
    case 'deploy-directory':
      return deployDirectory(request);
    case 'deploy-yaml':
      return deployYaml(request);
    case 'terraform':
      return terraform(request);
    case 'management-api':
      return managementApi(request);
    case 'end-of-migration':
      return endOfMigration(request);
    default:
      return request.format satisfies never;
  }
}
