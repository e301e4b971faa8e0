import { diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import type { JsonObject } from '#domain/json.ts';
import type { Rendered, RenderedScript, RenderRequest } from '#engine/ports/exports.ts';
import {
  connectionBody,
  type ConnectionBody,
  isObject,
  jsonText,
  scriptMapOf,
} from '#exporters/connection-body.ts';
import { asPlaceholders, placeholdersIn } from '#exporters/placeholders.ts';

/**
 * Bodies of the Management API. Without the tenant's connection only one for creating it can be right; with it, the
 * body of an update is what the tenant has, with the project's options laid over it.
 */
export function managementApi(request: RenderRequest): Rendered {
  const body = connectionBody(request.file);
  const label = request.scripts.every(({ validated }) => validated) ? '' : '.unvalidated';
  return request.current === null
    ? creation(request, body, `create-connection${label}.json`)
    : update(request, body, request.current, `update-connection${label}.json`);
}

function creation({ scripts }: RenderRequest, body: ConnectionBody, path: string): Rendered {
  const request: JsonObject = {
    name: body.name,
    strategy: body.strategy,
    ...body.more,
    options: { ...body.options, customScripts: scriptMapOf(scripts, ({ text }) => text) },
  };
  return {
    files: [{ path, text: jsonText(request) }],
    scripts: scripts.map(({ slot, text }) => ({ slot, path, text, origin: 'project' })),
    placeholders: placeholdersIn([body.options, body.more]),
    diagnostics: [
      diagnostic(
        'export.patch-replaces-options',
        'The body is for creating the connection, not for updating it.',
      ),
      ...clientsDiagnostic(body),
    ],
  };
}

function update(
  { scripts }: RenderRequest,
  body: ConnectionBody,
  current: JsonObject,
  path: string,
): Rendered {
  const before = isObject(current['options']) ? current['options'] : {};
  const { configuration: encrypted, customScripts: oldScripts, ...kept } = before;
  const { configuration, ...ours } = body.options;
  const wanted = isObject(configuration) ? configuration : {};
  const remote = isObject(encrypted) ? encrypted : {};
  const onlyRemote = Object.keys(remote).filter((name) => !Object.hasOwn(wanted, name));
  const slots: readonly string[] = scripts.map(({ slot }) => slot);
  const keptScripts = Object.entries(isObject(oldScripts) ? oldScripts : {}).flatMap(
    ([slot, text]): RenderedScript[] =>
      typeof text === 'string' && !slots.includes(slot) ? [{ slot, path, text, origin: 'tenant' }] : [],
  );
  // Encrypted values are not sent back: what a tenant makes of them is not documented.
  const merged: JsonObject = {
    ...kept,
    ...ours,
    configuration: {
      ...asPlaceholders(Object.fromEntries(onlyRemote.map((name) => [name, null]))),
      ...wanted,
    },
  };
  const customScripts = {
    ...Object.fromEntries(keptScripts.map(({ slot, text }) => [slot, text])),
    ...scriptMapOf(scripts, ({ text }) => text),
  };
  return {
    files: [{ path, text: jsonText({ ...body.more, options: { ...merged, customScripts } }) }],
    scripts: [
      ...scripts.map(({ slot, text }) => ({ slot, path, text, origin: 'project' as const })),
      ...keptScripts,
    ],
    placeholders: placeholdersIn([merged, body.more]),
    diagnostics: [
      ...conflicts(body, current),
      ...exclusive(merged),
      ...keptScripts.map(({ slot }) =>
        diagnostic('export.remote-script-kept', `The tenant's "${slot}" script stays as it is.`),
      ),
      ...(onlyRemote.length === 0
        ? []
        : [
            diagnostic(
              'export.remote-configuration',
              `Only the tenant has the configuration ${onlyRemote.join(', ')}: the values are needed again.`,
            ),
          ]),
      ...clientsDiagnostic(body),
    ],
  };
}

/** What must not be laid over the other. */
function conflicts(body: ConnectionBody, current: JsonObject): Diagnostic[] {
  const { name, strategy, options } = current;
  if (name !== body.name || (strategy !== undefined && strategy !== body.strategy)) {
    const message = `The current connection is ${JSON.stringify(name)}, the project's is "${body.name}".`;
    return [diagnostic('export.other-connection', message)];
  }
  if (!isObject(options)) {
    return [diagnostic('export.current-incomplete', `The current connection "${body.name}" has no options.`)];
  }
  const found: Diagnostic[] = [];
  if (options['import_mode'] === true && body.options['import_mode'] !== true) {
    const message = `Connection "${body.name}" has import mode on; the body would switch it off.`;
    found.push(diagnostic('export.import-switched-off', message));
  }
  if (options['enable_script_context'] === true && body.options['enable_script_context'] !== true) {
    const message = `Connection "${body.name}" calls its scripts with a context; the project's were rehearsed without.`;
    found.push(diagnostic('export.context-mismatch', message));
  }
  return found;
}

/** Old and new ways of saying the same, of which a tenant takes one only. Merging must not bring both together. */
const EXCLUSIVE: readonly (readonly [newer: string, older: readonly string[]])[] = [
  ['attributes', ['requires_username', 'validation']],
  [
    'password_options',
    [
      'passwordPolicy',
      'password_complexity_options',
      'password_dictionary',
      'password_history',
      'password_no_personal_info',
    ],
  ],
];

function exclusive(options: JsonObject): Diagnostic[] {
  return EXCLUSIVE.flatMap(([newer, older]) => {
    const both = older.filter((name) => options[name] !== undefined && options[name] !== null);
    if (!isObject(options[newer]) || both.length === 0) return [];
    const message = `The merged options have "${newer}" and also ${both.join(', ')}.`;
    return [diagnostic('export.options-exclude-each-other', message)];
  });
}

function clientsDiagnostic(body: ConnectionBody): Diagnostic[] {
  if (body.clients.length === 0) return [];
  const message = `The applications ${body.clients.join(', ')} are not enabled by this body.`;
  return [diagnostic('export.clients-left-out', message)];
}
