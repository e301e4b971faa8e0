import { diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import type { JsonObject } from '#domain/json.ts';
import type { ExportScript, Rendered, RenderRequest } from '#engine/ports/exports.ts';
import { connectionBody, type ConnectionBody, isObject, scriptFileName } from '#exporters/connection-body.ts';
import {
  hclExpression,
  hclMap,
  hclString,
  hclText,
  resourceName,
  type Statement,
  variableName,
} from '#exporters/hcl.ts';
import { placeholdersIn } from '#exporters/placeholders.ts';
import { optionArguments, topLevelArguments } from '#exporters/terraform-options.ts';

/** `auth0_connection` with its scripts beside it and one sensitive variable for every value. */
export function terraform({ file, scripts }: RenderRequest): Rendered {
  const body = connectionBody(file);
  const top = topLevelArguments(body.more);
  const options = optionArguments(body.options);
  const names = placeholdersIn([body.options, body.more]);
  const rendered = scripts.map((script) => ({
    slot: script.slot,
    path: scriptPath(script),
    text: script.text,
    origin: 'project' as const,
  }));
  return {
    files: [
      {
        path: 'connection.tf',
        text: hclText(connectionFile(body, scripts, top.statements, options.statements)),
      },
      { path: 'variables.tf', text: hclText(variablesFile(body.name, names)) },
      ...rendered.map(({ path, text }) => ({ path, text })),
    ],
    scripts: rendered,
    placeholders: names,
    diagnostics: [...collisions(names), ...diagnosticsOf(body, [...top.left, ...options.left])],
  };
}

function scriptPath(script: ExportScript): string {
  return `scripts/${scriptFileName(script)}`;
}

function connectionFile(
  body: ConnectionBody,
  scripts: readonly ExportScript[],
  top: readonly Statement[],
  options: readonly Statement[],
): readonly Statement[] {
  const provider = hclMap([
    ['source', hclString('auth0/auth0')],
    ['version', hclString('>= 1.50.0')],
  ]);
  return [
    {
      block: 'terraform',
      body: [{ block: 'required_providers', body: [{ attribute: 'auth0', expression: provider }] }],
    },
    { blank: true },
    {
      block: 'resource',
      labels: ['auth0_connection', resourceName(body.name)],
      body: [
        { attribute: 'name', expression: hclString(body.name) },
        { attribute: 'strategy', expression: hclString(body.strategy) },
        ...top,
        { blank: true },
        {
          comment: 'The provider writes the options as a whole: what is missing here is reset in the tenant.',
        },
        { block: 'options', body: [...options, ...scriptsOf(scripts), ...configurationOf(body.options)] },
        { blank: true },
        { comment: 'Destroying a database connection deletes its users.' },
        { block: 'lifecycle', body: [{ attribute: 'prevent_destroy', expression: 'true' }] },
      ],
    },
  ];
}

function scriptsOf(scripts: readonly ExportScript[]): readonly Statement[] {
  const entries = scripts.map(
    (script) => [script.slot, `file("\${path.module}/${scriptPath(script)}")`] as const,
  );
  return [{ blank: true }, { attribute: 'custom_scripts', expression: hclMap(entries) }];
}

function configurationOf(options: JsonObject): readonly Statement[] {
  const { configuration } = options;
  if (!isObject(configuration) || Object.keys(configuration).length === 0) return [];
  const entries = Object.entries(configuration).map(([key, value]) => [key, hclExpression(value)] as const);
  return [
    { blank: true },
    { comment: 'Never read back from the tenant: a change made elsewhere goes unnoticed.' },
    { attribute: 'configuration', expression: hclMap(entries) },
  ];
}

function variablesFile(connection: string, names: readonly string[]): readonly Statement[] {
  if (names.length === 0) return [{ comment: 'This connection has no values to supply.' }];
  return names.flatMap((name, index): Statement[] => [
    ...(index === 0 ? [] : [{ blank: true } as const]),
    {
      block: 'variable',
      labels: [variableName(name)],
      body: [
        { attribute: 'description', expression: hclString(`${name} of the connection ${connection}`) },
        { attribute: 'type', expression: 'string' },
        { attribute: 'sensitive', expression: 'true' },
      ],
    },
  ]);
}

/** Variables are in small letters: two names that differ in nothing else would be one. */
function collisions(names: readonly string[]): Diagnostic[] {
  return names.flatMap((name) => {
    const other = names.find((one) => one < name && variableName(one) === variableName(name));
    if (other === undefined) return [];
    const message = `${other} and ${name} would both be the variable "${variableName(name)}".`;
    return [diagnostic('export.variables-collide', message)];
  });
}

function diagnosticsOf(body: ConnectionBody, left: readonly string[]): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (left.length > 0) {
    const message = `No Terraform argument carries ${left.join(', ')} of database.json.`;
    found.push(diagnostic('export.option-not-in-terraform', message));
  }
  if (body.clients.length > 0) {
    const message = `The applications ${body.clients.join(', ')} are not enabled by these files.`;
    found.push(diagnostic('export.clients-left-out', message));
  }
  if (isObject(body.options['configuration'])) {
    const message = 'Values of "configuration" are variables; the provider never reads them back.';
    found.push(diagnostic('export.terraform-configuration', message));
  }
  return found;
}
