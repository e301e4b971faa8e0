import type { JsonObject } from '#domain/json.ts';
import type { Rendered, RenderRequest } from '#engine/ports/exports.ts';
import { connectionBody, jsonText, scriptFileName, scriptMapOf } from '#exporters/connection-body.ts';
import { deployDiagnostics } from '#exporters/deploy-diagnostics.ts';
import { placeholdersIn } from '#exporters/placeholders.ts';

/** The directory format of the deploy tool: database.json beside its scripts. */
export function deployDirectory({ file, scripts }: RenderRequest): Rendered {
  const body = connectionBody(file);
  const folder = `database-connections/${body.name}`;
  const database: JsonObject = {
    name: body.name,
    strategy: body.strategy,
    ...(body.clients.length === 0 ? {} : { enabled_clients: body.clients }),
    ...body.more,
    options: {
      ...body.options,
      customScripts: scriptMapOf(scripts, (script) => `./${scriptFileName(script)}`),
    },
  };
  const rendered = scripts.map((script) => ({
    slot: script.slot,
    path: `${folder}/${scriptFileName(script)}`,
    text: script.text,
    origin: 'project' as const,
  }));
  return {
    files: [
      { path: `${folder}/database.json`, text: jsonText(database) },
      ...rendered.map(({ path, text }) => ({ path, text })),
    ],
    scripts: rendered,
    placeholders: placeholdersIn(database),
    diagnostics: deployDiagnostics(body, scripts),
  };
}
