import type { JsonObject } from '#domain/json.ts';
import type { Rendered, RenderRequest } from '#engine/ports/exports.ts';
import { connectionBody, scriptFileName, scriptMapOf } from '#exporters/connection-body.ts';
import { deployDiagnostics } from '#exporters/deploy-diagnostics.ts';
import { placeholdersIn } from '#exporters/placeholders.ts';
import { yamlText } from '#exporters/yaml-text.ts';

/** The YAML format of the deploy tool: tenant.yaml, with paths relative to it. */
export function deployYaml({ file, scripts }: RenderRequest): Rendered {
  const body = connectionBody(file);
  const folder = `databases/${body.name}`;
  const tenant: JsonObject = {
    databases: [
      {
        name: body.name,
        strategy: body.strategy,
        ...(body.clients.length === 0 ? {} : { enabled_clients: body.clients }),
        ...body.more,
        options: {
          ...body.options,
          customScripts: scriptMapOf(scripts, (script) => `./${folder}/${scriptFileName(script)}`),
        },
      },
    ],
  };
  const rendered = scripts.map((script) => ({
    slot: script.slot,
    path: `${folder}/${scriptFileName(script)}`,
    text: script.text,
    origin: 'project' as const,
  }));
  return {
    files: [
      { path: 'tenant.yaml', text: yamlText(tenant) },
      ...rendered.map(({ path, text }) => ({ path, text })),
    ],
    scripts: rendered,
    placeholders: placeholdersIn(tenant),
    diagnostics: deployDiagnostics(body, scripts),
  };
}
